"""The PostgreSQL backend: a lost connection is noticed without a question, and plans are kept."""

import select

import pytest
from django.db import connection

from people.models import Person
from shared.prepared import prepared

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's backend"),
]


@pytest.fixture
def another():
    """A second connection to the test database."""
    made = connection.copy("default")
    made.ensure_connection()
    yield made
    made.close()


def asked(another) -> list[str]:
    """The statements the connection sends while it looks whether it is usable."""
    sent = []
    cursor = another.connection.cursor
    another.connection.cursor = lambda: sent.append("question") or cursor()
    another.usable = another.is_usable()
    return sent


def test_a_healthy_connection_is_not_asked(another):
    assert asked(another) == []
    assert another.usable


def test_a_connection_the_server_ended_is_noticed(another):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [another.connection.info.backend_pid])
    poll = select.poll()
    poll.register(another.connection.fileno(), select.POLLIN)
    assert poll.poll(5000), "the end arrives"
    assert asked(another) == ["question"]
    assert not another.usable


def test_a_closed_connection_is_not_usable(another):
    another.connection.close()
    assert not another.is_usable()


def test_prepared_queries_keep_one_plan_for_numbers_of_all_sizes(cast):
    by_number = prepared(lambda pk: Person.objects.filter(pk=pk).only("pk", "username", "birth_date"), int)
    for number in (1, 70_000, 2**40, cast["lan"].pk):
        by_number(number)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s AND statement LIKE %s",
            ["%birth_date%", '%"people_person"."id" = $1%'],
        )
        assert cursor.fetchone()[0] == 1
