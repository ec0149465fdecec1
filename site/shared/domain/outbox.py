"""The outbox: work that must follow a fact.

A room registers a handler for a kind of work and calls `enqueue` inside the transaction of the fact. After the
commit a Celery task is told the entry's id; if that message is lost, `sweep` finds the entry and sends it again.
Handlers may run twice and must be idempotent.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from shared.models import OutboxEntry

log = logging.getLogger(__name__)

LEASE = timedelta(
    seconds=60
)  # longer than any step of a handler may take; a killed worker's entry is free again after it
GRACE = timedelta(seconds=5)  # the sweep leaves fresh entries to the message that was just sent
LONGEST_PAUSE = timedelta(hours=1)

_handlers: dict[str, Callable[[int], None]] = {}


def handler(kind: str):
    """Decorator: the function does the work of `kind`; it gets the subject's id and raises when it failed."""

    def register(function: Callable[[int], None]):
        _handlers[kind] = function
        return function

    return register


def enqueue(kind: str, subject_id: int) -> None:
    """Has the work done after the commit; call it inside the transaction of the fact.

    The same work has at most one open entry. One that is there already is marked as asked for again, because
    a worker may have it in hand and may have begun before this fact.
    """
    if kind not in _handlers:
        raise LookupError(f"No handler is registered for outbox kind {kind!r}.")
    entry_id = None
    while entry_id is None:  # once, unless a worker finishes the open entry just between the two steps
        entry_id = _write(kind, subject_id) or _ask_again(kind, subject_id)
    transaction.on_commit(lambda: _send(entry_id))


def work_off(entry_id: int) -> bool:
    """Does one entry's work if nobody else has it in hand. Returns whether the work was done by this call."""
    now = timezone.now()
    claimed = (
        OutboxEntry.objects.filter(pk=entry_id, done_at__isnull=True)
        .filter(Q(leased_until__isnull=True) | Q(leased_until__lte=now))
        .update(leased_until=now + LEASE, attempts=F("attempts") + 1)
    )
    if not claimed:
        return False
    entry = OutboxEntry.objects.get(pk=entry_id)
    try:
        _handlers[entry.kind](entry.subject_id)
    except Exception as problem:
        _put_back(entry, problem)
        log.exception("Outbox entry %s (%s) failed, attempt %s", entry.pk, entry.kind, entry.attempts)
        return False
    _close(entry)
    return True


def still_at_it(kind: str, subject_id: int) -> None:
    """Renews the lease of work that takes long: its handler calls this between its steps."""
    OutboxEntry.objects.filter(
        kind=kind, subject_id=subject_id, done_at__isnull=True, leased_until__isnull=False
    ).update(leased_until=timezone.now() + LEASE)


def sweep(limit: int = 200) -> int:
    """Sends late entries again. Returns how many were sent."""
    now = timezone.now()
    late = (
        OutboxEntry.objects.filter(done_at__isnull=True, due_at__lte=now)
        .filter(Q(leased_until__isnull=True) | Q(leased_until__lte=now))
        .order_by("due_at")
        .values_list("pk", flat=True)[:limit]
    )
    ids = list(late)
    for entry_id in ids:
        _send(entry_id)
    return len(ids)


def _write(kind: str, subject_id: int) -> int | None:
    """A new entry's id; None if the same work is already waiting. One statement, which needs no savepoint."""
    now = timezone.now()
    entry = OutboxEntry(kind=kind, subject_id=subject_id, created_at=now, due_at=now + GRACE)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [entry.kind, entry.subject_id, _stored(entry.created_at), _stored(entry.due_at)])
        row = cursor.fetchone()
    return row[0] if row else None


_INSERT = (
    f"INSERT INTO {OutboxEntry._meta.db_table} (kind, subject_id, created_at, due_at, attempts, last_error) "  # noqa: S608
    "VALUES (%s, %s, %s, %s, 0, '') ON CONFLICT DO NOTHING RETURNING id"
)


def _stored(moment):
    return connection.ops.adapt_datetimefield_value(moment)


def _ask_again(kind: str, subject_id: int) -> int | None:
    """Moves the due time of the open entry, which also keeps workers off it until this transaction ends."""
    waiting = OutboxEntry.objects.filter(kind=kind, subject_id=subject_id, done_at__isnull=True)
    if not waiting.update(due_at=_soon()):
        return None
    return waiting.values_list("pk", flat=True).get()


def _soon():
    return timezone.now() + GRACE


def _close(entry: OutboxEntry) -> None:
    """Marks the work as done, or leaves it to the sweep if it was asked for again in the meantime."""
    unchanged = OutboxEntry.objects.filter(pk=entry.pk, due_at=entry.due_at)
    if not unchanged.update(done_at=timezone.now(), leased_until=None, last_error=""):
        OutboxEntry.objects.filter(pk=entry.pk, attempts=entry.attempts).update(leased_until=None)


def _put_back(entry: OutboxEntry, problem: Exception) -> None:
    """Frees a failed entry for a later try, each pause twice as long. Only the error's type is kept: its text may
    carry personal data."""
    pause = min(LONGEST_PAUSE, timedelta(seconds=10 * 2 ** min(entry.attempts, 10)))
    OutboxEntry.objects.filter(pk=entry.pk, attempts=entry.attempts).update(
        leased_until=None, due_at=timezone.now() + pause, last_error=type(problem).__name__
    )


def _send(entry_id: int) -> None:
    from shared.tasks import work_off_entry

    try:
        work_off_entry.delay(entry_id)
    except Exception:  # a broker that is down must not fail the request whose fact is already committed
        log.exception("The broker did not take outbox entry %s; the sweep will send it again", entry_id)
