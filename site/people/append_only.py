"""The triggers that keep the log of changes append-only, on PostgreSQL and SQLite.

They stop mistakes and whoever has no more than the application's way in. An owner of the database can drop them:
that is what digests and chain are for (`domain.audit.verifying`, which also misses dropped triggers).
"""

from django.db import connection

ENTRIES, LINKS, CHECKPOINTS = "people_auditentry", "people_auditlink", "people_auditcheckpoint"
TABLES = (ENTRIES, LINKS, CHECKPOINTS)
MESSAGE = "The log of changes is append-only."

# Only what a checkpoint covers may be deleted (`domain.audit.removing`).
_REMOVED_UP_TO = f"(SELECT COALESCE(MAX(position), 0) FROM {CHECKPOINTS})"  # noqa: S608  our own names
_MAY_GO = {
    ENTRIES: f"EXISTS (SELECT 1 FROM {LINKS} WHERE entry_id = OLD.id AND position <= {_REMOVED_UP_TO})",  # noqa: S608
    LINKS: f"OLD.position <= {_REMOVED_UP_TO}",
    CHECKPOINTS: "FALSE",
}


def install(connection) -> None:
    """Creates the triggers; those that are there are made anew."""
    remove(connection)
    with connection.cursor() as cursor:
        for table in TABLES:
            for statement in _BODIES[connection.vendor](table):
                cursor.execute(statement)


def remove(connection) -> None:
    """Drops the triggers: before tables are rebuilt, and in tests that show what would happen without them."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for trigger in _names(table):
                on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}{on_table}")


def unprotected() -> list[str]:
    """The tables that lack a trigger."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        present = {row[0] for row in cursor.fetchall()}
    return [table for table in TABLES if not present.issuperset(_names(table))]


def _names(table: str) -> list[str]:
    kinds = ("update", "delete", "truncate") if connection.vendor == "postgresql" else ("update", "delete")
    return [f"{table}_no_{kind}" for kind in kinds]


def _on_sqlite(table: str) -> list[str]:
    no_update, no_delete = _names(table)
    refuse = f"SELECT RAISE(ABORT, '{MESSAGE}');"
    return [
        f"CREATE TRIGGER {no_update} BEFORE UPDATE ON {table} BEGIN {refuse} END",
        f"CREATE TRIGGER {no_delete} BEFORE DELETE ON {table} WHEN NOT {_MAY_GO[table]} BEGIN {refuse} END",
    ]


def _on_postgresql(table: str) -> list[str]:
    no_update, no_delete, no_truncate = _names(table)
    refuse = f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';"
    return [
        f"CREATE OR REPLACE FUNCTION {no_update}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse} END $$",
        f"CREATE OR REPLACE FUNCTION {no_delete}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF NOT {_MAY_GO[table]} THEN {refuse} END IF; RETURN OLD; END $$",
        f"CREATE TRIGGER {no_update} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {no_update}()",
        f"CREATE TRIGGER {no_delete} BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {no_delete}()",
        f"CREATE TRIGGER {no_truncate} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {no_update}()",
    ]


_BODIES = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}
