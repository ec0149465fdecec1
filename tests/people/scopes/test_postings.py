"""Postings: several at once, one primary, each step from a day on, the past kept as it was."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.domain import postings
from people.domain.postings import PostingRefused
from people.enums import PositionGroup
from people.models import AuditEntry, Posting, Unit
from people.queries import people_in, primary_posting
from tests.reports import factories as make


def day(offset: int):
    return timezone.localdate() + timedelta(days=offset)


@pytest.fixture
def lan(province):
    return make.make_person("Nông Thị Lan", province.north, position_title="Chuyên viên", valid_from=day(-400))


@pytest.fixture
def posting(lan):
    return lan.postings.get()


def history(person):
    """Every row as (title, unit, primary, from, to), in order; days as offsets from today."""
    rows = Posting.objects.filter(person=person).order_by("valid_from", "pk").select_related("unit")
    return [
        (row.position_title, row.unit.name, row.is_primary, _off(row.valid_from), _off(row.valid_to)) for row in rows
    ]


def _off(date):
    return None if date is None else (date - timezone.localdate()).days


NORTH, SOUTH, OFFICE = "UBND xã Thượng Sơn", "UBND phường Khe Luông", "Văn phòng"


# --- Steps ----------------------------------------------------------------------------------------------


def test_a_change_keeps_what_was_and_begins_a_row(province, lan, posting):
    postings.change(posting, on=day(0), actor=province.hr_north, position_title="Chuyên viên chính", grade="A1")
    assert history(lan) == [
        ("Chuyên viên", NORTH, True, -400, 0),
        ("Chuyên viên chính", NORTH, True, 0, None),
    ]
    assert primary_posting(lan, day(-1)).position_title == "Chuyên viên"
    assert primary_posting(lan, day(0)).grade == "A1"


def test_a_promotion_makes_a_leader_from_the_day_on(province, lan, posting):
    row = postings.promote(posting, on=day(10), actor=province.hr_north, position_title="Trưởng phòng")
    assert (row.is_manager, row.position_group) == (True, PositionGroup.LEADER)
    assert not primary_posting(lan, day(9)).is_manager
    assert AuditEntry.objects.filter(action="posting.promoted", subject_id=lan.pk).exists()


def test_a_move_in_the_future_takes_effect_by_date_alone(province, lan, posting):
    postings.transfer(posting, province.south, on=day(30), actor=province.hr_all, position_title="Phó Chủ tịch")
    north, south = (Unit.objects.filter(pk=unit.pk) for unit in (province.north, province.south))
    assert lan in people_in(north, day(29))
    assert lan not in people_in(south, day(29))
    assert lan in people_in(south, day(30))
    assert lan not in people_in(north, day(30))


def test_two_postings_at_once_and_the_primary_changes_from_a_day_on(province, lan, posting):
    second = postings.start(lan, province.office, "Chánh Văn phòng", since=day(-10), actor=province.hr_north)
    postings.make_primary(second, on=day(5), actor=province.hr_north)
    assert history(lan) == [
        ("Chuyên viên", NORTH, True, -400, 5),
        ("Chánh Văn phòng", OFFICE, False, -10, 5),
        ("Chuyên viên", NORTH, False, 5, None),
        ("Chánh Văn phòng", OFFICE, True, 5, None),
    ]


def test_the_primary_ends_and_another_takes_its_place(province, lan, posting):
    second = postings.start(lan, province.office, "Chánh Văn phòng", since=day(-10), actor=province.hr_north)
    with pytest.raises(PostingRefused) as refusal:
        postings.end(posting, on=day(1), actor=province.hr_north)
    assert refusal.value.field == "next_primary"
    assert len(history(lan)) == 2  # nothing was written
    postings.end(posting, on=day(1), actor=province.hr_north, next_primary=second)
    assert primary_posting(lan, day(0)).unit == province.north
    assert primary_posting(lan, day(1)).unit == province.office


def test_an_end_ahead_can_be_moved(province, lan, posting):
    postings.end(posting, on=day(10), actor=province.hr_north)
    postings.end(posting, on=day(20), actor=province.hr_north)
    assert history(lan) == [("Chuyên viên", NORTH, True, -400, 20)]


def test_a_plan_is_cancelled_as_if_it_had_never_been(province, lan, posting):
    before = history(lan)
    postings.transfer(posting, province.office, on=day(30), actor=province.hr_north)
    postings.cancel_planned(lan, day(30), actor=province.hr_north)
    assert history(lan) == before
    second = postings.start(lan, province.office, "Chánh Văn phòng", since=day(-10), actor=province.hr_north)
    before = history(lan)
    postings.make_primary(second, on=day(5), actor=province.hr_north)
    postings.cancel_planned(lan, day(5), actor=province.hr_north)
    assert history(lan) == before


def test_what_has_taken_effect_is_not_cancelled(province, lan, posting):
    postings.transfer(posting, province.office, on=day(0), actor=province.hr_north)
    with pytest.raises(PostingRefused):
        postings.cancel_planned(lan, day(0), actor=province.hr_north)


def test_a_step_rests_on_the_one_before(province, lan, posting):
    postings.change(posting, on=day(30), actor=province.hr_north, grade="A1")
    with pytest.raises(PostingRefused, match=r"Cancel that first|hủy"):
        postings.end(posting, on=day(10), actor=province.hr_north)
    middle = postings.change(posting, on=day(10), actor=province.hr_north, grade="A0")
    assert [row[3:] for row in history(lan)] == [(-400, 10), (10, 30), (30, None)]
    assert middle.next.get().grade == "A1"


# --- What does not add up -------------------------------------------------------------------------------


def test_the_first_posting_must_be_primary(province):
    person = make.make_person("Người Mới")
    with pytest.raises(PostingRefused):
        postings.start(person, province.north, "Chuyên viên", since=day(0), actor=province.hr_all, is_primary=False)
    assert not person.postings.exists()


def test_two_primary_postings_do_not_overlap_even_if_both_end(province, lan, posting):
    postings.end(posting, on=day(20), actor=province.hr_north)
    with pytest.raises(PostingRefused):
        postings.start(
            lan, province.office, "Khác", since=day(10), until=day(30), actor=province.hr_north, is_primary=True
        )
    postings.start(lan, province.office, "Khác", since=day(20), until=day(30), actor=province.hr_north, is_primary=True)


def test_one_position_is_not_held_twice(province, lan, posting):
    with pytest.raises(PostingRefused) as refusal:
        postings.start(lan, province.north, "chuyen vien", since=day(3), actor=province.hr_north)
    assert refusal.value.field == "position_title"


def test_a_unit_is_not_posted_to_before_it_exists_or_after_it_closed(province, lan):
    with pytest.raises(PostingRefused):
        postings.start(lan, province.south, "Khác", since=make.LONG_AGO - timedelta(days=1), actor=None)
    Unit.objects.filter(pk=province.south.pk).update(active_to=day(30), replaced_by=province.north)
    province.south.refresh_from_db()
    with pytest.raises(PostingRefused, match="Thượng Sơn"):
        postings.start(lan, province.south, "Khác", since=day(40), actor=None)
    with pytest.raises(PostingRefused):
        postings.start(lan, province.south, "Khác", since=day(3), actor=None)
    postings.start(lan, province.south, "Khác", since=day(3), until=day(30), actor=None)


@pytest.mark.parametrize("offset", [-40_000, 5_000])
def test_days_nobody_can_mean_are_refused(province, posting, offset):
    with pytest.raises(PostingRefused):
        postings.end(posting, on=day(offset), actor=province.hr_north)


def test_a_change_on_the_first_day_would_overwrite_and_is_refused(province, posting):
    with pytest.raises(PostingRefused) as refusal:
        postings.change(posting, on=posting.valid_from, actor=province.hr_north, grade="A1")
    assert refusal.value.field == "on"


# --- Corrections ----------------------------------------------------------------------------------------


def test_a_correction_rewrites_the_row_and_the_log_keeps_both(province, lan, posting):
    postings.correct(posting, actor=province.hr_north, reason="đọc nhầm quyết định", position_title="Cán sự")
    assert history(lan) == [("Cán sự", NORTH, True, -400, None)]
    assert AuditEntry.objects.filter(action="posting.corrected", subject_id=lan.pk).count() == 1


def test_a_correction_says_why(province, posting):
    with pytest.raises(PostingRefused) as refusal:
        postings.correct(posting, actor=province.hr_north, reason=" \u200b ", grade="A1")
    assert refusal.value.field == "reason"


def test_a_corrected_day_is_corrected_on_both_sides(province, lan, posting):
    later = postings.change(posting, on=day(-100), actor=province.hr_north, grade="A1")
    postings.correct(later, actor=province.hr_north, reason="nhầm ngày", valid_from=day(-90))
    assert [row[3:] for row in history(lan)] == [(-400, -90), (-90, None)]
    posting.refresh_from_db()
    postings.correct(posting, actor=province.hr_north, reason="nhầm ngày", valid_to=day(-95))
    assert [row[3:] for row in history(lan)] == [(-400, -95), (-95, None)]


def test_a_correction_is_checked_like_any_step(province, lan, posting):
    second = postings.start(lan, province.office, "Chánh Văn phòng", since=day(-10), actor=province.hr_north)
    with pytest.raises(PostingRefused):
        postings.correct(second, actor=province.hr_north, reason="x", valid_to=day(-20))
    with pytest.raises(PostingRefused):
        postings.correct(posting, actor=province.hr_north, reason="x", valid_to=day(-5))
    with pytest.raises(PostingRefused):
        postings.remove(posting, actor=province.hr_north, reason="x")


def test_a_posting_that_never_was_is_removed(province, lan, posting):
    second = postings.start(lan, province.office, "Chánh Văn phòng", since=day(-10), actor=province.hr_north)
    postings.remove(second, actor=province.hr_north, reason="nhập cho người trùng tên")
    assert history(lan) == [("Chuyên viên", NORTH, True, -400, None)]
    assert AuditEntry.objects.filter(action="posting.removed", subject_id=lan.pk).exists()


# --- Whose it is ----------------------------------------------------------------------------------------


def steps(province, lan, posting):
    return {
        "start": lambda actor: postings.start(lan, province.north, "Khác", since=day(0), actor=actor),
        "change": lambda actor: postings.change(posting, on=day(0), actor=actor, grade="A1"),
        "transfer": lambda actor: postings.transfer(posting, province.south, on=day(0), actor=actor),
        "end": lambda actor: postings.end(posting, on=day(1), actor=actor),
        "correct": lambda actor: postings.correct(posting, actor=actor, reason="x", grade="A1"),
        "remove": lambda actor: postings.remove(posting, actor=actor, reason="x"),
    }


@pytest.mark.parametrize("step", ["start", "change", "transfer", "end", "correct", "remove"])
def test_no_step_by_an_officer_of_another_unit(province, lan, posting, step):
    with pytest.raises(PostingRefused):
        steps(province, lan, posting)[step](province.hr_south)
    assert history(lan) == [("Chuyên viên", NORTH, True, -400, None)]
    steps(province, lan, posting)[step](province.hr_all)  # control: with the right scope it goes through


def test_nobody_is_moved_into_a_unit_outside_the_officers_scope(province, lan, posting):
    with pytest.raises(PostingRefused) as refusal:
        postings.transfer(posting, province.south, on=day(1), actor=province.hr_north)
    assert refusal.value.field == "unit"


# --- Previews -------------------------------------------------------------------------------------------


def test_a_preview_shows_what_the_step_does_and_does_nothing(province, lan, posting):
    entries = AuditEntry.objects.count()

    def move():
        postings.transfer(posting, province.south, on=day(30), actor=province.hr_all)

    shown = postings.preview(lan, move)
    assert history(lan) == [("Chuyên viên", NORTH, True, -400, None)]
    assert AuditEntry.objects.count() == entries
    move()
    after = list(Posting.objects.filter(person=lan).order_by("valid_from", "pk"))
    assert [(row.unit_id, row.valid_from, row.valid_to) for row in shown.after] == [
        (row.unit_id, row.valid_from, row.valid_to) for row in after
    ]
    assert (len(shown.begun), len(shown.changed), len(shown.gone)) == (1, 1, 0)


def test_every_step_writes_one_entry(province, lan, posting):
    count = AuditEntry.objects.count()
    second = postings.start(lan, province.office, "Chánh Văn phòng", since=day(-10), actor=province.hr_north)
    postings.make_primary(second, on=day(5), actor=province.hr_north)
    postings.cancel_planned(lan, day(5), actor=province.hr_north)
    assert AuditEntry.objects.count() == count + 3
