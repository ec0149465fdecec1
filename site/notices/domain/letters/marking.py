"""What the database knows of letters while they are written and handed over: a statement a batch, and one a letter."""

# ruff: noqa: S608 (the statements are made of names of our own table and columns only)

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import translation

from notices.domain.letters.composing import Content, language_of, subject_of
from notices.enums import LetterState, MatterState, NoticeKind
from notices.models import Letter, Matter, Notice
from people.models import Person

_LETTER = Letter._meta.db_table


@dataclass
class InHand:
    """A letter this worker has claimed, to whom it goes and what it is to tell."""

    letter: Letter
    person: Person
    matters: list[Matter]
    content: Content | None = None
    is_on_site: bool = False

    @property
    def outcome(self) -> LetterState:
        """What becomes of it as its content stands: `CLAIMED` if it goes out."""
        if not self.content.lines:
            return LetterState.EMPTY
        return LetterState.CLAIMED if self.content.mailed and self.person.work_email else LetterState.ON_SITE


@transaction.atomic
def note_contents(letters: list[InHand], now: datetime) -> set[int]:
    """Writes down what each letter says, closes those that do not go out, and puts their lines on the site.

    From here on a worker has as long again as when it claimed them. Returns the ids of the letters still in our hands;
    nothing is noted of those that another worker, who thought this one dead, has taken over.
    """
    ours = _write_contents(letters, now)
    held = [one for one in letters if one.letter.pk in ours]
    _drop_matters(held)
    _tell_on_site([one for one in held if not one.is_on_site])
    return ours


def _write_contents(letters: list[InHand], now: datetime) -> set[int]:
    kinds = ("bigint", "int", "varchar", "varchar", "jsonb") if connection.vendor == "postgresql" else None
    row = "(" + ", ".join(f"CAST(%s AS {kind})" for kind in kinds) + ")" if kinds else "(%s, %s, %s, %s, %s)"
    values = []
    for one in letters:
        told = json.dumps([line.title for line in one.content.shown])
        values += [one.letter.pk, one.letter.attempt, one.outcome.value, _subject(one), told]
    moment = connection.ops.adapt_datetimefield_value(now)
    statement = f"""
        WITH told (letter_id, attempt, outcome, subject, lines) AS (VALUES {", ".join([row] * len(letters))})
        UPDATE {_LETTER} AS letter SET state = told.outcome, subject = told.subject, lines = told.lines,
            claimed_at = {_moment()},
            closed_at = CASE WHEN told.outcome <> '{LetterState.CLAIMED}' THEN {_moment()} END
        FROM told WHERE letter.id = told.letter_id AND letter.attempt = told.attempt
            AND letter.state = '{LetterState.CLAIMED}'
        RETURNING id
    """
    return _returned(statement, [*values, moment, moment])


def _subject(one: InHand) -> str:
    with translation.override(language_of(one.person)):
        return subject_of(one.content.shown)[:300] if one.content.shown else ""


def _drop_matters(letters: list[InHand]) -> None:
    """What no line covers is over."""
    over = []
    for one in letters:
        told = one.content.told  # of the head of a province some ten thousand
        over += [matter.pk for matter in one.matters if matter.pk not in told]
        one.matters = [matter for matter in one.matters if matter.pk in told]
    if over:
        Matter.objects.filter(pk__in=over).update(state=MatterState.DROPPED)


def _tell_on_site(letters: list[InHand]) -> None:
    notices = [
        Notice(
            person_id=one.person.pk,
            kind=NoticeKind.TOLD,
            subject=line.title[:600],
            path=line.path,
            key=f"matter-{min(line.matters)}",  # a letter tried again tells nothing twice on the site
        )
        for one in letters
        for line in one.content.lines
        if line.is_on_site
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    for one in letters:
        one.is_on_site = True


class HandOver:
    """Marks each letter right before it is handed over, and afterwards that the server has it.

    The second is written by the statement that marks the next letter, so each letter costs one; `finish` writes the
    last. Used as a context. Whoever is killed in between leaves a letter marked as being handed over, whatever became
    of it, and such a letter never goes out again.
    """

    def __init__(self):
        self._last: tuple[int, datetime] | None = None  # the letter the server has taken, and when

    def __enter__(self):
        return self

    def __exit__(self, *_problem):
        self.finish()

    def begin(self, letter: Letter, now: datetime) -> bool:
        """The point of no return: the server may have the letter from here on. False: it is not ours any more."""
        (taken, when), self._last = self._last or (0, now), None
        begun, ended = (connection.ops.adapt_datetimefield_value(one) for one in (now, when))
        statement = f"""
            UPDATE {_LETTER} SET
                state = CASE WHEN id = %s THEN '{LetterState.HANDING_OVER}' ELSE '{LetterState.SENT}' END,
                claimed_at = CASE WHEN id = %s THEN {_moment()} ELSE claimed_at END,
                closed_at = CASE WHEN id = %s THEN closed_at ELSE {_moment()} END
            WHERE (id = %s AND state = '{LetterState.CLAIMED}' AND attempt = %s)
                OR (id = %s AND state = '{LetterState.HANDING_OVER}')
            RETURNING id
        """
        pk = letter.pk
        return pk in _returned(statement, [pk, pk, begun, pk, ended, pk, letter.attempt, taken])

    def taken(self, letter: Letter, now: datetime) -> None:
        """The server has the letter."""
        self._last = (letter.pk, now)

    def finish(self) -> None:
        """Notes the last letter the server has taken."""
        if self._last is None:
            return
        (taken, when), self._last = self._last, None
        held = Letter.objects.filter(pk=taken, state=LetterState.HANDING_OVER)
        held.update(state=LetterState.SENT, closed_at=when)


def _returned(statement: str, parameters: Iterable) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters))
        return {pk for (pk,) in cursor.fetchall()}


def _moment() -> str:
    """A moment among values: PostgreSQL would take the bare text for text."""
    return "CAST(%s AS timestamp with time zone)" if connection.vendor == "postgresql" else "%s"
