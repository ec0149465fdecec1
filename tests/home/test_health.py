"""/healthz says that the process answers, /readyz that the site can work: database, cache, broker, worker."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from kombu.exceptions import OperationalError

from shared.models import OutboxEntry


def fail(*args, **kwargs):
    raise OperationalError("user:password@broker.local refused")


def entry_of(age: timedelta, **fields) -> OutboxEntry:
    return OutboxEntry.objects.create(kind="x", subject_id=1, due_at=timezone.now() - age, **fields)


def test_healthz_asks_nothing_of_the_database(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-cache" in response.headers["Cache-Control"]


def test_readyz_names_what_it_checked(client, db):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": True, "cache": True, "broker": True, "worker": True}
    assert "no-cache" in response.headers["Cache-Control"]


def test_readyz_writes_nothing(client, db, django_assert_max_num_queries):
    with django_assert_max_num_queries(3) as queries:
        client.get("/readyz")
    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)


@pytest.mark.parametrize(
    ("part", "broken"),
    [
        ("database", "home.views.health.connection.cursor"),
        ("cache", "home.views.health.cache.get"),
    ],
)
def test_readyz_says_what_does_not_work(client, db, monkeypatch, part, broken):
    with monkeypatch.context() as patch:
        patch.setattr(broken, fail)
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()[part] is False
    assert "password" not in response.content.decode(), "no inner secrets"


def test_readyz_asks_the_broker_where_there_is_one(client, db, settings, monkeypatch):
    settings.EMBEDDED_BROKER = False
    monkeypatch.setattr("config.celery.app.connection_for_write", fail)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["broker"]) == (503, False)


@pytest.mark.parametrize(
    ("age", "fields", "keeps_up"),
    [
        (timedelta(minutes=1), {}, True),
        (timedelta(minutes=6), {}, False),
        (timedelta(minutes=6), {"attempts": 1}, True),  # the work fails, but the worker is there
        (timedelta(minutes=6), {"done_at": timezone.now()}, True),
    ],
)
def test_readyz_notices_a_worker_that_does_not_keep_up(client, db, age, fields, keeps_up):
    entry_of(age, **fields)
    response = client.get("/readyz")
    assert response.json()["worker"] is keeps_up
    assert response.status_code == (200 if keeps_up else 503)


def test_the_checks_leave_the_connection_usable(client, db):
    client.get("/readyz")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
