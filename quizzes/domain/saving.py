"""Saving answers: acknowledged only once committed, in one statement where the database can (PostgreSQL).

Each change of a slot carries a sequence number and a key of its own. The event is appended, the response replaced
only by a higher number: what is sent late or twice never overwrites what came after it.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from quizzes.domain.papers import Paper, paper_of
from quizzes.kinds.registry import kind_of
from quizzes.models import Attempt, Response
from shared.errors import DomainError
from shared.prepared import same_statement_cursor

HIGHEST_SEQUENCE = 2**53 - 1  # what JavaScript counts exactly


class AnswerRefused(DomainError):
    """An answer that came too late or to a closed attempt; answers acknowledged before it stand."""


@dataclass(frozen=True)
class Change:
    """One answer to one slot (0-based): its place in the order of that slot's changes, and the name of this change.

    Without a place it is the newest, whatever was stored before.
    """

    slot: int
    answer: object
    sequence: int | None
    key: str


@dataclass(frozen=True)
class Acknowledgement:
    """What is committed: the database's time of it, and the newer answers of slots whose change came too late."""

    at: datetime
    newer: dict[int, Response] = field(default_factory=dict)


def save(person, attempt_id: int, changes: list[Change]) -> Acknowledgement:
    """Stores the changes and returns once they are committed.

    The deadline is checked against the database's clock in the statement that writes. Raises Attempt.DoesNotExist
    for another person's attempt, IndexError for a slot the paper does not have, and AnswerRefused when the attempt
    is closed or its time is over; then nothing is stored.
    """
    paper = paper_of(person, attempt_id)
    for change in changes:
        paper.question(change.slot)  # IndexError before anything is written
    write = _write_in_one_statement if connection.vendor == "postgresql" else _write_in_a_transaction
    at, replaced = write(person, attempt_id, changes)
    if at is None:
        _refuse(person, attempt_id)
    late = {change.slot: change for change in changes if change.slot not in replaced}
    return Acknowledgement(at, _newer(attempt_id, late) if late else {})


def save_latest(person, attempt_id: int, answers: dict[int, object]) -> datetime:
    """Stores answers by slot as the newest, whatever came before: for plain forms, which keep no sequence.

    An answer that stands already is left as it is: the page's script has saved it before its form is sent.
    """
    while True:
        changes = [Change(slot, answer, None, str(uuid4())) for slot, answer in answers.items()]
        acknowledged = save(person, attempt_id, changes)
        answers = {slot: answers[slot] for slot in acknowledged.newer}
        if not answers:  # else another tab came between
            return acknowledged.at


def read_answer(paper: Paper, slot: int, data) -> object:
    """The answer to a slot in a posted form (`data`). Raises IndexError for a slot there is not, AnswerError else."""
    question = paper.question(slot)
    return kind_of(question.kind).parse(question.content, data)


def _refuse(person, attempt_id: int) -> None:
    attempt = Attempt.objects.defer("paper").get(pk=attempt_id, person=person)
    if not attempt.is_open:
        raise AnswerRefused(_("This attempt was already submitted. The answers saved before that were graded."))
    raise AnswerRefused(
        _("Time was up at %(time)s. This answer was not taken; the answers saved before are graded.")
        % {"time": timezone.localtime(attempt.deadline_at).strftime("%H:%M:%S")}
    )


def _newer(attempt_id: int, late: dict[int, Change]) -> dict[int, Response]:
    """Of slots where nothing was replaced: those that hold something newer, not this change sent again."""
    stored = Response.objects.filter(attempt=attempt_id, slot__in=late)
    return {response.slot: response for response in stored if response.key != late[response.slot].key}


_POSTGRESQL = """
WITH attempt AS (
  SELECT id, statement_timestamp() AS at FROM quizzes_attempt
  WHERE id = %s AND person_id = %s AND state = 'in_progress' AND (
    deadline_at IS NULL OR statement_timestamp() <= deadline_at + grace_seconds * interval '1 second')
  FOR UPDATE
), given (slot, sequence, key, answer) AS (VALUES {changes}),
change AS (
  SELECT given.slot, coalesce(given.sequence, 1 + before.sequence, 1) AS sequence, given.key, given.answer
  FROM given LEFT JOIN quizzes_response AS before ON before.attempt_id = %s AND before.slot = given.slot
  WHERE given.sequence IS NOT NULL OR before.slot IS NULL OR before.answer IS DISTINCT FROM given.answer
), done (slot) AS (
  SELECT slot FROM given WHERE slot NOT IN (SELECT slot FROM change)
),
event AS (
  INSERT INTO quizzes_answerevent (attempt_id, slot, sequence, key, answer, saved_at)
  SELECT id, slot, sequence, key, answer, at FROM attempt, change
  ON CONFLICT (attempt_id, slot, key) DO NOTHING
), response AS (
  INSERT INTO quizzes_response AS stored (attempt_id, slot, sequence, key, answer, saved_at)
  SELECT id, slot, sequence, key, answer, at FROM attempt, change
  ON CONFLICT (attempt_id, slot) DO UPDATE
  SET sequence = excluded.sequence, key = excluded.key, answer = excluded.answer, saved_at = excluded.saved_at
  WHERE stored.sequence < excluded.sequence
  RETURNING slot
)
SELECT at, (SELECT array_agg(slot) FROM (TABLE response UNION ALL TABLE done) AS stands) FROM attempt
"""


