"""One change of the library store at a time."""

from django.db import connection

_STORE = 0x483550  # any number nobody else uses


def hold_store() -> None:
    """Waits until no other transaction changes the store, and keeps others waiting until this one ends.

    An advisory lock on PostgreSQL. SQLite needs none: its transactions begin IMMEDIATE, so it has one writer.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_STORE])
