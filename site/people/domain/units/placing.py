"""A unit moves: from a day on it stands under another one, or on its own."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from people.domain import audit
from people.domain.units.closure import keep_closure
from people.domain.units.conditions import refuse, require_open
from people.domain.units.lock import locked
from people.domain.units.settling import note_change
from people.enums import UnitEvent
from people.models import Person, Unit, UnitClosure, UnitPlacement
from people.queries import not_over_on


@transaction.atomic
def move_unit(
    unit: Unit, parent: Unit | None, effective: date, *, actor: Person | None = None, basis: str = ""
) -> None:
    """Places `unit` under `parent` (None: on its own) from `effective` on; the former place keeps its period.

    Raises DomainError if the move would put the unit under itself, start before its present place does, or if either
    unit does not exist on that day or has a recorded end.
    """
    if parent:
        unit, parent = locked(unit, parent)
        require_open(parent, effective)
    else:
        unit = locked(unit)[0]
    require_open(unit, effective)
    if parent:
        _require_not_below(unit, parent, effective)
    current = _last_place(unit, effective)
    if (current.parent_id if current else None) == (parent.pk if parent else None):
        refuse(_("%(unit)s stands there already; choose another place."), unit=unit)
    if current:
        current.valid_to = effective
        current.save(update_fields=["valid_to"])
    if parent:
        UnitPlacement.objects.create(unit=unit, parent=parent, valid_from=effective)
    keep_closure([unit.pk])
    note_change(unit, UnitEvent.MOVED, effective, other=parent, basis=basis)
    details = {"parent": parent.pk if parent else None, "effective": effective.isoformat()}
    audit.record(actor, "unit.moved", unit, **details, basis=basis)


def _require_not_below(unit: Unit, parent: Unit, effective: date) -> None:
    if UnitClosure.objects.filter(not_over_on(effective), ancestor=unit, descendant=parent).exists():
        message = _("%(parent)s is part of %(unit)s; a unit cannot be placed under itself.")
        refuse(message, parent=parent, unit=unit)


def _last_place(unit: Unit, effective: date) -> UnitPlacement | None:
    """The place the move ends. Refuses to touch one that begins on that day or later."""
    last = UnitPlacement.objects.filter(unit=unit).order_by("valid_from").last()
    if last and effective <= last.valid_from:
        refuse(_("The move must take effect after %(day)s: on that day %(unit)s comes to its last recorded place."),
               day=last.valid_from, unit=unit)  # fmt: skip
    if last and last.valid_to and effective < last.valid_to:
        refuse(_("The move must take effect on %(day)s or later: until then the place of %(unit)s is recorded."),
               day=last.valid_to, unit=unit)  # fmt: skip
    return last if last and last.valid_to is None else None
