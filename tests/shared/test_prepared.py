"""Prepared queries give what the plain ones give, in one statement each, and refuse what they cannot keep."""

from datetime import date

import pytest
from django.db.models import F

from people.models import Person, Posting, Unit
from people.queries import current_on
from shared.prepared import prepared

pytestmark = pytest.mark.django_db

_postings = prepared(
    lambda person, day: (
        Posting.objects.filter(current_on(day), person=person)
        .select_related("unit")
        .annotate(whose=F("person__username"))
    ),
    int,
    date,
)
_by_name = prepared(lambda name: Person.objects.filter(username=name)[:1], str)


def test_instances_with_relations_and_annotations_as_the_plain_query_gives_them(cast):
    lan = cast["lan"]
    [posting] = _postings(lan.pk, date(2026, 1, 1))
    assert posting == lan.postings.get()
    assert posting.unit == Unit.objects.get(code="LG-TS-PVHCC")
    assert posting.valid_from == date(2025, 7, 1)
    assert posting.whose == "lan"
    assert not posting._state.adding


def test_each_call_runs_one_statement_with_its_own_values(cast, django_assert_num_queries):
    _postings(cast["lan"].pk, date(2026, 1, 1))
    with django_assert_num_queries(1):
        assert _postings(cast["hung"].pk, date(2026, 1, 1))[0].whose == "hung"
    assert _postings(cast["hung"].pk, date(2025, 6, 30)) == []
    assert [person.username for person in _by_name("hoa")] == ["hoa"]


def test_related_rows_are_loaded_with_the_statement(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert _postings(cast["lan"].pk, date(2026, 1, 1))[0].unit.name


def test_values_are_never_part_of_the_statement(cast):
    assert _by_name("x' OR '1'='1") == []


def test_an_argument_the_query_does_not_use_as_given_is_refused(cast):
    of_anybody = prepared(lambda name: Person.objects.filter(username=name.upper()), str)
    with pytest.raises(TypeError, match="as it is given"):
        of_anybody("lan")


def test_other_types_are_refused():
    with pytest.raises(TypeError, match="int, str, date"):
        prepared(lambda when: Person.objects.filter(last_login=when), float)
