"""How far people are in their lessons, filled in for many rows at a time: a few queries however many.

Which lessons are required of a person is the rule of `courses.domain.completion.audiences_of`, here for many
people at once. A completed row shows what its own completion asked for, which later changes do not touch.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import Count, F
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.enums import Audience
from courses.models import Completion, EditionLesson, LessonRecord
from courses.queries import newest_editions
from people.enums import PositionGroup
from quizzes.models import Attempt
from reports.domain.on_date import end_of
from reports.filters import State
from reports.queries import CourseName, quiz_attempts
from reports.scope import UnitTree

_ROWS_AT_A_TIME = 2000


@dataclass
class Row:
    """One person and one course, with everything a column may show."""

    person_id: int
    full_name: str
    staff_number: str
    unit: str
    position: str
    audiences: frozenset[str]
    course_id: int
    course: str
    due_on: date | None
    enrolment: int | None
    edition: int | None
    completed_on: date | None
    days_overdue: int | None = None
    lessons_done: int | None = None
    lessons_required: int | None = None
    quiz: str = ""
    quiz_on: date | None = None
    score: str = ""

    @property
    def state(self) -> State:
        if self.completed_on:
            return State.COMPLETED
        return State.IN_PROGRESS if self.enrolment else State.NOT_STARTED


class RowReader:
    """Turns what `queries.listed` found into rows; two queries when made, three more for every 2,000 rows."""

    def __init__(self, tree: UnitTree, courses: dict[int, CourseName], day: date):
        self.tree, self.courses, self.day = tree, courses, day
        self.newest = newest_editions(list(courses))
        self.lessons = _lesson_counts(courses)

    def read(self, found: Iterable[dict]) -> Iterator[Row]:
        source = iter(found)
        while batch := [self._row(values) for values in islice(source, _ROWS_AT_A_TIME)]:
            self._fill(batch)
            yield from batch

    def _row(self, values: dict) -> Row:
        completed_on, due_on = values["completed_on"], values["due_on"]
        late = due_on is not None and completed_on is None and due_on < self.day
        return Row(
            person_id=values["person_id"],
            full_name=values["full_name"],
            staff_number=values["staff_number"] or "",
            unit=self.tree.nodes[values["unit_id"]].label,
            position=values["position_title"],
            audiences=audiences(values["is_manager"], values["position_group"]),
            course_id=values["course_ref"],
            course=self.courses[values["course_ref"]].title,
            due_on=due_on,
            enrolment=values["enrolment"],
            edition=values["edition"] or self.newest.get(values["course_ref"]),
            completed_on=completed_on,
            days_overdue=(self.day - due_on).days if late else None,
        )

    def _fill(self, batch: list[Row]) -> None:
        begun = [row.enrolment for row in batch if row.enrolment and not row.completed_on]
        done = _done_counts(begun, self.day)
        rules = _rules([row.enrolment for row in batch if row.completed_on])
        self._fill_quizzes(batch)
        for row in batch:
            if row.enrolment in rules:
                row.lessons_done = row.lessons_required = rules[row.enrolment]
            elif row.edition:
                row.lessons_required = _sum(self.lessons[row.edition], row.audiences)
                row.lessons_done = _sum(done.get(row.enrolment, {}), row.audiences)

    def _fill_quizzes(self, batch: list[Row]) -> None:
        quizzes = {course.quiz for course in self.courses.values() if course.quiz}
        if not quizzes:
            return
        attempts = quiz_attempts({row.person_id for row in batch}, quizzes, self.day)
        for row in batch:
            course = self.courses[row.course_id]
            attempt = attempts.get((row.person_id, course.quiz))
            if attempt is None:
                continue
            row.quiz = str(_in_words(attempt))
            row.quiz_on = timezone.localdate(attempt.submitted_at) if attempt.submitted_at else None
            if course.shows_scores and attempt.score is not None:
                row.score = points_in_words(attempt.score, attempt.max_points)


def _in_words(attempt: Attempt):
    """Passed or not, or how far it is; never the score."""
    if attempt.passed is None:
        return attempt.get_state_display()
    return _("passed") if attempt.passed else _("not passed")


def points_in_words(score, highest) -> str:
    """For example 24,5/26."""
    return f"{_plain(score)}/{_plain(highest)}"


def _plain(number) -> str:
    return f"{number.normalize():f}".replace(".", ",")


def audiences(is_manager: bool, position_group: str) -> frozenset[str]:
    """The audiences that a posting belongs to."""
    found = {str(Audience.EVERYONE)}
    if is_manager:
        found.add(str(Audience.MANAGERS))
    if position_group == PositionGroup.ONE_STOP:
        found.add(str(Audience.ONE_STOP))
    return frozenset(found)


def _sum(counts: dict[str, int], wanted: frozenset[str]) -> int:
    return sum(count for audience, count in counts.items() if audience in wanted)


def _lesson_counts(courses: Iterable[int]) -> dict[int, dict[str, int]]:
    """For each edition of the courses: the number of its lessons by audience."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    found = EditionLesson.objects.filter(edition__course__in=list(courses)).order_by()
    for edition, audience, count in found.values_list("edition", "audience").annotate(n=Count("pk")):
        counts[edition][audience] = count
    return counts


def _done_counts(enrolments: list[int], day: date) -> dict[int, dict[str, int]]:
    """For each enrolment: the lessons of its edition that were done by the end of the day, by audience."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    audience = "enrolment__edition__lessons__audience"
    found = LessonRecord.objects.filter(
        enrolment__in=enrolments, done_at__lt=end_of(day), enrolment__edition__lessons__lesson=F("lesson")
    ).order_by()
    for enrolment, group, count in found.values_list("enrolment", audience).annotate(n=Count("pk")):
        counts[enrolment][group] = count
    return counts


def _rules(enrolments: list[int]) -> dict[int, int]:
    """For each completed enrolment: how many lessons its completion asked for."""
    found = Completion.objects.filter(enrolment__in=enrolments).values_list("enrolment", "rule")
    return {enrolment: len(rule.get("lessons", ())) for enrolment, rule in found}
