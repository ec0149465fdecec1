"""Units come into being: one by one, or many at once when a province is loaded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain import audit
from people.domain.units.closure import insert_closure, keep_closure
from people.domain.units.conditions import require_open
from people.domain.units.lock import lock_tree
from people.enums import UnitEvent, UnitKind, UnitLine
from people.models import Person, Unit, UnitAlias, UnitChange, UnitClosure, UnitName, UnitPlacement
from shared.errors import DomainError
from shared.text.fold import fold

BATCH = 500


@dataclass(frozen=True)
class UnitRow:
    """A unit to create. `parent` is the code of a unit that exists or of an earlier row; None: a root."""

    code: str
    name: str
    parent: str | None
    active_from: date
    short_name: str = ""
    kind: str = UnitKind.OTHER
    line: str = UnitLine.STATE
    aliases: Sequence[str] = ()
    keeps_national_ids: bool = False


@transaction.atomic
def create_unit(
    code: str,
    name: str,
    *,
    parent: Unit | None,
    active_from: date,
    actor: Person | None = None,
    basis: str = "",
    **fields,
) -> Unit:
    """Creates a unit and, unless it is a root, places it under `parent` from `active_from` on.

    Raises DomainError if the code is taken or the parent does not exist on that day.
    """
    lock_tree()
    if parent:
        parent = Unit.objects.get(pk=parent.pk)
        require_open(parent, active_from)
    require_free([code])
    unit = _store([Unit(code=code, name=name, active_from=active_from, **fields)], basis)[0]
    if parent:
        UnitPlacement.objects.create(unit=unit, parent=parent, valid_from=active_from)
    keep_closure([unit.pk])
    details = {"code": code, "parent": parent.pk if parent else None, "effective": active_from.isoformat()}
    audit.record(actor, "unit.created", unit, **details, basis=basis)
    return unit


def create_units(rows: Iterable[UnitRow], *, actor: Person | None = None) -> dict[str, Unit]:
    """Creates many units, parents before their children, and returns them by code.

    All rows are checked before the first is written. Then each transaction writes at most BATCH of them, complete with
    their places; the last one adds the only log entry. Raises DomainError for a code used twice, a parent that is
    neither stored nor an earlier row, or one that does not exist yet on its child's first day.
    """
    rows = list(rows)
    known = _checked(rows)
    made: dict[str, Unit] = {}
    for start in range(0, len(rows), BATCH):
        with transaction.atomic():
            lock_tree()
            batch = rows[start : start + BATCH]
            for unit in _write(batch, known):
                made[unit.code] = known[unit.code] = unit
            if start + BATCH >= len(rows):
                audit.record(actor, "units.created", made[rows[0].code], count=len(rows))
    return made


@transaction.atomic
def delete_unit(unit: Unit, *, actor: Person | None) -> None:
    """Deletes a unit made by mistake. Raises ProtectedError once anything but its place in the tree needs it."""
    lock_tree()
    audit.record(actor, "unit.deleted", unit, code=unit.code, name=unit.name)
    UnitClosure.objects.filter(descendant=unit).delete()
    UnitPlacement.objects.filter(unit=unit).delete()
    unit.delete()


def require_free(codes: Iterable[str]) -> None:
    """Raises DomainError if one of the codes belongs to a unit, open or closed."""
    taken = Unit.objects.filter(code__in=list(codes)).order_by("code").first()
    if taken:
        raise DomainError(_("Code %(code)s belongs to %(unit)s. Codes are never used twice.") % _naming(taken))


def _naming(unit: Unit) -> dict:
    return {"code": unit.code, "unit": unit}


def _checked(rows: list[UnitRow]) -> dict[str, Unit]:
    """The stored units the rows speak of, by code, once all rows are found to be right."""
    stored = {unit.code: unit for unit in Unit.objects.filter(code__in={row.parent for row in rows if row.parent})}
    require_free(row.code for row in rows)
    earlier: dict[str, date] = {}
    for row in rows:
        if row.code in earlier:
            raise DomainError(_("Code %(code)s is given to two units.") % {"code": row.code})
        if row.parent in stored:
            require_open(stored[row.parent], row.active_from)
        elif row.parent is not None and not (row.parent in earlier and earlier[row.parent] <= row.active_from):
            message = _("%(code)s: there is no unit %(parent)s to place it under on %(day)s.")
            day = f"{row.active_from:%d/%m/%Y}"
            raise DomainError(message % {"code": row.code, "parent": row.parent, "day": day})
        earlier[row.code] = row.active_from
    return stored


def _write(rows: list[UnitRow], known: dict[str, Unit]) -> list[Unit]:
    plain = ("code", "name", "short_name", "kind", "line", "active_from", "keeps_national_ids")
    units = _store([Unit(**{name: getattr(row, name) for name in plain}) for row in rows])
    here = known | {unit.code: unit for unit in units}
    pairs = list(zip(units, rows, strict=True))
    UnitPlacement.objects.bulk_create(
        UnitPlacement(unit=unit, parent=here[row.parent], valid_from=row.active_from)
        for unit, row in pairs
        if row.parent is not None
    )
    distinct = {
        (unit.pk, fold(alias)): UnitAlias(unit=unit, alias=alias) for unit, row in pairs for alias in row.aliases
    }
    UnitAlias.objects.bulk_create(distinct.values())
    insert_closure(units)
    return units


def _store(units: list[Unit], basis: str = "") -> list[Unit]:
    """Writes the units with their first names and the fact that they were created."""
    Unit.objects.bulk_create(units)
    UnitName.objects.bulk_create(
        UnitName(unit=unit, name=unit.name, short_name=unit.short_name, valid_from=unit.active_from) for unit in units
    )
    now = timezone.now()
    UnitChange.objects.bulk_create(
        UnitChange(unit=unit, event=UnitEvent.CREATED, effective_on=unit.active_from, basis=basis, settled_at=now)
        for unit in units
    )
    return units
