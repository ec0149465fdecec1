"""Compares every acknowledgement with the events in the database, which are never changed."""

from dataclasses import dataclass

_AT_ONCE = 500


@dataclass(frozen=True)
class Acknowledged:
    """What a learner was told is saved."""

    attempt: int
    slot: int
    sequence: int
    key: str


def missing(acknowledged: list[Acknowledged]) -> list[Acknowledged]:
    """Those without their event, or whose slot holds something older: answers the site said it had and has not."""
    from quizzes.models import AnswerEvent, Response

    lost = []
    attempts = sorted({one.attempt for one in acknowledged})
    for start in range(0, len(attempts), _AT_ONCE):
        some = attempts[start : start + _AT_ONCE]
        events = set(
            AnswerEvent.objects.filter(attempt__in=some).values_list("attempt", "slot", "sequence", "key").iterator()
        )
        newest = {
            (attempt, slot): sequence
            for attempt, slot, sequence in Response.objects.filter(attempt__in=some).values_list(
                "attempt", "slot", "sequence"
            )
        }
        lost += [
            one
            for one in acknowledged
            if one.attempt in some
            and (
                (one.attempt, one.slot, one.sequence, one.key) not in events
                or newest.get((one.attempt, one.slot), -1) < one.sequence
            )
        ]
    return lost