def _write_in_one_statement(person, attempt_id, changes) -> tuple[datetime | None, set[int]]:
    """PostgreSQL: check, event and response are one statement, and so one transaction without a BEGIN of its own."""
    rows = ", ".join(["(%s::int, %s::bigint, %s::text, %s::jsonb)"] * len(changes))
    parameters = [attempt_id, person.pk, *_parameters(changes), attempt_id]
    with same_statement_cursor(connection) as cursor:
        # As text, which the statement casts: by size, numbers would have three types, and each a plan of its own.
        cursor.execute(_POSTGRESQL.format(changes=rows), [p if p is None else str(p) for p in parameters])
        written = cursor.fetchone()
    return (written[0], set(written[1] or ())) if written else (None, set())


_SQLITE_OPEN = """
SELECT strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now') FROM quizzes_attempt
WHERE id = %s AND person_id = %s AND state = 'in_progress' AND (
  deadline_at IS NULL OR julianday('now') <= julianday(deadline_at) + grace_seconds / 86400.0)
"""
_SQLITE_EVENT = """
INSERT INTO quizzes_answerevent (slot, sequence, "key", answer, attempt_id, saved_at) VALUES {changes}
ON CONFLICT (attempt_id, slot, "key") DO NOTHING
"""
_SQLITE_RESPONSE = """
INSERT INTO quizzes_response (slot, sequence, "key", answer, attempt_id, saved_at) VALUES {changes}
ON CONFLICT (attempt_id, slot) DO UPDATE
SET sequence = excluded.sequence, "key" = excluded."key", answer = excluded.answer, saved_at = excluded.saved_at
WHERE quizzes_response.sequence < excluded.sequence
RETURNING slot
"""


def _write_in_a_transaction(person, attempt_id, changes) -> tuple[datetime | None, set[int]]:
    """SQLite: the same in a transaction, which has the only right to write from its beginning."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SQLITE_OPEN, [attempt_id, person.pk])
        row = cursor.fetchone()
        if row is None:
            return None, set()
        unchanged, changes = _placed(attempt_id, changes)
        values, given = [], _parameters(changes)
        for start in range(0, len(given), 4):
            values += [*given[start : start + 4], attempt_id, row[0]]
        replaced = set()
        if changes:
            rows = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(changes))
            cursor.execute(_SQLITE_EVENT.format(changes=rows), values)
            cursor.execute(_SQLITE_RESPONSE.format(changes=rows), values)
            replaced = {slot for (slot,) in cursor.fetchall()}
    return parse_datetime(row[0]).replace(tzinfo=UTC), replaced | unchanged


def _placed(attempt_id: int, changes: list[Change]) -> tuple[set[int], list[Change]]:
    """Slots whose form holds what is stored already, and the others' changes with their place: after what is stored."""
    if all(change.sequence is not None for change in changes):
        return set(), changes
    rows = Response.objects.filter(attempt=attempt_id).values_list("slot", "sequence", "answer")
    stored = {slot: (sequence, answer) for slot, sequence, answer in rows}
    unchanged = {
        change.slot
        for change in changes
        if change.sequence is None and change.slot in stored and stored[change.slot][1] == change.answer
    }
    return unchanged, [
        replace(change, sequence=stored.get(change.slot, (0, None))[0] + 1) if change.sequence is None else change
        for change in changes
        if change.slot not in unchanged
    ]


def _parameters(changes) -> list:
    """Slot, sequence, key and answer of each."""
    parameters = []
    for change in changes:
        answer = None if change.answer is None else json.dumps(change.answer, ensure_ascii=False)
        parameters += [change.slot, change.sequence, change.key, answer]
    return parameters
