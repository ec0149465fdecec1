"""Process memory for what editors write and learners read: courses, lessons, quizzes. Right until it is changed.

Triggers of the database count every change of the tables that rooms name with `watch`, whichever way it was made.
The query that every signed-in request makes anyway, that of its session, reads the count along with it, as the
account's `content_version`. What was read under one count is therefore still true under it, in every process.

    _course = remembered(200)(lambda slug: list(CoursePage.objects.filter(slug=slug)))
    _course(request.user, slug)

A request sees what was committed when its session was read. Never ask inside a transaction that has itself changed
such tables: what is rolled back would be remembered.
"""

from collections.abc import Callable

from django.db import connections, transaction
from django.db.models.expressions import RawSQL
from django.db.models.signals import post_migrate

from shared.kept import kept

VERSION = "content_version"
COUNTER = "shared_contentchange"
_SUM = f"(SELECT CAST(COALESCE(SUM(number), 0) AS bigint) FROM {COUNTER})"  # noqa: S608  our own name
_FUNCTION = "shared_content_changed"

_watched: dict[str, tuple[str, ...]] = {}  # table: the columns whose change counts; () for any change of the table


def watch(*models, columns: tuple[str, ...] = ()) -> None:
    """Has changes of these models' tables counted, or only statements that set one of the columns, for tables in which
    others change with every request. Called in an AppConfig's `ready()`."""
    _watched.update(dict.fromkeys((model._meta.db_table for model in models), columns))


def current_version(_day=None):
    """The count, as a database expression: what `people.sign_in.sessions.tell_of_owners` asks for."""
    return RawSQL(_SUM, ())  # noqa: S611  our own statement


def version_seen_by(viewer) -> int | None:
    """The count this request began with; None for guests, and for accounts that were not read with a session."""
    return getattr(viewer, VERSION, None)


def remembered(entries: int) -> Callable:
    """Decorator for a function of ids or slugs. The new one takes the viewer before them, and remembers the last
    `entries` results for signed-in viewers; its results are shared: never change them."""

    def remember(function: Callable) -> Callable:
        memory = kept(entries)(lambda _version, *asked: function(*asked))

        def ask(viewer, *asked):
            version = version_seen_by(viewer)
            return function(*asked) if version is None else memory(version, *asked)

        return ask

    return remember


def fold() -> None:
    """Makes one row of all changes counted so far; their sum stays. Every night, so that summing stays cheap."""
    connection = connections["default"]
    if connection.vendor != "postgresql":
        return  # there is one row only
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"WITH gone AS (DELETE FROM {COUNTER} RETURNING number) "  # noqa: S608  our own name
            f"INSERT INTO {COUNTER} (number) SELECT SUM(number) FROM gone HAVING COUNT(*) > 0"
        )


def install(connection) -> None:
    """Creates the triggers that are missing. After each migration: SQLite loses those of a table it rebuilds."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if COUNTER not in tables:
            return
        missing = sorted((_watched.keys() & tables) - _counted(connection, cursor))
        if missing and connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "  # noqa: S608
                f"$$ BEGIN INSERT INTO {COUNTER} (number) VALUES (1); RETURN NULL; END $$"
            )
        for table in missing:
            for statement in _TRIGGERS[connection.vendor](table):
                cursor.execute(statement)


def not_counted(connection) -> list[str]:
    """The watched tables whose changes go unseen."""
    with connection.cursor() as cursor:
        return sorted(_watched.keys() - _counted(connection, cursor))


def _counted(connection, cursor) -> set[str]:
    """The tables with all their triggers."""
    if connection.vendor == "postgresql":
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
    else:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    present = {row[0] for row in cursor.fetchall()}
    return {table for table in _watched if present.issuperset(_names(connection, table))}


def _names(connection, table: str) -> list[str]:
    if connection.vendor == "postgresql":
        return [f"{table}_counts_change"]
    return [f"{table}_counts_{event.split()[0].lower()}" for event in _events(table)]


def _events(table: str) -> list[str]:
    columns = _watched[table]
    return [f"UPDATE OF {', '.join(columns)}"] if columns else ["INSERT", "UPDATE", "DELETE"]


def _on_postgresql(table: str) -> list[str]:
    name = f"{table}_counts_change"
    return [
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} AFTER {' OR '.join(_events(table))} ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}()",
    ]


def _on_sqlite(table: str) -> list[str]:
    """SQLite has one writer at a time: one row, counted up, keeps nobody waiting."""
    add = (
        f"INSERT INTO {COUNTER} (id, number) VALUES (1, 1) "  # noqa: S608  our own name
        "ON CONFLICT (id) DO UPDATE SET number = number + 1"
    )
    statements = []
    for event in _events(table):
        name = f"{table}_counts_{event.split()[0].lower()}"
        statements.append(f"DROP TRIGGER IF EXISTS {name}")
        statements.append(f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {add}; END")
    return statements


_TRIGGERS = {"postgresql": _on_postgresql, "sqlite": _on_sqlite}


def _after_migration(using, **_signal) -> None:
    install(connections[using])


def connect() -> None:
    """Has the triggers created after each migration."""
    post_migrate.connect(_after_migration, dispatch_uid="content_version")
