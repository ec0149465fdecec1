"""Work that must follow a fact: written with it, done once, tried again when it failed, never lost."""

import time
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from threading import Barrier, Event

import pytest
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from config.celery import app
from shared import tasks
from shared.domain import outbox
from shared.models import OutboxEntry

KIND = "test.work"


class Refused(Exception):
    pass


def the_entry() -> OutboxEntry:
    return OutboxEntry.objects.get()


def make_due(*ids) -> None:
    """As if the pauses and leases had passed."""
    past = timezone.now() - timedelta(seconds=1)
    entries = OutboxEntry.objects.filter(pk__in=ids) if ids else OutboxEntry.objects.all()
    entries.update(due_at=past)
    entries.filter(leased_until__isnull=False).update(leased_until=past)


def fail(subject_id):
    raise ValueError("Nông Thị Lan, lan@lamgiang.example")


def die(subject_id):
    """What a killed worker looks like from the table: no exception handler of ours gets to run."""
    raise SystemExit


# --- Written with the fact ------------------------------------------------------------------------


def test_a_fact_that_is_rolled_back_leaves_no_work(db, work, sent, django_capture_on_commit_callbacks):
    work(KIND)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refused), transaction.atomic():
        outbox.enqueue(KIND, 1)
        assert OutboxEntry.objects.exists()
        raise Refused
    assert not OutboxEntry.objects.exists()
    assert sent == []


def test_the_message_goes_out_after_the_commit_and_not_before(db, work, sent, django_capture_on_commit_callbacks):
    work(KIND)
    with django_capture_on_commit_callbacks() as after_commit:
        outbox.enqueue(KIND, 1)
        assert sent == []
    for callback in after_commit:
        callback()
    assert sent == [the_entry().pk]


def test_after_the_commit_the_task_does_the_work(db, work, django_capture_on_commit_callbacks):
    done = work(KIND)
    with django_capture_on_commit_callbacks(execute=True):
        outbox.enqueue(KIND, 7)
    assert done == [7]
    assert the_entry().done_at


def test_work_without_a_handler_is_refused_when_it_is_ordered(db):
    with pytest.raises(LookupError, match="nobody does this"):
        outbox.enqueue("nobody does this", 1)


def test_the_same_work_waits_only_once(db, work, sent):
    work(KIND)
    for _time in range(3):
        outbox.enqueue(KIND, 1)
    assert OutboxEntry.objects.count() == 1


def test_work_that_was_done_can_be_ordered_again(db, work, sent):
    done = work(KIND)
    for _time in range(2):
        outbox.enqueue(KIND, 1)
        outbox.work_off(OutboxEntry.objects.get(done_at__isnull=True).pk)
    assert done == [1, 1]


def test_two_requests_may_order_the_same_work_at_once(durable, work, sent):
    work(KIND)
    together = Barrier(4)

    def order():
        together.wait(5)
        with transaction.atomic():
            outbox.enqueue(KIND, 1)

    assert durable.in_threads(*[order] * 4) == [None] * 4
    assert OutboxEntry.objects.count() == 1


# --- Asked for again while it is being done -------------------------------------------------------


def _published_again_while_the_card_is_drawn(work) -> list[int]:
    """A handler that has read its subject when the subject changes and the work is ordered anew."""
    orders = iter([True])
    return work(KIND, lambda subject_id: next(orders, False) and outbox.enqueue(KIND, subject_id))


def test_work_ordered_again_while_in_hand_is_done_again(entry, work, sent):
    done = _published_again_while_the_card_is_drawn(work)
    pk = entry(KIND).pk
    outbox.work_off(pk)
    assert the_entry().done_at is None, "the second order must not be taken for done"
    make_due()
    assert outbox.sweep() == 1
    outbox.work_off(pk)
    assert done == [1, 1]
    assert the_entry().done_at


def test_control_an_order_that_leaves_no_mark_is_lost(entry, work, sent, monkeypatch):
    monkeypatch.setattr(outbox, "_ask_again", lambda kind, subject_id: the_entry().pk)
    done = _published_again_while_the_card_is_drawn(work)
    outbox.work_off(entry(KIND).pk)
    make_due()
    assert outbox.sweep() == 0
    assert done == [1]


def test_no_worker_begins_before_the_fact_that_ordered_again_is_committed(durable, work, sent):
    """With an open entry already there, a worker could take it and look at its subject too early."""
    committed, ordered, seen = Event(), Event(), []
    work(KIND, lambda subject_id: seen.append(committed.is_set()))
    pk = OutboxEntry.objects.create(kind=KIND, subject_id=1, due_at=timezone.now()).pk

    def change_and_order():
        with transaction.atomic():
            outbox.enqueue(KIND, 1)
            ordered.set()
            time.sleep(0.3)
            committed.set()

    def take():
        ordered.wait(5)
        return outbox.work_off(pk)

    assert durable.in_threads(change_and_order, take) == [None, True]
    assert seen == [True]


# --- Done once ------------------------------------------------------------------------------------


def race(durable, take) -> list:
    """Two workers get the same message at the same moment."""
    together = Barrier(2)

    def worker():
        together.wait(5)
        return take(the_entry().pk)

    return durable.in_threads(worker, worker)


def test_two_workers_with_the_same_message_do_the_work_once(durable, work):
    done = work(KIND, lambda subject_id: time.sleep(0.2))
    OutboxEntry.objects.create(kind=KIND, subject_id=1, due_at=timezone.now())
    assert sorted(race(durable, outbox.work_off)) == [False, True]
    assert done == [1]
    assert the_entry().attempts == 1


