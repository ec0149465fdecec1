"""The embedded database as it is opened: durable, and writers that wait for each other instead of failing."""

import time
from threading import Barrier

import pytest
from django.db import connection, transaction

from tests.config.loading import load_settings
from tests.shared.durable import DurableDatabase

WRITERS, WRITES = 4, 8


@pytest.fixture
def embedded(environment, tmp_path, django_db_blocker):
    """A new SQLite file, opened as the settings say, whatever database the tests run on."""
    facts = load_settings("base").DATABASES["default"]
    assert facts["ENGINE"] == "django.db.backends.sqlite3"
    with django_db_blocker.unblock():
        yield DurableDatabase(facts)


def pragma(name: str):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_committed_answer_survives_a_power_cut(embedded):
    with embedded.in_use():
        assert pragma("journal_mode") == "wal"
        assert pragma("synchronous") == 2, "FULL"


def test_foreign_keys_are_kept(embedded):
    with embedded.in_use():
        assert pragma("foreign_keys") == 1


def test_connections_are_kept_open(embedded):
    assert embedded.facts["CONN_MAX_AGE"] is None


def test_postgresql_gets_none_of_this(environment):
    environment(DATABASE_URL="postgres://ng@db.local/ng")
    facts = load_settings("base").DATABASES["default"]
    assert facts["ENGINE"] == "shared.postgresql"
    assert not {"transaction_mode", "init_command"} & set(facts.get("OPTIONS", {}))
    assert facts["CONN_HEALTH_CHECKS"] is True


def count_up_together(database: DurableDatabase) -> tuple[int, list[str]]:
    """Several writers read a number and write it back plus one; returns the number and the errors met."""
    with database.in_use(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE tally (n INTEGER)")
        cursor.execute("INSERT INTO tally VALUES (0)")
    together = Barrier(WRITERS)

    def count_up():
        together.wait(5)
        for _time in range(WRITES):
            with transaction.atomic(), connection.cursor() as cursor:
                [n] = cursor.execute("SELECT n FROM tally").fetchone()
                time.sleep(0.002)
                cursor.execute("UPDATE tally SET n = %s", [n + 1])

    errors = [str(problem) for problem in database.in_threads(*[count_up] * WRITERS) if problem]
    with database.in_use(), connection.cursor() as cursor:
        return cursor.execute("SELECT n FROM tally").fetchone()[0], errors


def test_writers_wait_for_each_other(embedded):
    assert count_up_together(embedded) == (WRITERS * WRITES, [])


def test_control_with_deferred_transactions_writers_fail(embedded):
    deferred = embedded.facts["OPTIONS"] | {"transaction_mode": "DEFERRED"}
    n, errors = count_up_together(DurableDatabase(embedded.facts | {"OPTIONS": deferred}))
    assert "database is locked" in errors
    assert n < WRITERS * WRITES
