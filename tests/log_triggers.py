"""Tests that commit empty all tables afterwards, which the log's triggers would refuse."""

from contextlib import contextmanager

from django.db.backends.base.operations import BaseDatabaseOperations

from people import append_only


def let_tests_empty_the_log() -> None:
    """Takes the triggers off while Django flushes a test database, and puts them back."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def without_triggers(operations, statements):
        append_only.remove(operations.connection)
        flush(operations, statements)
        append_only.install(operations.connection)

    BaseDatabaseOperations.execute_sql_flush = without_triggers


@contextmanager
def unprotected_log(connection):
    """The block may change and delete log entries, as an owner of the database can."""
    append_only.remove(connection)
    try:
        yield
    finally:
        append_only.install(connection)
