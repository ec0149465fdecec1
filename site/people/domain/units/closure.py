"""The closure table: for each unit every ancestor with the periods in which it stood below it.

Derived from the placements and never edited by itself. After a change only rows of the units whose place changed, and
of what ever stood below them, are computed, and of those only the rows that differ are written.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from people.models import Unit, UnitClosure, UnitPlacement
from shared.errors import DomainError

# (ancestor, descendant, depth, from, to)
Row = tuple[int, int, int, date, date | None]
_COLUMNS = ("ancestor_id", "descendant_id", "depth", "valid_from", "valid_to")


def keep_closure(unit_ids: Iterable[int]) -> None:
    """Brings the closure in step after the places or the lives of these units have changed.

    Raises DomainError if a unit would stand below itself on some day.
    """
    changed = set(unit_ids)
    below = UnitClosure.objects.filter(ancestor__in=changed).values_list("descendant", flat=True)
    affected = changed.union(below)
    _replace(UnitClosure.objects.filter(descendant__in=affected), _rows_of(Unit.objects.filter(pk__in=affected)))


def rebuild_closure() -> int:
    """Computes the whole table from the placements; returns how many rows had been wrong or missing."""
    return _replace(UnitClosure.objects.all(), _rows_of(Unit.objects.all()))


def closure_faults() -> tuple[set[Row], set[Row]]:
    """The rows that are missing from the table and those that should not be there: both empty while all is well."""
    wanted = set(_rows_of(Unit.objects.all()))
    stored = set(UnitClosure.objects.values_list(*_COLUMNS))
    return wanted - stored, stored - wanted


def insert_closure(units: Iterable[Unit]) -> None:
    """The rows of units that were just created: nothing stands in the table for them yet."""
    _write(_rows_of(Unit.objects.filter(pk__in=[unit.pk for unit in units])))


def _replace(present, rows: Iterable[Row]) -> int:
    wanted = set(rows)
    stored = {tuple(row): pk for pk, *row in present.values_list("pk", *_COLUMNS)}
    surplus = [pk for row, pk in stored.items() if row not in wanted]
    missing = wanted.difference(stored)
    UnitClosure.objects.filter(pk__in=surplus).delete()
    _write(missing)
    return len(surplus) + len(missing)


def _write(rows: Iterable[Row]) -> None:
    made = [UnitClosure(**dict(zip(_COLUMNS, row, strict=True))) for row in rows]
    UnitClosure.objects.bulk_create(made, batch_size=500)


def _rows_of(units) -> Iterator[Row]:
    above: dict[int, list[tuple[int, date, date | None]]] = {}
    for unit, parent, start, end in UnitPlacement.objects.values_list("unit", "parent", "valid_from", "valid_to"):
        above.setdefault(unit, []).append((parent, start, end))
    for unit, start, end in units.order_by().values_list("pk", "active_from", "active_to"):
        yield from _chains((unit,), start, end, above)


def _chains(path: tuple[int, ...], start: date, end: date | None, above) -> Iterator[Row]:
    """Rows from the first unit of `path` up through its last, periods cut to what all steps have in common."""
    yield path[-1], path[0], len(path) - 1, start, end
    for parent, edge_start, edge_end in above.get(path[-1], ()):
        common_start = max(start, edge_start)
        common_end = min((day for day in (end, edge_end) if day), default=None)
        if common_end is not None and common_start >= common_end:
            continue
        if parent in path:
            raise DomainError(_in_a_circle(parent, common_start))
        yield from _chains((*path, parent), common_start, common_end, above)


def _in_a_circle(unit_id: int, day: date) -> str:
    return _("%(unit)s would be placed under itself on %(day)s. Choose another place.") % {
        "unit": Unit.objects.get(pk=unit_id),
        "day": f"{day:%d/%m/%Y}",
    }
