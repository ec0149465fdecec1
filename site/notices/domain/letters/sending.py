"""One pass over everybody who is to be told something."""

import logging
import time
from collections import Counter, deque
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from notices.domain import quiet
from notices.domain.letters import claiming
from notices.domain.letters.composing import contents_for, language_of, message_of
from notices.domain.letters.handing_over import Line, NotTaken, Unclear, Unreachable
from notices.domain.letters.marking import HandOver, InHand, note_contents
from notices.enums import LetterState, MatterState
from notices.models import Letter, Matter
from people.models import Person

log = logging.getLogger(__name__)

LETTERS_AT_ONCE = 50  # claimed, and asked about again, together
STILL_TRUE = 1.0  # seconds; letters of a batch that wait for longer are asked about once more
PAUSE = timedelta(hours=1)  # before a letter the server did not take is tried again
MOST_TRIES = 5  # then the matters stay on the site alone
TAKEN_OVER = "taken over"  # by another worker, who thought this one dead


def send_due(*, now: datetime | None = None, seconds: float = 240) -> Counter:
    """Writes to everybody who waits, for at most about `seconds`; outside office hours to nobody.

    May run twice at once, be killed anywhere and be left out for days: what is to be told stays written down, and
    nothing is handed over a second time. Returns how many letters ended in which state.
    """
    began, deadline = now or timezone.now(), time.monotonic() + seconds
    tally: Counter = Counter()
    if not quiet.is_open(began):
        return tally
    tally[LetterState.UNCERTAIN] += claiming.close_interrupted(began)
    try:
        with Line() as line:
            for letters in _batches(began, now):
                _deliver(letters, line, now, deadline, tally)
                if time.monotonic() > deadline:
                    break
    except Unreachable as problem:
        log.warning("The mail server does not answer (%s); letters wait for the next pass", problem)
    return +tally


def _batches(began: datetime, now: datetime | None) -> Iterator[list[Letter]]:
    """Letters left by workers that died, then those of all who wait, each batch claimed when it is wanted."""
    day, after = timezone.localdate(began), 0
    if left := claiming.take_over(began, day):
        yield from (left[start : start + LETTERS_AT_ONCE] for start in range(0, len(left), LETTERS_AT_ONCE))
    while people := claiming.waiting_people(began, day, after, LETTERS_AT_ONCE):
        yield claiming.claim(people, day, now or timezone.now())
        after = people[-1]


def _deliver(letters: list[Letter], line: Line, now: datetime | None, deadline: float, tally: Counter) -> None:
    """Writes the letters of a batch and hands them over; what is left at the deadline waits for the next pass.

    All are asked about together, and those not gone after a second once more: what is not true any more is not sent.
    """
    waiting = deque(_in_hand(letters))
    try:
        while waiting and time.monotonic() <= deadline:
            _ask_again(waiting, now or timezone.now(), tally)
            _hand_over(waiting, line, now, min(time.monotonic() + STILL_TRUE, deadline), tally)
    finally:
        claiming.give_back([one.letter for one in waiting])


def _in_hand(letters: list[Letter]) -> list[InHand]:
    """The letters with their people and matters. Two queries."""
    people = Person.objects.in_bulk([letter.person_id for letter in letters])
    matters: dict[int, list[Matter]] = {letter.pk: [] for letter in letters}
    for matter in Matter.objects.filter(letter__in=matters, state=MatterState.TAKEN).order_by("pk"):
        matters[matter.letter_id].append(matter)
    return [InHand(letter, people[letter.person_id], matters[letter.pk]) for letter in letters]


def _ask_again(waiting: deque[InHand], now: datetime, tally: Counter) -> None:
    """What is still true of each, now. Only letters that go out stay among the waiting."""
    contents = contents_for([(one.person, one.matters) for one in waiting], timezone.localdate(now))
    for one in waiting:
        one.content = contents[one.person.pk]
    ours = note_contents(list(waiting), now)
    outcomes = [(one, one.outcome if one.letter.pk in ours else TAKEN_OVER) for one in waiting]
    tally.update(outcome for _one, outcome in outcomes if outcome != LetterState.CLAIMED)
    waiting.clear()
    waiting.extend(one for one, outcome in outcomes if outcome == LetterState.CLAIMED)


def _hand_over(waiting: deque[InHand], line: Line, now: datetime | None, until: float, tally: Counter) -> None:
    """Hands over as many as there is time for, the first in any case. No transaction is open meanwhile."""
    with HandOver() as hand_over:
        while waiting:
            one, moment = waiting.popleft(), now or timezone.now()  # whatever happens to it, it is not given back
            with translation.override(language_of(one.person)):
                message = message_of(one.letter.pk, one.person, one.content, moment)
            if not hand_over.begin(one.letter, moment):
                tally[TAKEN_OVER] += 1
                continue
            try:
                tally[_record(one.letter, line, message, moment, hand_over)] += 1
            except Unreachable:
                waiting.appendleft(one)
                raise
            if time.monotonic() > until:
                return


def _record(letter: Letter, line: Line, message, now: datetime, hand_over: HandOver) -> str:
    try:
        line.hand_over(message)
    except NotTaken as refusal:
        if refusal.is_final:
            return _settle(letter, LetterState.REFUSED, now, type(refusal.problem).__name__)
        return _put_back(letter, type(refusal.problem).__name__, now)
    except Unclear as problem:
        return _settle(letter, LetterState.UNCERTAIN, now, str(problem))
    hand_over.taken(letter, now)
    return LetterState.SENT


def _settle(letter: Letter, state: LetterState, now: datetime, problem: str = "") -> str:
    Letter.objects.filter(pk=letter.pk).update(state=state, closed_at=now, problem=problem)
    return state


@transaction.atomic
def _put_back(letter: Letter, problem: str, now: datetime) -> str:
    """The letter certainly did not go out: its matters wait again, unless they have been tried often enough."""
    again = letter.matters.filter(state=MatterState.TAKEN, tries__lt=MOST_TRIES - 1)
    again.update(state=MatterState.WAITING, letter=None, tries=F("tries") + 1, not_before=now + PAUSE)
    return _settle(letter, LetterState.FAILED, now, problem)
