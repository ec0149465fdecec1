"""A unit's history in words: what happened to it and because of it, and the periods of its names and places."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people.enums import UnitEvent
from people.models import Unit, UnitChange, UnitName, UnitPlacement


@dataclass(frozen=True)
class Moment:
    """One day on which something happened. `other` is the unit to go on to, if there is one."""

    day: date
    text: str
    basis: str
    other: Unit | None
    ahead: bool


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both included; no last day: still so."""

    first: date
    last: date | None
    text: str
    unit: Unit | None = None


@dataclass(frozen=True)
class History:
    moments: list[Moment]
    names: list[Period]
    places: list[Period]


def history_of(unit: Unit, today: date) -> History:
    """The unit's whole history, the latest first. Three queries."""
    names = list(UnitName.objects.filter(unit=unit).order_by("-valid_from"))
    places = list(UnitPlacement.objects.filter(unit=unit).select_related("parent").order_by("-valid_from"))
    changes = (
        UnitChange.objects.filter(Q(unit=unit) | Q(other=unit, event__in=_FELT_BY_THE_OTHER))
        .select_related("unit", "other")
        .order_by("-effective_on", "-pk")
    )
    moments = [
        Moment(
            change.effective_on,
            _in_words(change, unit, names),
            change.basis,
            change.other if change.unit_id == unit.pk else change.unit,
            change.effective_on > today,
        )
        for change in changes
    ]
    return History(
        moments,
        [Period(name.valid_from, _last(name.valid_to), _full(name)) for name in names],
        [Period(place.valid_from, _last(place.valid_to), place.parent.name, place.parent) for place in places],
    )


_FELT_BY_THE_OTHER = (UnitEvent.MERGED, UnitEvent.CLOSED, UnitEvent.SPLIT)


def _in_words(change: UnitChange, unit: Unit, names: list[UnitName]) -> str:
    words = {"unit": change.unit, "other": change.other}
    if change.unit_id != unit.pk:
        return {
            UnitEvent.MERGED: _("%(unit)s was merged into this unit"),
            UnitEvent.CLOSED: _("%(unit)s closed; its people and sub-units came here"),
            UnitEvent.SPLIT: _("People or sub-units of %(unit)s came here when it was split"),
        }[change.event] % words
    if change.event == UnitEvent.RENAMED:
        name = next((name for name in names if name.valid_from == change.effective_on), None)
        return (
            _("Called “%(name)s” from this day on") % {"name": _full(name)}
            if name
            else pgettext("event of a unit", "Renamed")
        )
    texts = {
        UnitEvent.CREATED: _("The unit began"),
        UnitEvent.MOVED: _("Placed under %(other)s") if change.other else _("Stands on its own"),
        UnitEvent.MERGED: _("Merged into %(other)s"),
        UnitEvent.CLOSED: _("Closed; people and sub-units went to %(other)s")
        if change.other
        else pgettext("event of a unit", "Closed"),
        UnitEvent.SPLIT: _("Split: people or sub-units went to %(other)s"),
    }
    return texts[change.event] % words


def _full(name: UnitName) -> str:
    return f"{name.name} ({name.short_name})" if name.short_name else name.name


def _last(end: date | None) -> date | None:
    return end - timedelta(days=1) if end else None
