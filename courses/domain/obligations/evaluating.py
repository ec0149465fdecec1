"""Bringing obligations in step with rules and postings, in batches of people so that no transaction is long."""

from collections.abc import Iterable, Iterator
from datetime import date
from time import monotonic

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

BATCH_PEOPLE = 4000  # at most in one transaction
LEAST_PEOPLE = 500
_AIM = 0.4  # seconds a transaction should take: others wait for its rows
_RULES_AT_A_TIME = 20
_ONE_AT_A_TIME = 7_204_118  # key of PostgreSQL's advisory lock: two evaluations of the same people wait in line


def evaluate_rules(day: date | None = None) -> None:
    """All rules over everybody. Twice is as good as once; what a broken run left out the next one writes."""
    day = day or timezone.localdate()
    rules = list(_looked_after(day).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(rules), _RULES_AT_A_TIME):
        some = Assignment.objects.filter(pk__in=rules[start : start + _RULES_AT_A_TIME])
        _evaluate(some, day, _everybody(pace := Pace()), pace)


def evaluate_rule(assignment: Assignment, day: date | None = None) -> None:
    """One rule over everybody: a new one, or one just retired."""
    rule, day = Assignment.objects.filter(pk=assignment.pk), day or timezone.localdate()
    _evaluate(rule, day, _everybody(pace := Pace()), pace)


def evaluate_people(people: Iterable[int], day: date | None = None) -> None:
    """All rules over a few people (by id), who joined, moved, were promoted, left or came back."""
    day = day or timezone.localdate()
    ids = sorted(set(people))
    batches = [among(ids[start : start + 500]) for start in range(0, len(ids), 500)]
    _evaluate(_looked_after(day), day, batches, Pace())


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


class Pace:
    """How many people one transaction takes: what this machine, as busy as it is, does in about `_AIM` seconds."""

    def __init__(self):
        self.people = max(BATCH_PEOPLE // 2, 1)
        self.longest = 0.0

    def note(self, seconds: float) -> None:
        """What the last transaction took."""
        self.longest = max(self.longest, seconds)
        if seconds > _AIM:
            self.people = min(max(self.people // 2, LEAST_PEOPLE), BATCH_PEOPLE)
        elif seconds < _AIM / 3:
            self.people = min(self.people * 2, BATCH_PEOPLE)


def _everybody(pace: Pace) -> Iterator[Who]:
    """Everybody, some thousand at a time, by ranges of ids."""
    first = 0
    while True:
        ids = Person.objects.filter(pk__gt=first).order_by("pk").values_list("pk", flat=True)
        last = ids[pace.people - 1 : pace.people].first()
        if last is None:
            yield between(first + 1, 2**62)
            return
        yield between(first + 1, last)
        first = last


def _evaluate(assignments: QuerySet[Assignment], day: date, batches: Iterable[Who], pace: Pace) -> None:
    rules = list(assignments.values_list("pk", "course", "path"))
    if not rules:
        return
    rounds = rounds_on(day, assignments)
    courses = _courses_of(rules)
    ids = [pk for pk, _course, _path in rules]
    written, is_gathered = 0, False
    for who in batches:
        written += _one_batch(Question(day, ids, rounds, who), courses, pace)
        if written >= MANY and not is_gathered:  # the batches to come are planned for the table as it is now
            gather_after(written, Obligation, ObligationReason)
            is_gathered = True
    gather_after(written, Obligation, ObligationReason)


def _one_batch(question: Question, courses: list[int], pace: Pace) -> int:
    """One transaction. Returns how many reasons it opened."""
    with transaction.atomic():
        _one_at_a_time()
        begun = monotonic()  # whoever waits for another evaluation holds nobody up
        opened = _bring_in_step(question, courses)
    pace.note(monotonic() - begun)
    return opened


def _bring_in_step(question: Question, courses: list[int]) -> int:
    """The statements of one batch. Returns how many reasons they opened."""
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
