"""Decisions about questions that were examined already: which are in force, and what they make of an answer."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from quizzes.domain import grading
from quizzes.domain.questions import versions
from quizzes.enums import Decision
from quizzes.models import QuestionVersion, Ruling
from quizzes.queries import rulings_in_force


def in_force(quiz_id: int) -> dict[int, Ruling]:
    """The decision that counts for each version of the quiz about which one was taken, in one query."""
    return by_version(rulings_in_force(quiz_id))


def by_version(decisions: Iterable[Ruling]) -> dict[int, Ruling]:
    """Of decisions in the order they were confirmed, the latest about each version."""
    return {ruling.version_id: ruling for ruling in decisions}


def named(ids: Iterable[int]) -> dict[int, Ruling]:
    """The decisions with these ids, by version."""
    ids = list(ids)
    return {ruling.version_id: ruling for ruling in Ruling.objects.filter(pk__in=ids)} if ids else {}


def points(ruling: Ruling, question: QuestionVersion, answer, worth: Decimal) -> Fraction:
    """What the answer (None: none) earns by the decision."""
    if ruling.decision == Decision.TAKEN_OUT:
        return Fraction(0)
    if ruling.decision == Decision.POINTS_FOR_ALL:
        return Fraction(worth)
    return grading.points(graded_by(ruling, question), answer, worth)


def graded_by(ruling: Ruling | None, question: QuestionVersion) -> QuestionVersion:
    """The question with the key and the explanations it is graded by; its own without a decision about the key."""
    if ruling is None or ruling.key_version_id is None:
        return question
    [corrected] = versions([ruling.key_version_id])
    return QuestionVersion(
        pk=question.pk,
        question_id=question.question_id,
        number=question.number,
        kind=question.kind,
        points=question.points,
        content=question.content,
        key=corrected.key,
        feedback=corrected.feedback,
    )


def fits(question: QuestionVersion, corrected: QuestionVersion) -> bool:
    """Whether the key of one version can grade answers to the other: the same kind with the same parts."""
    return question.kind == corrected.kind and _shape(question.content) == _shape(corrected.content)


def _shape(value):
    """A content without its wording: ids and numbers of its parts, in no order."""
    if isinstance(value, dict):
        return {name: _shape(part) for name, part in value.items() if name not in ("vi", "en")}
    if isinstance(value, list):
        return sorted(map(repr, map(_shape, value)))
    return value
