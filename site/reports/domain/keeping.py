"""Counting ahead: today's figures of every unit, and those of each month's end. Read by `kept`.

A whole province has some hundred thousand obligations; counting them anew for every page would cost seconds. So a
worker counts them course by course, writes what has changed, and says when it was done. May run twice; each course is
one short transaction.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from courses.models import Exemption, Obligation
from people.models import Unit
from reports.domain import on_date
from reports.domain.on_date import COUNTED
from reports.models import DayFigures, FiguresKept, MonthFigures, PresentFigures

KINDS = ("position_group", "employment_type", "is_manager", "person__gender")
_OF_KIND = ("unit_id", *KINDS)
_KEPT_BY = ("unit_id", "position_group", "employment_type", "is_manager", "gender")
_COUNTED_ONCE = tuple(name for name in COUNTED if name != "people")
MONTHS = 12
FRESH = timedelta(minutes=15)  # what is younger is not counted again
KEPT_FOR = timedelta(days=7)  # figures of former days nobody asks for any more


def keep_present() -> None:
    """Today's figures, course by course and for all courses together."""
    day, begun = timezone.localdate(), timezone.now()
    courses = []
    for course, found in _by_course(day, _OF_KIND):
        courses.append(course)
        _write_present(course, found)
    PresentFigures.objects.filter(course__isnull=False).exclude(course__in=filter(None, courses)).delete()
    with transaction.atomic():
        FiguresKept.objects.all().delete()
        FiguresKept.objects.create(day=day, made_at=begun)


def keep_day(day: date, still_at_it: Callable[[], None] = lambda: None) -> None:
    """The figures of a former day, for wide scopes; nothing if they have just been counted.

    `still_at_it` is called after each course: counting a province takes longer than a worker may be silent.
    """
    begun = timezone.now()
    if DayFigures.objects.filter(day=day, made_at__gt=begun - FRESH).exists():
        return
    rows = []
    for course, found in _by_course(day, _OF_KIND):
        counts = [[*key, *(one[name] for name in COUNTED)] for key, one in found.items()]
        rows.append(DayFigures(day=day, course_id=course, made_at=begun, counts=counts))
        still_at_it()
    with transaction.atomic():  # never courses of one counting beside the sum of another
        DayFigures.objects.filter(Q(day=day) | Q(made_at__lt=begun - KEPT_FOR)).delete()
        DayFigures.objects.bulk_create(rows)


def keep_months(today: date | None = None) -> None:
    """The figures of the last twelve months' ends, as far as they are missing."""
    days = month_ends(today or timezone.localdate(), MONTHS)
    known = set(MonthFigures.objects.filter(day__in=days).values_list("day", flat=True).distinct())
    for day in days:
        if day not in known:
            _keep_month(day)


def month_ends(today: date, count: int) -> list[date]:
    """The last days of the months before the present one, oldest first."""
    found = []
    day = today
    for _number in range(count):
        day = day.replace(day=1) - timedelta(days=1)
        found.append(day)
    return found[::-1]


def _keep_month(day: date) -> None:
    rows = [
        MonthFigures(day=day, course_id=course, unit_id=unit, **counts)
        for course, found in _by_course(day, ("unit_id",))
        for (unit,), counts in found.items()
    ]
    with transaction.atomic():  # all of a month or nothing of it: what is there is never counted again
        MonthFigures.objects.bulk_create(rows, batch_size=1000)


def _by_course(day: date, by: tuple[str, ...]) -> Iterator[tuple[int | None, dict[tuple, dict[str, int]]]]:
    """Each course with its counts by `by`; last, without a course, those of all courses together."""
    postings = on_date.postings_on(Unit.objects.all(), day)
    together: dict[tuple, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTED, 0))
    for course in _courses():
        found = _of_course(postings, day, course, by)
        for key, counts in found.items():
            for name in _COUNTED_ONCE:
                together[key][name] += counts[name]
        yield course, found
    for *key, people in _people(postings, day, by):
        if (known := tuple(key)) in together:
            together[known]["people"] = people
    yield None, together


def _courses() -> list[int]:
    """The courses that have been asked of somebody, or that somebody is exempt from."""
    asked = Obligation.objects.order_by().values_list("course", flat=True).distinct()
    freed = Exemption.objects.order_by().values_list("course", flat=True).distinct()
    return sorted(set(asked) | set(freed))


def _of_course(postings, day: date, course: int, by: tuple[str, ...]) -> dict[tuple, dict[str, int]]:
    found: dict[tuple, dict[str, int]] = {}
    duties = on_date.counted(on_date.duties_on(postings, day, [course]), day, by, people=False)
    for rows in (duties, on_date.exempted(postings, day, [course], by)):
        for row in rows:
            counts = found.setdefault(tuple(row[name] for name in by), dict.fromkeys(COUNTED, 0))
            counts.update({name: row[name] for name in _COUNTED_ONCE if name in row})
            counts["people"] = counts["obliged"]
    return found


def _people(postings, day: date, by: tuple[str, ...]) -> Iterable[tuple]:
    """How many people of each kind are obliged to anything."""
    asked = on_date.anything_asked_for(day, OuterRef("person_id"))
    obliged = postings.filter(Exists(asked)).order_by()
    return obliged.values_list(*by).annotate(people=Count("pk"))


def _write_present(course: int | None, found: dict[tuple, dict[str, int]]) -> None:
    """Writes what has changed; most of the time most has not."""
    stored = PresentFigures.objects.filter(course=course) if course else PresentFigures.objects.filter(course=None)
    before = {row[1:6]: (row[0], row[6:]) for row in stored.values_list("pk", *_KEPT_BY, *COUNTED)}
    changed = {
        key: counts
        for key, counts in found.items()
        if key not in before or before[key][1] != tuple(counts[name] for name in COUNTED)
    }
    outdated = [before[key][0] for key in before if key in changed or key not in found]
    rows = [
        PresentFigures(course_id=course, **dict(zip(_KEPT_BY, key, strict=True)), **counts)
        for key, counts in changed.items()
    ]
    with transaction.atomic():
        for start in range(0, len(outdated), 5000):
            PresentFigures.objects.filter(pk__in=outdated[start : start + 5000]).delete()
        PresentFigures.objects.bulk_create(rows, batch_size=1000)
