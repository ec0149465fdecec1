"""Units end: merged into another one, closed, or divided for good. And units are divided while they live on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from people.domain import audit
from people.domain.units.closure import keep_closure
from people.domain.units.conditions import refuse, require_end_possible, require_open
from people.domain.units.creating import UnitRow, create_unit
from people.domain.units.handing_over import hand_over_postings, hand_over_roles, hand_over_sub_units
from people.domain.units.lock import lock_tree, locked
from people.domain.units.settling import note_change
from people.enums import UnitEvent
from people.models import Person, Posting, Unit, UnitPlacement
from people.queries import not_over_on

# A unit that exists, or one that begins on the day of the change.
Successor = Unit | UnitRow


@transaction.atomic
def merge_units(
    units: Iterable[Unit], successor: Successor, effective: date, *, actor: Person | None = None, basis: str = ""
) -> Unit:
    """Closes `units` on `effective`; people, sub-units and roles go on in `successor`, which is returned.

    The successor may be one of the units (it absorbs the others), any open unit, or a fresh one. What was counted
    under the units before that day stays there. Raises DomainError if one of the units cannot end on that day or the
    successor stands below one of them.
    """
    lock_tree()
    heir = _existing_or_fresh(successor, effective, actor, basis)
    ending = [unit for unit in locked(*dict.fromkeys(units)) if unit.pk != heir.pk]
    if not ending:
        refuse(_("Choose at least one unit to be merged into %(heir)s."), heir=heir)
    changed = {unit.pk for unit in ending}
    for unit in ending:
        _end(unit, heir, effective)
    for unit in ending:
        changed |= _hand_all_over(unit, heir, effective, actor)
    keep_closure(changed)
    for unit in ending:
        note_change(unit, UnitEvent.MERGED, effective, other=heir, basis=basis)
    details = {"merged": [unit.pk for unit in ending], "effective": effective.isoformat(), "basis": basis}
    audit.record(actor, "unit.merged", heir, **details)
    return heir


@transaction.atomic
def close_unit(
    unit: Unit, effective: date, *, heir: Unit | None = None, actor: Person | None = None, basis: str = ""
) -> None:
    """Closes `unit` on `effective`. Whoever and whatever is there goes on in `heir`.

    Raises DomainError without an heir while people or sub-units are there on that day or later.
    """
    unit = locked(unit)[0]
    if heir:
        heir = locked(heir)[0]
        require_open(heir, effective)
        if heir.pk == unit.pk:
            refuse(_("%(unit)s cannot be its own successor."), unit=unit)
    else:
        _require_empty(unit, effective)
    _end(unit, heir, effective)
    changed = {unit.pk}
    if heir:
        changed |= _hand_all_over(unit, heir, effective, actor)
    else:
        hand_over_roles(unit, None, effective, actor)
    keep_closure(changed)
    note_change(unit, UnitEvent.CLOSED, effective, other=heir, basis=basis)
    details = {"heir": heir.pk if heir else None, "effective": effective.isoformat(), "basis": basis}
    audit.record(actor, "unit.closed", unit, **details)


@dataclass(frozen=True)
class Dealing:
    """How a unit is dealt out: which posting and which sub-unit goes to which part.

    The keys are ids, the values places in the list of parts. What is not named stays with the unit, or goes to the
    part `rest` if the unit is closed.
    """

    postings: Mapping[int, int]
    sub_units: Mapping[int, int]
    rest: int | None = None


@transaction.atomic
def split_unit(
    unit: Unit,
    parts: Sequence[Successor],
    dealing: Dealing,
    effective: date,
    *,
    actor: Person | None = None,
    basis: str = "",
) -> list[Unit]:
    """Deals out people and sub-units of `unit` to `parts` on `effective`; returns the parts as stored units.

    With `dealing.rest` the unit closes and that part is its successor, which its roles and names go to. Raises
    DomainError if a posting or sub-unit is not the unit's on that day, or a part is no possible place for it.
    """
    unit = locked(unit)[0]
    require_open(unit, effective)
    made = [_existing_or_fresh(part, effective, actor, basis) for part in parts]
    if not made or unit.pk in {part.pk for part in made} or len({part.pk for part in made}) < len(made):
        refuse(_("Choose parts that differ from each other and from %(unit)s."), unit=unit)
    postings, places = _dealt(unit, dealing, effective)
    heir = made[dealing.rest] if dealing.rest is not None else None
    if heir:
        _end(unit, heir, effective)
    changed = {unit.pk}
    for number, part in enumerate(made):
        own_postings = [pk for pk, place in dealing.postings.items() if place == number]
        own_units = [pk for pk, place in dealing.sub_units.items() if place == number]
        hand_over_postings(postings.filter(pk__in=own_postings), part, effective)
        changed |= hand_over_sub_units(places.filter(unit__in=own_units), part, effective)
    if heir:
        changed |= _hand_all_over(unit, heir, effective, actor)
    keep_closure(changed)
    for part in made:
        note_change(unit, UnitEvent.SPLIT, effective, other=part, basis=basis)
    details = {"parts": [part.pk for part in made], "heir": heir.pk if heir else None}
    audit.record(actor, "unit.split", unit, **details, effective=effective.isoformat(), basis=basis)
    return made


def _existing_or_fresh(successor: Successor, effective: date, actor: Person | None, basis: str) -> Unit:
    if isinstance(successor, Unit):
        stored = locked(successor)[0]
        require_open(stored, effective)
        return stored
    parent = Unit.objects.get(code=successor.parent) if successor.parent else None
    fields = {name: getattr(successor, name) for name in ("short_name", "kind", "line")}
    return create_unit(
        successor.code, successor.name, parent=parent, active_from=effective, actor=actor, basis=basis, **fields
    )


def _end(unit: Unit, heir: Unit | None, day: date) -> None:
    """The unit's life and its place in the tree end on `day`."""
    require_end_possible(unit, day)
    unit.active_to, unit.replaced_by = day, heir
    unit.save(update_fields=["active_to", "replaced_by"])
    UnitPlacement.objects.filter(not_over_on(day), unit=unit).update(valid_to=day)