def test_control_a_worker_that_only_looks_does_it_twice(durable, work):
    done = work(KIND, lambda subject_id: time.sleep(0.2))
    OutboxEntry.objects.create(kind=KIND, subject_id=1, due_at=timezone.now())

    def look_then_work(pk):
        entry = OutboxEntry.objects.get(pk=pk)
        if entry.done_at is None:
            outbox._handlers[entry.kind](entry.subject_id)
            OutboxEntry.objects.filter(pk=pk).update(done_at=timezone.now())

    race(durable, look_then_work)
    assert done == [1, 1]


def test_a_message_that_comes_late_does_nothing(entry, work):
    done = work(KIND)
    pk = entry(KIND).pk
    assert [outbox.work_off(pk), outbox.work_off(pk)] == [True, False]
    assert done == [1]


# --- Tried again ----------------------------------------------------------------------------------


def test_a_failing_handler_is_tried_again_after_longer_and_longer_pauses(entry, work):
    work(KIND, fail)
    pk, pauses = entry(KIND).pk, []
    for _attempt in range(12):
        assert outbox.work_off(pk) is False
        pauses.append((the_entry().due_at - timezone.now()).total_seconds())
    longest = outbox.LONGEST_PAUSE.total_seconds()
    for shorter, longer in pairwise(pauses):
        assert longer == pytest.approx(min(2 * shorter, longest), rel=0.1)
    assert pauses[0] > 5
    assert pauses[-1] == pytest.approx(longest, rel=0.1)
    assert the_entry().attempts == 12


def test_the_sweep_waits_for_the_pause(entry, work, sent):
    work(KIND, fail)
    pk = entry(KIND).pk
    outbox.work_off(pk)
    assert outbox.sweep() == 0
    make_due()
    assert outbox.sweep() == 1
    assert sent == [pk]


def test_of_an_error_only_its_type_is_stored(entry, work):
    work(KIND, fail)
    outbox.work_off(entry(KIND).pk)
    [row] = OutboxEntry.objects.values()
    assert row["last_error"] == "ValueError"
    assert "Lan" not in str(row)


def test_success_after_failures_closes_the_entry(entry, work):
    work(KIND, fail)
    pk = entry(KIND).pk
    outbox.work_off(pk)
    done = work(KIND)
    assert outbox.work_off(pk) is True
    assert done == [1]
    assert (the_entry().last_error, the_entry().leased_until) == ("", None)


# --- Never lost -----------------------------------------------------------------------------------


@contextmanager
def broker_down():
    def refuse(*args, **kwargs):
        raise OperationalError("[Errno 111] Connection refused")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks.work_off_entry, "delay", refuse)
        yield


def test_a_broker_that_is_down_fails_no_request_and_loses_no_work(db, work, django_capture_on_commit_callbacks):
    done = work(KIND)
    with broker_down(), django_capture_on_commit_callbacks(execute=True):
        outbox.enqueue(KIND, 1)
    assert done == []
    make_due()
    assert outbox.sweep() == 1
    assert done == [1]


def test_control_a_message_sent_without_care_fails_the_request(
    db, work, monkeypatch, django_capture_on_commit_callbacks
):
    work(KIND)
    monkeypatch.setattr(outbox, "_send", lambda entry_id: tasks.work_off_entry.delay(entry_id))
    with pytest.raises(OperationalError), broker_down(), django_capture_on_commit_callbacks(execute=True):
        outbox.enqueue(KIND, 1)


def test_a_killed_workers_entry_is_taken_again_after_the_lease(entry, work, sent):
    work(KIND, die)
    pk = entry(KIND, due_at=timezone.now() - timedelta(hours=1)).pk
    with pytest.raises(SystemExit):
        outbox.work_off(pk)
    done = work(KIND)
    assert outbox.work_off(pk) is False, "the lease still holds"
    assert outbox.sweep() == 0
    make_due()
    assert outbox.sweep() == 1
    assert outbox.work_off(pk) is True
    assert done == [1]


def test_a_slow_worker_whose_lease_ran_out_does_not_free_the_next_ones(entry, work, sent):
    """The first worker fails late, when a second one has the entry in hand: that lease must stand."""
    pk = entry(KIND).pk

    def slow(subject_id):
        make_due()
        work(KIND, die)
        with pytest.raises(SystemExit):
            outbox.work_off(pk)
        raise TimeoutError

    work(KIND, slow)
    outbox.work_off(pk)
    assert the_entry().leased_until > timezone.now()


def test_the_sweep_leaves_fresh_entries_to_the_message_just_sent(db, work, sent):
    work(KIND)
    outbox.enqueue(KIND, 1)
    assert outbox.sweep() == 0


def test_the_sweep_sends_the_oldest_first_and_not_everything_at_once(entry, sent):
    now = timezone.now()
    late = [entry(subject_id=n, due_at=now - timedelta(minutes=n)).pk for n in (1, 3, 2)]
    entry(subject_id=4, done_at=now, due_at=now - timedelta(days=1))
    assert outbox.sweep(limit=2) == 2
    assert sent == [late[1], late[2]]


# --- Wiring ---------------------------------------------------------------------------------------


def test_every_scheduled_task_exists(settings):
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert "shared.tasks.sweep_outbox" in scheduled
    assert scheduled <= set(app.tasks)


def test_the_rooms_have_registered_their_work():
    assert {"courses.certificate_pdf", "media.share_card", "media.delete_retired"} <= set(outbox._handlers)
