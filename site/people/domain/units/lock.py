"""One change of the tree at a time: two moves that are each right could make a circle together."""

from django.db import connection

from people.models import Unit

_TREE = 0x556E6974  # any number that no other lock of this database uses


def lock_tree() -> None:
    """Waits until no other transaction changes the tree or relies on it; held to the end of the transaction.

    An advisory lock on PostgreSQL. SQLite needs none: its transactions begin IMMEDIATE, so it has one writer.
    """
    _lock("pg_advisory_xact_lock")


def keep_tree_still() -> None:
    """The tree stays as it is until the end of the transaction: for those who write postings to its units.

    Many may ask for this at once; who changes the tree waits for them. Ask before locking rows of people, and read the
    unit afterwards: it may have ended meanwhile.
    """
    _lock("pg_advisory_xact_lock_shared")


def _lock(function: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [_TREE])


def locked(*units: Unit) -> list[Unit]:
    """The units as they are stored now, in the order given, after waiting for the tree."""
    lock_tree()
    stored = Unit.objects.select_for_update(no_key=True).in_bulk({unit.pk for unit in units})
    return [stored[unit.pk] for unit in units]
