"""A first start that was interrupted can be repeated."""

import sqlite3

import pytest
from django.db.utils import ConnectionHandler

from config.management.commands.set_up import make_or_migrate


@pytest.fixture
def database(db, tmp_path):
    """A connection to an SQLite file that is not there yet."""
    facts = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "site.sqlite3")}
    own = ConnectionHandler({"default": facts})["default"]
    yield own
    own.close()


def step(database, statement: str):
    def migrate():
        with database.cursor() as cursor:
            cursor.execute(statement)

    return migrate


def cut_off(database):
    step(database, "CREATE TABLE first (id integer)")()
    raise KeyboardInterrupt


def tables(path) -> set[str]:
    with sqlite3.connect(path) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_an_interrupted_first_start_leaves_nothing_that_stands_in_the_way(database, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        make_or_migrate(database, lambda: cut_off(database))
    assert not (tmp_path / "site.sqlite3").exists()
    make_or_migrate(database, step(database, "CREATE TABLE first (id integer)"))
    assert tables(tmp_path / "site.sqlite3") == {"first"}
    assert [path.name for path in tmp_path.iterdir()] == ["site.sqlite3"]


def test_control_made_in_its_place_the_half_database_stays(database, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        cut_off(database)
    assert tables(tmp_path / "site.sqlite3") == {"first"}


def test_one_that_is_there_is_migrated_where_it_is(database, tmp_path):
    make_or_migrate(database, step(database, "CREATE TABLE first (id integer)"))
    make_or_migrate(database, step(database, "CREATE TABLE second (id integer)"))
    assert tables(tmp_path / "site.sqlite3") == {"first", "second"}
