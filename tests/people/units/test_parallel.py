"""Two changes of units at the same moment: one after the other, and never a circle or a posting left behind."""

from contextlib import suppress
from datetime import date
from threading import Barrier, BrokenBarrierError
from time import sleep

import pytest
from django.db import connection, transaction

from people.domain import postings, units
from people.domain.postings import periods
from people.domain.units import placing, trial
from people.models import Person, Posting, Unit, UnitChange
from people.queries import people_in_subtree
from shared.domain import outbox
from shared.errors import DomainError
from tests.courses.stage import at_once, own_database
from tests.people.units.stage import province

DAY = date(2026, 3, 1)
ONE_WRITER = "SQLite lets one writer in at a time anyway"
pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(scope="module")
def own(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), own_database(tmp_path_factory.mktemp("units")):
        yield


@pytest.fixture
def db(own):
    """Nothing is rolled back here: these tests commit, in a database that is thrown away after the module."""


@pytest.fixture
def tree(db):
    """A province of its own for each test: the codes differ."""
    number = Unit.objects.count()
    made = province()
    for code, unit in made.items():
        Unit.objects.filter(pk=unit.pk).update(code=f"{code}-{number}")
    for person in Posting.objects.filter(unit__in=made.values()).select_related("person"):
        type(person.person).objects.filter(pk=person.person_id).update(username=f"{person.person.username}-{number}")
    return made


def moves(tree):
    return (
        lambda: units.move_unit(tree["XA"], tree["XB"], DAY),
        lambda: units.move_unit(tree["XB"], tree["XA"], DAY),
    )


def test_two_moves_that_would_make_a_circle_together(tree):
    outcomes = at_once(*moves(tree))
    assert sorted(isinstance(outcome, DomainError) for outcome in outcomes) == [False, True]
    assert units.find_faults() == []


def test_one_unit_merged_in_two_places_at_once(tree):
    outcomes = at_once(
        lambda: units.merge_units([tree["XA"]], tree["XB"], DAY),
        lambda: units.merge_units([tree["XA"]], tree["XC"], DAY),
    )
    assert sorted(isinstance(outcome, DomainError) for outcome in outcomes) == [False, True]
    assert UnitChange.objects.filter(unit=tree["XA"], event="merged").count() == 1
    assert units.find_faults() == []
    assert people_in_subtree(tree["T"], DAY).count() == 13


def test_one_preview_confirmed_twice_is_done_once(tree):
    def close(confirm=""):
        return units.try_change(
            lambda: units.close_unit(tree["XA"], DAY, heir=tree["XB"]),
            changing=[tree["XA"]],
            beside=[tree["XB"]],
            effective=DAY,
            confirm=confirm,
        )

    fingerprint = close().fingerprint
    outcomes = at_once(*[lambda: close(fingerprint)] * 2)
    assert sorted(isinstance(outcome, DomainError) for outcome in outcomes) == [False, True]
    assert Posting.objects.filter(unit=tree["XA"], valid_to=None).count() == 0


def write_slowly(tree, name: str, begun: Barrier):
    """Posts somebody to XA and commits a while later."""

    def write():
        person = Person.objects.create_user(f"{name}-{tree['XA'].pk}", "Người Đang Ghi")
        with transaction.atomic():
            postings.start(person, tree["XA"], "Chuyên viên", since=DAY, actor=None, is_primary=True)
            begun.wait(timeout=15)
            sleep(0.6)

    return write


def merge_meanwhile(tree, begun: Barrier):
    def merge():
        begun.wait(timeout=15)
        units.merge_units([tree["XA"]], tree["XB"], DAY)

    return merge


def test_a_posting_being_written_is_waited_for(tree):
    if connection.vendor == "sqlite":
        pytest.skip(ONE_WRITER)
    begun = Barrier(2)
    assert at_once(write_slowly(tree, "dang-ghi", begun), merge_meanwhile(tree, begun)) == [None, None]
    assert units.find_faults() == []
    assert f"dang-ghi-{tree['XA'].pk}" in set(people_in_subtree(tree["XB"], DAY).values_list("username", flat=True))


def test_a_posting_written_while_its_unit_is_closed_is_refused(tree):
    """The officer had the unit open on the screen when the decision was recorded."""
    stale = Unit.objects.get(pk=tree["XA"].pk)
    units.close_unit(tree["XA"], DAY, heir=tree["XB"])
    person = Person.objects.create_user(f"den-muon-{stale.pk}", "Người Đến Muộn")
    with pytest.raises(DomainError, match="which took its place"):
        postings.start(person, stale, "Chuyên viên", since=DAY, actor=None, is_primary=True)


def test_control_a_posting_that_does_not_keep_the_tree_still_is_left_behind(tree, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip(ONE_WRITER)
    monkeypatch.setattr(periods, "keep_tree_still", lambda: None)
    begun = Barrier(2)
    assert at_once(write_slowly(tree, "bi-sot", begun), merge_meanwhile(tree, begun)) == [None, None]
    assert [fault.kind for fault in units.find_faults()] == ["postings that go on after their unit has ended"]
    Posting.objects.filter(unit=tree["XA"], person__username__startswith="bi-sot").delete()


def test_control_without_the_lock_two_moves_make_a_circle(tree, monkeypatch):
    """Last in this module: it leaves a tree that does not add up."""
    if connection.vendor == "sqlite":
        pytest.skip(ONE_WRITER)
    both_have_looked, look = Barrier(2), placing._require_not_below

    def look_together(*arguments):
        look(*arguments)
        with suppress(BrokenBarrierError):
            both_have_looked.wait(timeout=5)

    monkeypatch.setattr(placing, "locked", lambda *asked: [Unit.objects.get(pk=unit.pk) for unit in asked])
    monkeypatch.setattr(trial, "lock_tree", lambda: None)
    monkeypatch.setattr(placing, "_require_not_below", look_together)
    # Both order the same work for the other's units; without the lock the database might end one as a deadlock.
    monkeypatch.setattr(outbox, "enqueue", lambda *work, **options: None)
    assert at_once(*moves(tree)) == [None, None]
    with pytest.raises(DomainError, match="under itself"):
        units.rebuild_closure()
