"""Recomputes what is stored of attempts: answers from their events, points and results from paper and answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from quizzes.domain import grading, results, rulings
from quizzes.enums import AttemptState
from quizzes.models import AnswerEvent, Attempt, Response, Ruling

_READ_AT_A_TIME = 300


@dataclass(frozen=True)
class Difference:
    """One value that is not what it should be."""

    of: str
    id: int
    what: str
    stored: str
    expected: str

    def __str__(self):
        return f"{self.of} {self.id}: {self.what} is {self.stored}, expected {self.expected}"


def differences() -> Iterator[Difference]:
    """Everything that does not agree, over all attempts."""
    after = 0
    while True:
        attempts = list(Attempt.objects.filter(pk__gt=after).order_by("pk")[:_READ_AT_A_TIME])
        if not attempts:
            return
        after = attempts[-1].pk
        responses, events = _by_attempt(Response, attempts), _by_attempt(AnswerEvent, attempts)
        for attempt in attempts:
            answers = {response.slot: response for response in responses.get(attempt.pk, [])}
            yield from _answers(attempt, answers, events.get(attempt.pk, []))
            if attempt.state == AttemptState.SUBMITTED:
                yield from _result(attempt, answers)
            elif attempt.state == AttemptState.IN_PROGRESS:
                yield from _compare(attempt, {"score": (attempt.score, None), "passed": (attempt.passed, None)})


def _by_attempt(model, attempts: list[Attempt]) -> dict[int, list]:
    rows: dict[int, list] = {}
    for row in model.objects.filter(attempt__in=attempts):
        rows.setdefault(row.attempt_id, []).append(row)
    return rows


def _answers(attempt: Attempt, responses: dict[int, Response], events: list[AnswerEvent]) -> Iterator[Difference]:
    """The response of a slot is the acknowledged event with the highest sequence number, the first one that had it."""
    newest: dict[int, int] = {}
    for event in events:
        newest[event.slot] = max(newest.get(event.slot, 0), event.sequence)
    by_key = {(event.slot, event.key): event for event in events}
    for slot, sequence in newest.items():
        response = responses.get(slot)
        if response is None:
            yield Difference("attempt", attempt.pk, f"answer {slot + 1}", "missing", f"event {sequence}")
            continue
        event = by_key.get((slot, response.key))
        if event is None or event.sequence != sequence:
            yield Difference("attempt", attempt.pk, f"answer {slot + 1}", f"event {response.sequence}", str(sequence))
        elif event.answer != response.answer:
            yield Difference("attempt", attempt.pk, f"answer {slot + 1}", "another", "that of its event")


def _result(attempt: Attempt, responses: dict[int, Response]) -> Iterator[Difference]:
    decided = rulings.named(attempt.rulings.values())
    earned = results.points_by_slot(attempt, responses, decided)
    for slot in responses:
        stored, points = attempt.points_of(slot), grading.rounded(earned[slot], places=4)
        if stored != points:
            yield Difference("attempt", attempt.pk, f"points of {slot + 1}", str(stored), str(points))
    total, highest = results.total_of(earned), results.highest_points(attempt, decided)
    expected = {
        "score": (attempt.score, grading.rounded(total)),
        "max_points": (attempt.max_points, highest),
        "passed": (attempt.passed, grading.is_passed(total, Fraction(highest), attempt.pass_percent)),
        "rulings": (attempt.rulings, results.rulings_of_slots(attempt, _applied(attempt.quiz_id))),
    }
    yield from _compare(attempt, expected)


def _applied(quiz_id: int) -> dict[int, Ruling]:
    """The decisions in force; those still being applied may not have come to an attempt yet."""
    return {version: ruling for version, ruling in rulings.in_force(quiz_id).items() if ruling.applied_at}


def _compare(attempt: Attempt, expected: dict[str, tuple]) -> Iterator[Difference]:
    for what, (stored, right) in expected.items():
        if stored != right:
            yield Difference("attempt", attempt.pk, what, str(stored), str(right))
