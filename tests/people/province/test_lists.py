"""The lists of people over a whole (small) province: the short way to them gives what the scope gives."""

import pytest

from people import demo
from people.directory.listing import Listing
from people.queries import not_over_on, people_for, postings_for, serving_people
from people.queries.postings import serving_postings


@pytest.fixture
def province(cast):
    demo.load_people()
    return cast


@pytest.mark.parametrize("username", ["an", "hung", "binh", "son", "lan", "hoa", "mai"])
def test_who_serves_is_who_is_in_scope_and_serves(province, username):
    from django.utils import timezone

    viewer = province[username]
    not_over = postings_for(viewer).filter(not_over_on(timezone.localdate()))
    assert set(serving_postings(viewer).filter(person__is_superuser=False)) == set(not_over)
    in_scope = people_for(viewer).filter(pk__in=not_over.values("person"))
    assert list(serving_people(viewer)) == list(in_scope)


def test_restricted_and_erased_people_are_not_found_on_the_short_way(province):
    from django.utils import timezone

    one, other, *_rest = serving_people(province["hung"])
    one.restricted_at = other.erased_at = timezone.now()
    one.save(), other.save()
    left = set(serving_people(province["hung"]))
    assert left and not left & {one, other}


def test_the_directory_counts_the_people_of_the_units(province, rf):
    found = Listing(province["hung"], rf.get("/").GET).found
    assert found.count() == serving_people(province["hung"]).count() > 20
    assert not Listing(province["lan"], rf.get("/").GET).found.exists()
