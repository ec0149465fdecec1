"""Does the stored history add up? Looked at for all units: after imports by hand, restores, or from a check command."""

from dataclasses import dataclass

from django.db.models import F, Q

from people.domain.units.closure import closure_faults
from people.models import Posting, Unit, UnitName, UnitPlacement


@dataclass(frozen=True)
class Fault:
    """One thing that does not add up: what kind it is and which rows it is about."""

    kind: str
    rows: tuple[int, ...]

    def __str__(self):
        return f"{self.kind}: {len(self.rows)} ({', '.join(map(str, self.rows[:10]))})"


def find_faults() -> list[Fault]:
    """What contradicts itself in units, places, names and postings; empty while all is well.

    Rows are primary keys: of placements, names and postings, for the closure of the units below. A handful of queries
    for the whole tree, whatever its size.
    """
    missing, surplus = closure_faults()
    found = {
        "closure rows missing": {row[1] for row in missing},
        "closure rows that should not be there": {row[1] for row in surplus},
        "placements outside the life of a unit": _outside(UnitPlacement.objects.all(), "unit", "parent"),
        "placements that overlap": _overlapping(UnitPlacement),
        "names that overlap": _overlapping(UnitName),
        "postings that go on after their unit has ended": _outside(Posting.objects.all(), "unit", begin=False),
        "units replaced while still open": set(
            Unit.objects.filter(replaced_by__isnull=False, active_to__isnull=True).values_list("pk", flat=True)
        ),
    }
    return [Fault(kind, tuple(sorted(rows))) for kind, rows in found.items() if rows]


def _outside(rows, *units: str, begin: bool = True) -> set[int]:
    """Rows that begin before one of their units does (people may have come earlier), or go on after its end."""
    wrong = Q()
    for unit in units:
        begins, ends = f"{unit}__active_from", f"{unit}__active_to"
        if begin:
            wrong |= Q(valid_from__lt=F(begins))
        wrong |= Q(**{f"{ends}__isnull": False}) & (Q(valid_to__isnull=True) | Q(valid_to__gt=F(ends)))
    return set(rows.filter(wrong).values_list("pk", flat=True))


def _overlapping(model) -> set[int]:
    """Rows of a unit that begin before the one before them has ended."""
    found, former = set(), None
    for row in model.objects.order_by("unit", "valid_from", "pk").values_list("pk", "unit", "valid_from", "valid_to"):
        pk, unit, start, _end = row
        if former and former[1] == unit and (former[3] is None or former[3] > start):
            found.add(pk)
        former = row
    return found
