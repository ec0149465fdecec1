"""The clock of two working days: weekends, holidays, Tết, exchanged Saturdays."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from people.domain.privacy import requests, working_days
from people.domain.privacy.working_days import due_after, is_worked
from people.enums import RequestKind
from people.models import AuditEntry, DataRequest, SpecialDay
from shared.errors import DomainError

MONDAY = date(2026, 11, 23)
TET = {date(2027, 2, day): False for day in range(4, 11)}
days = st.dates(date(2026, 1, 1), date(2030, 1, 1))


@pytest.fixture
def empty_table(db):
    SpecialDay.objects.all().delete()


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (MONDAY, MONDAY + timedelta(days=2)),
        (MONDAY + timedelta(days=3), date(2026, 11, 30)),  # Thursday: Friday, Monday
        (MONDAY + timedelta(days=4), date(2026, 12, 1)),  # Friday
        (MONDAY + timedelta(days=5), date(2026, 12, 1)),  # Saturday counts like Friday
        (MONDAY + timedelta(days=6), date(2026, 12, 1)),
    ],
)
def test_weekends_do_not_count(received, due):
    assert due_after(received, {}) == due


def test_tet_does_not_count():
    assert due_after(date(2027, 2, 3), TET) == date(2027, 2, 12)
    assert due_after(date(2027, 2, 3), {}) == date(2027, 2, 5), "the control: without the table it would be in Tết"


def test_a_saturday_worked_in_exchange_counts():
    assert due_after(date(2026, 11, 26), {date(2026, 11, 28): True}) == date(2026, 11, 28)


@given(days, st.dictionaries(days, st.booleans(), max_size=30))
def test_two_worked_days_lie_between(received, special):
    due = due_after(received, special)
    between = [received + timedelta(days=n) for n in range(1, (due - received).days + 1)]
    assert is_worked(due, special) and sum(is_worked(day, special) for day in between) == 2


def test_a_table_without_working_days_is_refused():
    special = {MONDAY + timedelta(days=n): False for n in range(100)}
    with pytest.raises(ValueError, match="no working day"):
        due_after(MONDAY, special)


def test_a_holiday_entered_later_moves_open_requests_only(cast, empty_table):
    waiting = requests.make(cast["lan"], RequestKind.SEE, actor=cast["lan"])
    settled = requests.make(cast["minh"], RequestKind.SEE, actor=cast["minh"])
    requests.answer(settled, True, "Đã gửi.", actor=cast["an"])
    before = waiting.due_on
    working_days.set_day(before, "Nghỉ đột xuất", False, actor=cast["an"])
    waiting.refresh_from_db()
    settled.refresh_from_db()
    assert waiting.due_on > before and settled.due_on == before
    working_days.delete_day(SpecialDay.objects.get(day=before), actor=cast["an"])
    assert DataRequest.objects.get(pk=waiting.pk).due_on == before
    assert AuditEntry.objects.filter(action__startswith="special_day.").count() == 2


def test_a_day_that_leaves_nothing_is_refused_whole(cast, empty_table):
    made = requests.make(cast["lan"], RequestKind.SEE, actor=cast["lan"])
    SpecialDay.objects.bulk_create(
        SpecialDay(day=made.received_on + timedelta(days=n), occasion="x") for n in range(1, 61) if n != 30
    )
    with pytest.raises(DomainError):
        working_days.set_day(made.received_on + timedelta(days=30), "x", False, actor=cast["an"])
    assert not SpecialDay.objects.filter(day=made.received_on + timedelta(days=30)).exists()


def test_starting_days_fill_an_empty_table_once(empty_table):
    working_days.load_starting_days()
    count = SpecialDay.objects.count()
    SpecialDay.objects.first().delete()
    working_days.load_starting_days()
    assert SpecialDay.objects.count() == count - 1


def test_missing_years_are_noticed(empty_table):
    assert working_days.years_without_days(date(2026, 9, 30)) == [2026]
    assert working_days.years_without_days(date(2026, 10, 1)) == [2026, 2027]
    SpecialDay.objects.create(day=date(2027, 2, 6), occasion="Tết")
    assert working_days.years_without_days(date(2026, 10, 1)) == [2026]


def test_administrators_keep_the_table_in_the_admin(site, desk, empty_table):
    browser = desk("an")
    form = {"day": "2026-12-31", "occasion": "Nghỉ bù", "is_worked": ""}
    assert browser.post(reverse("special_days:add"), form).status_code == 302
    stored = SpecialDay.objects.get()
    assert browser.get(reverse("special_days:index")).status_code == 200
    assert browser.post(reverse("special_days:edit", args=[stored.pk]), form | {"occasion": "Bù"}).status_code == 302
    assert browser.post(reverse("special_days:add"), form).status_code == 200, "twice the same day is an error"
    assert browser.post(reverse("special_days:delete", args=[stored.pk])).status_code == 302
    assert AuditEntry.objects.filter(action__startswith="special_day.").count() == 3


@pytest.mark.parametrize("username", ["tam", "thao"])
def test_others_at_the_admin_do_not(site, desk, empty_table, username):
    assert desk(username).post(reverse("special_days:add"), {"day": "2026-12-31", "occasion": "x"}).status_code == 302
    assert not SpecialDay.objects.exists()
