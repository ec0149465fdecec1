"""The figures of some units on a day: counted now, or, of wide scopes today, as a worker has counted them lately.

Up to `LIVE_UP_TO` obligations are counted at the moment of asking. Beyond that today's figures come from
`PresentFigures`; `as_of` says from when they are. Former days are always counted.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from people.models import Unit, UnitClosure
from reports.domain import on_date
from reports.domain.keeping import KINDS
from reports.domain.on_date import COUNTED, Counts
from reports.models import FiguresKept, MonthFigures, PresentFigures

LIVE_UP_TO = 20_000
_KIND_FIELDS = ("position_group", "employment_type", "is_manager", "gender")


@dataclass(frozen=True)
class Kind:
    """What a posting is like, as far as figures tell people apart."""

    position_group: str
    employment_type: str
    is_manager: bool
    gender: str


@dataclass
class Figures:
    """The counts of each unit's own people by the unit's id and, if asked for, of each kind of people."""

    as_of: datetime
    by_unit: dict[int, Counts] = field(default_factory=dict)
    by_kind: dict[Kind, Counts] = field(default_factory=dict)
    are_kept: bool = False


def figures_of(units: QuerySet[Unit], course: int | None, day: date, *, by_kind: bool = False) -> Figures:
    """The figures of the units' people, of one course or of all. At most four queries."""
    if day >= timezone.localdate():
        kept = _kept(units, course, day, by_kind)
        if kept:
            return kept
    return _counted(units, course, day, by_kind)


def months_of(roots: list[int], course: int | None) -> dict[date, Counts]:
    """The counts at the ends of the months kept, of the units `roots` with what stood below them then. One query."""
    stood = UnitClosure.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("day")),
        ancestor__in=roots,
        descendant=OuterRef("unit"),
        valid_from__lte=OuterRef("day"),
    )
    rows = _of_course(MonthFigures, course).filter(Exists(stood)).order_by().values("day")
    return {row.pop("day"): _counts(row) for row in rows.annotate(**_SUMS)}


_SUMS = {f"sum_of_{name}": Sum(name) for name in COUNTED}


def _kept(units, course, day, by_kind) -> Figures | None:
    """What is kept, if it is of the day and wide enough to need it."""
    made_at = FiguresKept.objects.filter(day=day).values_list("made_at", flat=True).first()
    if made_at is None:
        return None
    rows = _of_course(PresentFigures, course).filter(unit__in=units).order_by()
    found = Figures(made_at, are_kept=True)
    for row in rows.values("unit_id").annotate(**_SUMS):
        found.by_unit[row.pop("unit_id")] = _counts(row)
    if on_date.total_of(found.by_unit.values()).obliged <= LIVE_UP_TO:
        return None
    if by_kind:
        for row in rows.values(*_KIND_FIELDS).annotate(**_SUMS):
            found.by_kind[Kind(*(row.pop(name) for name in _KIND_FIELDS))] = _counts(row)
    return found


def _counted(units, course, day, by_kind) -> Figures:
    courses = None if course is None else [course]
    by = ("unit_id", *KINDS) if by_kind else ("unit_id",)
    postings = on_date.postings_on(units, day)
    found = Figures(timezone.now())
    duties = on_date.counted(on_date.duties_on(postings, day, courses), day, by)
    for rows in (duties, on_date.exempted(postings, day, courses, by)):
        for row in rows:
            found.by_unit.setdefault(row["unit_id"], Counts()).add(row)
            if by_kind:
                found.by_kind.setdefault(Kind(*(row[name] for name in KINDS)), Counts()).add(row)
    return found


def _of_course(model, course: int | None) -> QuerySet:
    return model.objects.filter(course__isnull=True) if course is None else model.objects.filter(course=course)


def _counts(row: dict) -> Counts:
    return Counts(**{name: row[f"sum_of_{name}"] or 0 for name in COUNTED})
