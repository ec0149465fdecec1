"""The figures of some units on a day: counted now, or, of wide scopes, as a worker has counted them lately.

Up to `LIVE_UP_TO` obligations are counted at the moment of asking. Beyond that today's figures come from
`PresentFigures`, and those of a former day from `DayFigures`, which a worker fills when somebody first asks for the
day: `StillCounting` tells that it is at it. `as_of` says from when the figures are.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import add

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from people.models import Unit, UnitClosure
from reports.domain import on_date
from reports.domain.keeping import FRESH, KINDS
from reports.domain.on_date import COUNTED, Counts
from reports.models import DayFigures, FiguresKept, MonthFigures, PresentFigures
from shared.domain import outbox
from shared.kept import kept as keeps

LIVE_UP_TO = 20_000
FORMER_DAY = "reports.former_day"  # the outbox's kind of work; its subject is the day's ordinal number
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


class StillCounting(Exception):
    """A worker has been asked to count the day; in some seconds its figures are there."""

    def __init__(self, day: date):
        self.day = day
        super().__init__(day.isoformat())


_has_time: ContextVar[bool] = ContextVar("has_time", default=False)


@contextmanager
def with_time():
    """A worker's context: what is not kept is counted here, however long it takes."""
    token = _has_time.set(True)
    try:
        yield
    finally:
        _has_time.reset(token)


def figures_of(units: QuerySet[Unit], course: int | None, day: date, *, by_kind: bool = False) -> Figures:
    """The figures of the units' people, of one course or of all. At most four queries.

    Raises StillCounting for a former day of a wide scope that nobody has asked for lately.
    """
    if day >= timezone.localdate():
        found = _kept(units, course, day, by_kind)
    else:
        found = _of_former_day(units, course, day, by_kind)
    return found or _counted(units, course, day, by_kind)


def by_course(units: QuerySet[Unit], day: date) -> dict[int, Counts]:
    """The counts of each course that is asked of anybody in the units. At most four queries; raises as `figures_of`."""
    found: dict[int, Counts] = {}
    if day >= timezone.localdate() and FiguresKept.objects.filter(day=day).exists():
        rows = PresentFigures.objects.filter(course__isnull=False, unit__in=units).order_by().values("course")
        found = {row.pop("course"): _counts(row) for row in rows.annotate(**_SUMS)}
        if on_date.total_of(found.values()).obliged > LIVE_UP_TO:
            return found
    elif day < timezone.localdate() and _stored(units, None, day):
        within = set(units.values_list("pk", flat=True))
        stored = DayFigures.objects.filter(day=day, course__isnull=False)
        return {one.course_id: on_date.total_of(_read(one, within, by_kind=False).by_unit.values()) for one in stored}
    found = {}
    postings = on_date.postings_on(units, day)
    for row in on_date.counted(on_date.duties_on(postings, day), day, ("course_ref",)):
        found.setdefault(row["course_ref"], Counts()).add(row)
    for row in on_date.exempted(postings, day, by=("freed_course",)):
        found.setdefault(row["freed_course"], Counts()).add(row)
    return found


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


def _of_former_day(units, course, day, by_kind) -> Figures | None:
    stored = _stored(units, course, day, with_counts=by_kind)
    if stored is None:
        return None
    within = set(units.values_list("pk", flat=True))
    if by_kind:
        return _read(stored, within, by_kind=True)
    try:
        sums = _sums_by_unit(stored.pk, stored.made_at)
    except DayFigures.DoesNotExist:  # a worker has put newer ones in their place, this very moment
        return _of_former_day(units, course, day, by_kind)
    return Figures(stored.made_at, {unit: Counts(*sums[unit]) for unit in within & sums.keys()}, are_kept=True)


def _stored(units, course, day, *, with_counts: bool = True) -> DayFigures | None:
    """The figures kept of a former day if the scope is wide enough to need them; raises StillCounting without them.

    Their `counts` are a large text; `with_counts` false leaves them in the database.
    """
    wide = _of_course(PresentFigures, course).filter(unit__in=units).aggregate(obliged=Sum("obliged"))["obliged"] or 0
    if wide <= LIVE_UP_TO:
        return None
    rows = _of_course(DayFigures, course).filter(day=day)
    stored = (rows if with_counts else rows.defer("counts")).first()
    if stored and stored.made_at > timezone.now() - FRESH:
        return stored
    if _has_time.get():
        return None
    with transaction.atomic():
        outbox.enqueue(FORMER_DAY, day.toordinal())
    if stored is None or timezone.localdate(stored.made_at) < timezone.localdate():
        raise StillCounting(day)
    return stored  # of some hours ago; the next look finds newer ones


@keeps(32)
def _sums_by_unit(stored: int, made_at: datetime) -> dict[int, list[int]]:
    """The counts of each unit's own people as they were written at that moment: read once, not for every page."""
    found: dict[int, list[int]] = {}
    for unit, *rest in DayFigures.objects.values_list("counts", flat=True).get(pk=stored, made_at=made_at):
        found[unit] = _sum(found.get(unit), rest[len(_KIND_FIELDS) :])
    return found


def _read(stored: DayFigures, within: set[int], *, by_kind: bool) -> Figures:
    """What stands in the row of the units `within`."""
    units, kinds = {}, {}
    for unit, *rest in stored.counts:
        if unit in within:
            counts = rest[len(_KIND_FIELDS) :]
            units[unit] = _sum(units.get(unit), counts)
            if by_kind:
                kind = tuple(rest[: len(_KIND_FIELDS)])
                kinds[kind] = _sum(kinds.get(kind), counts)
    return Figures(
        stored.made_at,
        {unit: Counts(*counts) for unit, counts in units.items()},
        {Kind(*kind): Counts(*counts) for kind, counts in kinds.items()},
        are_kept=True,
    )


def _sum(before: list[int] | None, counts: list[int]) -> list[int]:
    return list(map(add, before, counts)) if before else counts


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
