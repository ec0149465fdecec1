"""One pass over everybody who is to be told something."""

import logging
import time
from collections import Counter
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from notices.domain import quiet
from notices.domain.letters import claiming
from notices.domain.letters.composing import Content, content_for, message_of, subject_of
from notices.domain.letters.handing_over import Line, NotTaken, Unclear, Unreachable
from notices.enums import LetterState, MatterState, NoticeKind
from notices.models import Letter, Matter, Notice
from people.models import Person

log = logging.getLogger(__name__)

PEOPLE_AT_ONCE = 500
PAUSE = timedelta(hours=1)  # before a letter the server did not take is tried again
MOST_TRIES = 5  # then the matters stay on the site alone


def send_due(*, now: datetime | None = None, seconds: float = 240) -> Counter:
    """Writes to everybody who waits, for at most about `seconds`; outside office hours to nobody.

    May run twice at once, be killed anywhere and be left out for days: what is to be told stays written down, and
    nothing is handed over a second time. Returns how many letters ended in which state.
    """
    began, deadline = now or timezone.now(), time.monotonic() + seconds
    tally: Counter = Counter()
    if not quiet.is_open(began):
        return tally
    day = timezone.localdate(began)
    tally[LetterState.UNCERTAIN] += claiming.close_interrupted(began)
    try:
        with Line() as line:
            for letter in claiming.take_over(began, day):
                tally[_deliver(letter, line, began)] += 1
            after, more = 0, True
            while more:
                people = claiming.waiting_people(began, day, after, PEOPLE_AT_ONCE)
                for person_id in people:
                    letter = claiming.claim(person_id, day, now or timezone.now())
                    if letter:
                        tally[_deliver(letter, line, now or timezone.now())] += 1
                    if time.monotonic() > deadline:
                        return +tally
                after, more = (people[-1], True) if people else (after, False)
    except Unreachable as problem:
        log.warning("The mail server does not answer (%s); letters wait for the next pass", problem)
    return +tally


def _deliver(letter: Letter, line: Line, now: datetime) -> str:
    """Writes one claimed letter, hands it over and records what became of it. No transaction is open meanwhile."""
    person = Person.objects.get(pk=letter.person_id)
    matters = list(letter.matters.all())
    with translation.override(person.language or settings.LANGUAGE_CODE):
        content = content_for(person, matters, timezone.localdate(now))
        if not content.lines:
            return _close(letter, LetterState.EMPTY, now, matters, content)
        if not content.mailed or not person.work_email:
            return _close(letter, LetterState.ON_SITE, now, matters, content)
        message = message_of(letter, person, content, now)
    if not _begin(letter, matters, content, now):
        return "taken over"  # by another worker, who thought this one dead
    return _record(letter, line, message, now)


def _record(letter: Letter, line: Line, message, now: datetime) -> str:
    try:
        line.hand_over(message)
    except Unreachable:
        _unclaim(letter)
        raise
    except NotTaken as refusal:
        if refusal.is_final:
            return _settle(letter, LetterState.REFUSED, now, type(refusal.problem).__name__)
        return _put_back(letter, type(refusal.problem).__name__, now)
    except Unclear as problem:
        return _settle(letter, LetterState.UNCERTAIN, now, str(problem))
    return _settle(letter, LetterState.SENT, now)


@transaction.atomic
def _begin(letter: Letter, matters: list[Matter], content: Content, now: datetime) -> bool:
    """The point of no return: what the letter says stands on the site, and the server may have it from here on."""
    if not _advance(letter, LetterState.HANDING_OVER, content, claimed_at=now):
        return False
    _tell_on_site(letter, matters, content)
    return True


@transaction.atomic
def _close(letter: Letter, state: LetterState, now: datetime, matters: list[Matter], content: Content) -> str:
    if _advance(letter, state, content, closed_at=now):
        _tell_on_site(letter, matters, content)
    return state


def _advance(letter: Letter, state: LetterState, content: Content, **times) -> bool:
    """From claimed to `state`, if this worker still has the letter in hand."""
    mine = Letter.objects.filter(pk=letter.pk, state=LetterState.CLAIMED, attempt=letter.attempt)
    lines = content.mailed or content.lines
    told = {"subject": subject_of(lines)[:300] if lines else "", "lines": [line.title for line in lines]}
    return bool(mine.update(state=state, **told, **times))


def _tell_on_site(letter: Letter, matters: list[Matter], content: Content) -> None:
    over = [matter.pk for matter in matters if matter.pk not in content.told]
    if over:
        Matter.objects.filter(pk__in=over).update(state=MatterState.DROPPED)
    notices = [
        Notice(
            person_id=letter.person_id,
            kind=NoticeKind.TOLD,
            subject=line.title[:600],
            path=line.path,
            key=f"matter-{min(line.matters)}",  # a letter tried again tells nothing twice on the site
        )
        for line in content.lines
        if line.is_on_site
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def _settle(letter: Letter, state: LetterState, now: datetime, problem: str = "") -> str:
    Letter.objects.filter(pk=letter.pk).update(state=state, closed_at=now, problem=problem)
    return state


@transaction.atomic
def _put_back(letter: Letter, problem: str, now: datetime) -> str:
    """The letter certainly did not go out: its matters wait again, unless they have been tried often enough."""
    again = letter.matters.filter(state=MatterState.TAKEN, tries__lt=MOST_TRIES - 1)
    again.update(state=MatterState.WAITING, letter=None, tries=F("tries") + 1, not_before=now + PAUSE)
    return _settle(letter, LetterState.FAILED, now, problem)


@transaction.atomic
def _unclaim(letter: Letter) -> None:
    """As if the letter had never been begun: there is no mail server to give it to."""
    letter.matters.filter(state=MatterState.TAKEN).update(state=MatterState.WAITING, letter=None)
    letter.matters.update(letter=None)
    letter.delete()
