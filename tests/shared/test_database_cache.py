"""The cache in the database behaves as Django's own and asks for one statement a write."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shared.database_cache import OneStatementCache

pytestmark = pytest.mark.django_db


@pytest.fixture
def cache(settings):
    settings.CACHES = settings.CACHES | {
        "table": {"BACKEND": "shared.database_cache.OneStatementCache", "LOCATION": "cache_of_this_test"}
    }
    call_command("createcachetable", verbosity=0)
    return OneStatementCache("cache_of_this_test", {"OPTIONS": {"MAX_ENTRIES": 20}})


def test_what_is_set_is_found_and_replaced(cache):
    cache.set("a", {"tries": [1, 2]})
    cache.set("a", "Đã thay")
    assert cache.get("a") == "Đã thay"


def test_what_ran_out_is_not_found(cache):
    cache.set("a", 1, timeout=-2)
    assert cache.get("a", "gone") == "gone"


def test_adding_leaves_what_is_there_and_takes_the_place_of_what_ran_out(cache):
    assert cache.add("lock", "first") is True
    assert cache.add("lock", "second") is False
    assert cache.get("lock") == "first"
    cache.set("lock", "old", timeout=-2)
    assert cache.add("lock", "third") is True
    assert cache.get("lock") == "third"


def test_without_end(cache):
    cache.set("a", 1, timeout=None)
    assert cache.get("a") == 1


@pytest.mark.parametrize("write", ["set", "add"])
def test_a_write_is_one_statement(cache, write, monkeypatch):
    monkeypatch.setattr("shared.database_cache.random.random", lambda: 0.99)
    with CaptureQueriesContext(connection) as captured:
        getattr(cache, write)("a", 1)
    assert len(captured) == 1


def test_the_table_does_not_grow_for_ever(cache, monkeypatch):
    monkeypatch.setattr("shared.database_cache.random.random", lambda: 0.0)
    for number in range(60):
        cache.set(f"key {number}".replace(" ", "-"), number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cache_of_this_test")
        assert cursor.fetchone()[0] <= 21
