"""A database of its own, which several threads and processes may use at once, as the site does when it runs.

It is a copy of the migrated test database: a file with SQLite, a second database with PostgreSQL. Tests that use
it commit for good and leave nothing behind; the test database itself is not touched.
"""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.db.utils import ConnectionHandler


class DurableDatabase:
    def __init__(self, facts: dict):
        self.facts = facts

    @property
    def url(self) -> str:
        """What another process finds it by."""
        if self.facts["ENGINE"].endswith("sqlite3"):
            return f"sqlite:///{self.facts['NAME']}"
        who = ":".join(filter(None, (self.facts["USER"], self.facts["PASSWORD"])))
        where = f"{self.facts['HOST']}:{self.facts['PORT'] or 5432}"
        return f"postgres://{who}@{where}/{self.facts['NAME']}"

    @contextmanager
    def in_use(self):
        """In this block and this thread, the database of the project."""
        usual = connections["default"]
        own = ConnectionHandler({"default": self.facts})["default"]
        connections["default"] = own
        ContentType.objects.clear_cache()  # kept under the name "default": another database numbers them otherwise
        try:
            yield own
        finally:
            own.close()
            connections["default"] = usual
            ContentType.objects.clear_cache()

    def in_threads(self, *works: Callable[[], object]) -> list:
        """Runs the works at once, each with a connection of its own; returns their results or exceptions."""
        results: list = [None] * len(works)

        def run(place: int, work: Callable[[], object]) -> None:
            with self.in_use():
                try:
                    results[place] = work()
                except Exception as problem:
                    results[place] = problem

        threads = [Thread(target=run, args=pair) for pair in enumerate(works)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results


@contextmanager
def copy_of_test_database(folder: Path):
    """A copy nobody is connected to, which others are made from. Call it while no test is running."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        name = folder / "template.sqlite3"
        connection.ensure_connection()
        target = sqlite3.connect(name)
        connection.connection.backup(target)
        target.close()
        yield DurableDatabase(connection.settings_dict | {"NAME": str(name)})
    else:
        connection.close()  # PostgreSQL copies a database only while nobody is connected to it
        facts = connection.settings_dict
        _end_sessions(facts["NAME"])
        with _second_database(facts, "template") as name:
            yield DurableDatabase(facts | {"NAME": name})


@contextmanager
def copy_of(template: DurableDatabase, folder: Path):
    if template.facts["ENGINE"].endswith("sqlite3"):
        name = str(folder / "durable.sqlite3")
        shutil.copyfile(template.facts["NAME"], name)
        yield DurableDatabase(template.facts | {"NAME": name})
    else:
        with _second_database(template.facts, "copy") as name:
            yield DurableDatabase(template.facts | {"NAME": name})


@contextmanager
def _second_database(facts: dict, suffix: str):
    name = f"{facts['NAME']}_{suffix}"
    _as_owner(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    _as_owner(f'CREATE DATABASE "{name}" TEMPLATE "{facts["NAME"]}"')
    try:
        yield name
    finally:
        _as_owner(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _end_sessions(name: str) -> None:
    """A browser that a failed test left open keeps its server's thread connected; its test is over."""
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def _as_owner(statement: str) -> None:
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(statement)
