"""What the database's planner knows about tables into which many rows have just gone."""

from django.db import connection, models

MANY = 2000  # rows after which a plan made for the table as it was may be wrong


def gather_after(written: int, *written_to: type[models.Model]) -> None:
    """Has PostgreSQL look at the tables if many rows were written; nothing on SQLite, which plans by rules.

    The server does so by itself, but only about a minute later. Statements that follow at once would be planned for
    tables that were empty: over a province, minutes of nested loops instead of seconds. A look reads a sample, some
    tenths of a second of the largest table.
    """
    if written < MANY or connection.vendor != "postgresql":
        return
    names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in written_to)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE (SKIP_LOCKED) {names}")
