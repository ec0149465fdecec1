"""Counters shared by all processes: one statement for several, new after their time, never below nothing."""

import pytest
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection

from shared import counting
from shared.database_cache import OneStatementCache

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["table", "memory"])
def cache(request, monkeypatch, db):
    if request.param == "memory":
        made = LocMemCache("counting", {})
    else:
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE counting_test (cache_key varchar(255) PRIMARY KEY, value text, expires timestamp)"
            )
        made = OneStatementCache("counting_test", {})
    monkeypatch.setattr(counting, "caches", {"default": made})
    yield made
    made.clear()


def test_several_are_counted_together_and_taken_back(cache):
    assert counting.count({"a": 60, "b": 60}) == {"a": 1, "b": 1}
    assert counting.count({"b": 60, "c": 60}) == {"b": 2, "c": 1}
    counting.take_back(["b", "a", "unknown"])
    counting.take_back(["a"])
    assert counting.count({"a": 60, "b": 60}) == {"a": 1, "b": 2}


def test_a_counter_begins_anew_after_its_time(cache):
    counting.count({"a": -1, "b": 60})
    assert counting.count({"a": 60, "b": 60}) == {"a": 1, "b": 2}


def test_the_table_takes_one_statement(cache, django_assert_num_queries):
    if not isinstance(cache, OneStatementCache):
        return
    with django_assert_num_queries(1):
        counting.count({f"n{number}": 60 for number in range(5)})


def test_a_counter_is_no_entry_of_the_cache_of_the_same_name(cache):
    caches["default"].set("a", [1.5])
    assert counting.count({"a": 60}) == {"a": 1}
