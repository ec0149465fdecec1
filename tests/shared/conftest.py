import pytest

from shared.domain import outbox
from shared.models import OutboxEntry
from tests.shared.durable import copy_of, copy_of_test_database


@pytest.fixture(scope="session")
def durable_template(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), copy_of_test_database(tmp_path_factory.mktemp("template")) as template:
        yield template


@pytest.fixture
def durable(durable_template, db, tmp_path):
    """A committed database of this test, in use in this thread; other threads and processes may join."""
    with copy_of(durable_template, tmp_path) as database, database.in_use():
        yield database


@pytest.fixture
def work(monkeypatch):
    """Registers a handler for the length of a test and returns the list of subjects it was called with."""

    def register(kind: str, do=lambda subject_id: None) -> list[int]:
        done: list[int] = []

        def handle(subject_id: int) -> None:
            done.append(subject_id)
            do(subject_id)

        monkeypatch.setitem(outbox._handlers, kind, handle)
        return done

    return register


@pytest.fixture
def sent(monkeypatch):
    """No message reaches a broker; returns the list of entries that were sent."""
    ids: list[int] = []
    monkeypatch.setattr(outbox, "_send", ids.append)
    return ids


@pytest.fixture
def entry(db, work):
    """A function: an open entry as it stands in the table."""

    def write(kind="test.work", subject_id=1, **fields) -> OutboxEntry:
        from django.utils import timezone

        return OutboxEntry.objects.create(kind=kind, subject_id=subject_id, **{"due_at": timezone.now()} | fields)

    return write
