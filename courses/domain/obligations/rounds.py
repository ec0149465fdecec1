"""What a rule asks for on a day: each of its courses, in the cycle of that day."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from courses.enums import DueKind, Recurrence
from courses.models import Assignment, PathCourse

ONCE = 1  # the cycle of what is asked for once; a yearly one bears the year in which its window opens


@dataclass(frozen=True)
class Round:
    """A rule, one of its courses, and the cycle that runs on the day: `opens_on` is its first day.

    Completions from `counts_from` on count (None: all). `due_on` or `due_days`, as `due_kind` says.
    """

    assignment: int
    course: int
    cycle: int
    opens_on: date
    counts_from: datetime | None
    due_kind: str
    due_on: date | None
    due_days: int
    newcomer_days: int
    active_from: date


def rounds_on(day: date, assignments: QuerySet[Assignment]) -> list[Round]:
    """The rounds of those of the rules that ask on `day`. Two queries."""
    asking = assignments.filter(Q(active_to__isnull=True) | Q(active_to__gt=day), active_from__lte=day)
    rules = list(asking.order_by("pk"))
    of_path: dict[int, list[int]] = {}
    paths = {rule.path_id for rule in rules if rule.path_id}
    if paths:
        for path, course in (
            PathCourse.objects.filter(path__in=paths).order_by("sort_order").values_list("path", "course")
        ):
            of_path.setdefault(path, []).append(course)
    found = []
    for rule in rules:
        courses = [rule.course_id] if rule.course_id else of_path.get(rule.path_id, [])
        found += [running for course in courses if (running := _running(rule, course, day))]
    return found


def _running(rule: Assignment, course: int, day: date) -> Round | None:
    """None while the first window of a yearly rule has not opened."""
    if rule.recurrence == Recurrence.NONE:
        return _round(rule, course, ONCE, rule.active_from, None, rule.due_on)
    years = day.year - rule.window_opens_on.year
    if _in_year(rule.window_opens_on, years) > day:
        years -= 1
    if years < 0:
        return None
    opens_on = _in_year(rule.window_opens_on, years)
    counts_from = timezone.make_aware(datetime.combine(opens_on, time()))
    return _round(rule, course, opens_on.year, opens_on, counts_from, _in_year(rule.due_on, years))


def _round(rule, course, cycle, opens_on, counts_from, due_on) -> Round:
    return Round(
        assignment=rule.pk,
        course=course,
        cycle=cycle,
        opens_on=max(opens_on, rule.active_from),
        counts_from=counts_from,
        due_kind=rule.due_kind,
        due_on=due_on if rule.due_kind == DueKind.FIXED else None,
        due_days=rule.due_days or 0,
        newcomer_days=rule.newcomer_days,
        active_from=rule.active_from,
    )


def _in_year(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes the 28th in years without one."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