def _hand_all_over(unit: Unit, heir: Unit, day: date, actor: Person | None) -> set[int]:
    """Everything the unit still has goes to `heir`; returns the ids of the sub-units."""
    hand_over_postings(Posting.objects.filter(unit=unit), heir, day)
    hand_over_roles(unit, heir, day, actor)
    return hand_over_sub_units(UnitPlacement.objects.filter(parent=unit), heir, day)


def _require_empty(unit: Unit, day: date) -> None:
    people = Posting.objects.filter(not_over_on(day), unit=unit).count()
    if people:
        message = _("%(unit)s still has %(count)s postings on %(day)s. Say which unit they go on in.")
        refuse(message, unit=unit, count=people, day=day)
    below = UnitPlacement.objects.filter(not_over_on(day), parent=unit).select_related("unit").first()
    if below:
        message = _("%(below)s still stands under %(unit)s on %(day)s. Say where it goes.")
        refuse(message, below=below.unit, unit=unit, day=day)


def _dealt(unit: Unit, dealing: Dealing, day: date):
    """The postings and places that can be dealt out; refuses ids that are not among them."""
    postings = Posting.objects.filter(not_over_on(day), unit=unit)
    places = UnitPlacement.objects.filter(not_over_on(day), parent=unit)
    strange = set(dealing.postings) - set(postings.values_list("pk", flat=True))
    strange |= set(dealing.sub_units) - set(places.values_list("unit", flat=True))
    if strange:
        refuse(_("People or sub-units of %(unit)s have changed meanwhile. Deal them out once more."), unit=unit)
    return postings, places
