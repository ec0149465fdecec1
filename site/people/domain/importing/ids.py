"""Ids for records that an import will create, taken from the database's own counters when a row is staged.

So the rows know their records beforehand, and confirming need not write 38,800 rows a second time to remember
which record is whose. Ids of imports that are never confirmed stay unused.
"""

from django.db import connection

from people.enums import RowKind
from people.models import ImportRow, Person, Posting


def give_ids(rows: list[ImportRow]) -> None:
    """Ids for the accounts and postings these rows would create. Two short statements for a batch."""
    creating = [row for row in rows if row.kind == RowKind.CREATE]
    beginning = [
        row
        for row in rows
        if row.kind in (RowKind.CREATE, RowKind.CHANGE, RowKind.MOVE)
        and row.posting_step in (ImportRow.BEGIN, ImportRow.STEP)
    ]
    for row, pk in zip(creating, reserve(Person, len(creating)), strict=True):
        row.person_id = pk
    for row, pk in zip(beginning, reserve(Posting, len(beginning)), strict=True):
        row.new_posting_id = pk


def reserve(model, count: int) -> list[int]:
    """`count` ids no other row of the model gets. Call it inside the transaction that writes them down."""
    if not count:
        return []
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, column, count]
            )
            return [found[0] for found in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        last = found[0] if found else 0
        cursor.execute(
            "UPDATE sqlite_sequence SET seq = %s WHERE name = %s"
            if found
            else "INSERT INTO sqlite_sequence (seq, name) VALUES (%s, %s)",
            [last + count, table],
        )
        return list(range(last + 1, last + count + 1))
