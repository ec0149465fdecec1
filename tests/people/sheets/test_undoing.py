"""Undoing a long list: a few statements whatever its length, and the accounts it created go afterwards, bit by bit."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.domain import following
from courses.domain.assignment import assign
from courses.models import Obligation
from people.domain import importing
from people.domain.importing import undoing
from people.models import Person, Posting, Unit
from people.queries import people_for
from shared.models import OutboxEntry
from tests.people.sheets import books

pytestmark = pytest.mark.django_db
LETTERS = "ABCDEGHIKLMN"


@pytest.fixture(autouse=True)
def _long(monkeypatch):
    """Two accounts are many."""
    monkeypatch.setattr(undoing, "AT_ONCE", 2)


def sheet(count: int, first: int = 1) -> bytes:
    return books.plain([books.person(first + at, f"Nông Văn {LETTERS[at]}ử") for at in range(count)])


def test_the_accounts_are_put_away_at_once_and_deleted_afterwards(staged, cast):
    taken = staged(sheet(5))
    importing.confirm(taken, actor=None)
    made = list(Person.objects.filter(staff_number__startswith="TS0").values_list("pk", flat=True))
    assert importing.preview_undo(taken) == {"removed": 5}
    assert importing.undo(taken, actor=None) == {"removed": 5}
    put_away = Person.objects.filter(pk__in=made)
    assert put_away.count() == 5
    assert not put_away.filter(is_active=True).exists()
    assert not put_away.exclude(staff_number=None, phone="", work_email="", national_id_hash="").exists()
    assert not Posting.objects.filter(person__in=made).exists()
    assert not people_for(cast["an"]).filter(pk__in=made).exists(), "in no list of HR's"
    assert OutboxEntry.objects.filter(kind=undoing.OUTBOX_KIND, subject_id=taken.pk, done_at=None).exists()

    again = staged(sheet(5))
    assert again.counts["create"] == 5, "the same list can be imported at once"
    importing.confirm(again, actor=None)
    undoing.remove_put_away(taken.pk)
    assert not put_away.exists()
    assert Person.objects.filter(staff_number__startswith="TS0", is_active=True).count() == 5
    undoing.remove_put_away(taken.pk)
    assert Person.objects.filter(staff_number__startswith="TS0").count() == 5, "twice is as good as once"


def test_a_short_list_of_accounts_is_gone_at_once(staged):
    taken = staged(sheet(2))
    importing.confirm(taken, actor=None)
    assert importing.undo(taken, actor=None) == {"removed": 2}
    assert not Person.objects.filter(full_name__startswith="Nông Văn").exists()
    assert not OutboxEntry.objects.filter(kind=undoing.OUTBOX_KIND).exists()


def test_undoing_takes_as_many_statements_for_many_rows_as_for_few(staged):
    def statements(count: int, first: int) -> int:
        taken = staged(sheet(count, first))
        importing.confirm(taken, actor=None)
        moved = staged(sheet(count, first), effective_on=date(2026, 5, 4))
        with CaptureQueriesContext(connection) as found:
            importing.undo(taken, actor=None)
        undoing.remove_put_away(taken.pk)
        moved.refresh_from_db()
        return len(found)

    statements(3, 100)
    assert statements(3, 200) == statements(9, 300)


def test_previews_of_other_lists_point_at_nobody_who_goes(staged):
    taken = staged(sheet(3))
    importing.confirm(taken, actor=None)
    changed = [books.person(1 + at, f"Nông Văn {LETTERS[at]}ử", phone="0100 777 000") for at in range(3)]
    other = staged(books.plain(changed))
    assert other.rows.filter(kind="change", person__isnull=False).count() == 3
    importing.undo(taken, actor=None)
    undoing.remove_put_away(taken.pk)
    assert not other.rows.exclude(person_id=None).exists()
    with pytest.raises(importing.RecordsChanged):
        importing.confirm(other, actor=None)


def test_what_rules_ask_of_unused_accounts_does_not_keep_them(staged, starter, cast):
    course = starter["VHCV-1847"] if "VHCV-1847" in starter else next(iter(starter.values()))
    assign(course, Unit.objects.get(code="LG-TS"), date(2026, 12, 31), directive=None, actor=cast["an"])
    taken = staged(sheet(3))
    importing.confirm(taken, actor=None)
    following.follow_import(taken.pk)
    made = list(Person.objects.filter(staff_number__startswith="TS0").order_by("pk"))
    assert Obligation.objects.filter(person__in=made).count() == 3
    Obligation.objects.filter(person=made[0]).update(fulfilled_on=date(2026, 11, 1))
    assert importing.undo(taken, actor=None) == {"closed": 1, "removed": 2}
    undoing.remove_put_away(taken.pk)
    assert list(Person.objects.filter(pk__in=[one.pk for one in made])) == [made[0]]
    assert set(Obligation.objects.filter(person__in=made).values_list("person", flat=True)) == {made[0].pk}
