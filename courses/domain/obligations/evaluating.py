"""Bringing obligations in step with rules and postings, in batches of people so that no transaction is long."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from courses.models import Assignment, Obligation, ObligationReason, PathCourse
from people.models import Person, Posting
from people.queries import subtree_of
from shared.statistics import MANY, gather_after

from . import statements
from .asked import Question, Who, among, between
from .rounds import rounds_on

BATCH_PEOPLE = 4000
_RULES_AT_A_TIME = 20
_ONE_AT_A_TIME = 7_204_118  # key of PostgreSQL's advisory lock: two evaluations of the same people wait in line


def evaluate_rules(day: date | None = None) -> None:
    """All rules over everybody. Twice is as good as once; what a broken run left out the next one writes."""
    day = day or timezone.localdate()
    rules = list(_looked_after(day).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(rules), _RULES_AT_A_TIME):
        _evaluate(Assignment.objects.filter(pk__in=rules[start : start + _RULES_AT_A_TIME]), day, _everybody())


def evaluate_rule(assignment: Assignment, day: date | None = None) -> None:
    """One rule over everybody: a new one, or one just retired."""
    _evaluate(Assignment.objects.filter(pk=assignment.pk), day or timezone.localdate(), _everybody())


def evaluate_people(people: Iterable[int], day: date | None = None) -> None:
    """All rules over a few people (by id), who joined, moved, were promoted, left or came back."""
    day = day or timezone.localdate()
    ids = sorted(set(people))
    batches = [among(ids[start : start + 500]) for start in range(0, len(ids), 500)]
    _evaluate(_looked_after(day), day, batches)


def evaluate_unit(unit_id: int, day: date | None = None) -> None:
    """All rules over the people who are, or ever were, posted in a unit or below it: the unit came elsewhere."""
    day = day or timezone.localdate()
    held = Posting.objects.filter(unit__in=subtree_of([unit_id], day).values("pk"), is_primary=True)
    went_on = Posting.objects.filter(follows__unit=unit_id, is_primary=True)
    people = set(held.values_list("person", flat=True)) | set(went_on.values_list("person", flat=True))
    evaluate_people(people, day)


def _looked_after(day: date) -> QuerySet[Assignment]:
    """Rules that ask on the day, and those that have reasons open though they ask no more."""
    asking = Q(active_from__lte=day) & (Q(active_to__isnull=True) | Q(active_to__gt=day))
    left_open = ObligationReason.objects.filter(until__isnull=True, assignment__active_to__lte=day)
    return Assignment.objects.filter(asking | Q(pk__in=left_open.values("assignment")))


def _everybody() -> Iterator[Who]:
    """Everybody, some thousand at a time, by ranges of ids."""
    first = 0
    while True:
        ids = Person.objects.filter(pk__gt=first).order_by("pk").values_list("pk", flat=True)
        last = ids[BATCH_PEOPLE - 1 : BATCH_PEOPLE].first()
        if last is None:
            yield between(first + 1, 2**62)
            return
        yield between(first + 1, last)
        first = last


def _evaluate(assignments: QuerySet[Assignment], day: date, batches: Iterable[Who]) -> None:
    rules = list(assignments.values_list("pk", "course", "path"))
    if not rules:
        return
    rounds = rounds_on(day, assignments)
    courses = _courses_of(rules)
    ids = [pk for pk, _course, _path in rules]
    written, is_gathered = 0, False
    for who in batches:
        with transaction.atomic():
            _one_at_a_time()
            written += _bring_in_step(Question(day, ids, rounds, who), courses)
        if written >= MANY and not is_gathered:  # the batches to come are planned for the table as it is now
            gather_after(written, Obligation, ObligationReason)
            is_gathered = True
    gather_after(written, Obligation, ObligationReason)


def _bring_in_step(question: Question, courses: list[int]) -> int:
    """One batch. Returns how many reasons it opened."""
    # What ends comes first: looked for among the rows just written, it would cost the planner its estimates.
    statements.close_reasons(question)
    opened = 0
    if question.rounds:
        statements.write_obligations(question)
        opened = statements.open_reasons(question)
    statements.settle(question)
    if courses:
        statements.fulfil_by_completions(question.who, courses)
        statements.fulfil_by_equivalents(question.who, courses, question.day)
    statements.carry_on_enrolments(question)
    return max(opened, 0)


def _courses_of(rules: list[tuple]) -> list[int]:
    paths = {path for _pk, _course, path in rules if path}
    courses = {course for _pk, course, _path in rules if course}
    if paths:
        courses.update(PathCourse.objects.filter(path__in=paths).values_list("course", flat=True))
    return sorted(courses)


def _one_at_a_time() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
