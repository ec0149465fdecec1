"""Units and their dated tree. The closure table is derived from the placements and rebuilt with them."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from people.domain import audit
from people.models import Person, Unit, UnitClosure, UnitPlacement
from shared.errors import DomainError


@transaction.atomic
def create_unit(
    code: str, name: str, *, parent: Unit | None, active_from: date, actor: Person | None = None, **fields
) -> Unit:
    """Creates a unit and, unless it is a root, places it under `parent` from `active_from` on."""
    unit = Unit.objects.create(code=code, name=name, active_from=active_from, **fields)
    if parent:
        UnitPlacement.objects.create(unit=unit, parent=parent, valid_from=active_from)
    rebuild_closure()
    audit.record(actor, "unit.created", unit, code=code, parent=parent.pk if parent else None)
    return unit


@transaction.atomic
def rename_unit(unit: Unit, name: str, short_name: str, *, actor: Person | None) -> Unit:
    """Gives the unit another name. Evidence keeps the name it was written with; the log keeps both."""
    stored = Unit.objects.select_for_update().get(pk=unit.pk)
    former = {"name": stored.name, "short_name": stored.short_name}
    stored.name, stored.short_name = name, short_name
    stored.save()
    now = {"name": stored.name, "short_name": stored.short_name}
    if now != former:
        audit.record(actor, "unit.renamed", stored, **{"from": former, "to": now})
    return stored


@transaction.atomic
def delete_unit(unit: Unit, *, actor: Person | None) -> None:
    """Deletes a unit made by mistake. Raises ProtectedError once anything but its place in the tree needs it."""
    audit.record(actor, "unit.deleted", unit, code=unit.code, name=unit.name)
    UnitClosure.objects.filter(descendant=unit).delete()
    UnitPlacement.objects.filter(unit=unit).delete()
    unit.delete()
    rebuild_closure()


@transaction.atomic
def move_unit(unit: Unit, parent: Unit, effective: date, *, actor: Person | None = None) -> None:
    """Places `unit` under `parent` from `effective` on; the former place keeps its period.

    Raises DomainError if the move would put the unit under itself or start before its present place does.
    """
    from_then_on = Q(valid_to__isnull=True) | Q(valid_to__gt=effective)
    if UnitClosure.objects.filter(from_then_on, ancestor=unit, descendant=parent).exists():
        raise DomainError(f"{parent.name} is part of {unit.name}; a unit cannot be placed under itself.")
    current = UnitPlacement.objects.select_for_update().filter(unit=unit, valid_to__isnull=True).first()
    if current and effective <= current.valid_from:
        raise DomainError(f"The move must take effect after {current.valid_from:%d/%m/%Y}.")
    if current:
        current.valid_to = effective
        current.save(update_fields=["valid_to"])
    UnitPlacement.objects.create(unit=unit, parent=parent, valid_from=effective)
    rebuild_closure()
    audit.record(actor, "unit.moved", unit, parent=parent.pk, effective=effective.isoformat())


def rebuild_closure() -> None:
    """Recomputes the closure table: for each unit every chain of ancestors with the period in which it held."""
    units = list(Unit.objects.values_list("pk", "active_from"))
    above: dict[int, list[tuple[int, date, date | None]]] = {}
    for unit, parent, start, end in UnitPlacement.objects.values_list("unit", "parent", "valid_from", "valid_to"):
        above.setdefault(unit, []).append((parent, start, end))
    rows = []
    for unit, active_from in units:
        rows += _chains(unit, unit, 0, active_from, None, above)
    UnitClosure.objects.all().delete()
    UnitClosure.objects.bulk_create(rows, batch_size=500)


def _chains(descendant, ancestor, depth, start, end, above):
    """Closure rows from `descendant` up through `ancestor`, periods cut to what all edges have in common."""
    yield UnitClosure(ancestor_id=ancestor, descendant_id=descendant, depth=depth, valid_from=start, valid_to=end)
    for parent, edge_start, edge_end in above.get(ancestor, ()):
        common_start = max(start, edge_start)
        common_end = min((moment for moment in (end, edge_end) if moment), default=None)
        if common_end is None or common_start < common_end:
            yield from _chains(descendant, parent, depth + 1, common_start, common_end, above)
