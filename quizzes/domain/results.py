"""The result of an attempt: the points of every answer, their sum, passed or not. By its paper and the rulings."""

from decimal import Decimal
from fractions import Fraction

from quizzes.domain import grading, rulings
from quizzes.domain.papers import points_of
from quizzes.domain.questions import versions
from quizzes.enums import AttemptState, Decision
from quizzes.kinds.registry import kind_of
from quizzes.models import Attempt, Mark, Response, Ruling
from quizzes.queries import answers_to_grade
from quizzes.signals import attempt_graded


def points_by_slot(
    attempt: Attempt, responses: dict[int, Response], decided: dict[int, Ruling]
) -> dict[int, Fraction | None]:
    """What each slot earned, exactly: those with an answer, and those whose points a decision gives to all.

    None for an answer that waits for an examiner. Nothing is written. `decided` are the rulings by version.
    """
    questions = versions(slot["version"] for slot in attempt.slots)
    given = _given(attempt) if any(kind_of(question.kind).marked_by_people for question in questions) else {}
    earned: dict[int, Fraction | None] = {}
    for index, (slot, question) in enumerate(zip(attempt.slots, questions, strict=True)):
        worth, kind = points_of(slot, question), kind_of(question.kind)
        answer = responses[index].answer if index in responses else None
        if ruling := decided.get(question.pk):
            earned[index] = rulings.points(ruling, question, answer, worth)
        elif index not in responses:
            continue
        elif not kind.needs_marking(question.content, answer):
            earned[index] = grading.points(question, answer, worth)
        elif index in given:
            earned[index] = kind.share_of(question.key, given[index]) * Fraction(worth)
        else:
            earned[index] = None
    return earned


def highest_points(attempt: Attempt, decided: dict[int, Ruling]) -> Decimal:
    """The most that can be earned with the paper, without the questions taken out of the total."""
    taken_out = {version for version, ruling in decided.items() if ruling.decision == Decision.TAKEN_OUT}
    return sum(
        (points_of(slot, question) for slot, question in _asked(attempt) if question.pk not in taken_out), Decimal(0)
    )


def rulings_of_slots(attempt: Attempt, decided: dict[int, Ruling]) -> dict[str, int]:
    """What `Attempt.rulings` says: by which decision each slot was graded."""
    versions_of_slots = [slot["version"] for slot in attempt.slots]
    return {str(i): decided[version].pk for i, version in enumerate(versions_of_slots) if version in decided}


def grade(attempt: Attempt) -> Fraction | None:
    """Puts down what each answer earned, for the caller to save, and returns the sum, never below 0 (answers may cost
    points); None while one waits for its marks."""
    responses, in_force = answers_to_grade(attempt)
    decided = rulings.by_version(in_force)
    total = write_points(attempt, responses, decided)
    if attempt.rulings or decided:
        attempt.rulings = rulings_of_slots(attempt, decided)
        attempt.max_points = highest_points(attempt, decided)
    return total


def write_points(attempt: Attempt, responses: dict[int, Response], decided: dict[int, Ruling]) -> Fraction | None:
    """Puts down the points of every answer in the attempt, for the caller to save, and returns their sum."""
    earned = points_by_slot(attempt, responses, decided)
    attempt.earned = {
        str(slot): None if earned[slot] is None else str(grading.rounded(earned[slot], places=4))
        for slot in sorted(responses)
    }
    return total_of(earned)


def total_of(earned: dict[int, Fraction | None]) -> Fraction | None:
    """The sum, never below 0; None while an answer waits for its marks."""
    if None in earned.values():
        return None
    return max(Fraction(0), sum(earned.values(), Fraction(0)))


# What is written when an attempt is closed, whether or not somebody has to mark it first.
GRADED = ("state", "submitted_at", "submit_reason", "max_points", "earned", "rulings")


def settle(attempt: Attempt, total: Fraction) -> None:
    """Writes the result of a locked attempt and tells those who wait for it, in the same transaction."""
    attempt.state = AttemptState.SUBMITTED
    attempt.score = grading.rounded(total)
    attempt.passed = grading.is_passed(total, Fraction(attempt.max_points), attempt.pass_percent)
    attempt.save(update_fields=[*GRADED, "score", "passed"])
    attempt_graded.send(sender=Attempt, attempt=attempt)


def _asked(attempt: Attempt):
    return zip(attempt.slots, versions(slot["version"] for slot in attempt.slots), strict=True)


def _given(attempt: Attempt) -> dict[int, dict]:
    """The points by criterion of the newest mark of each slot."""
    return dict(Mark.objects.filter(attempt=attempt).order_by("pk").values_list("slot", "given"))
