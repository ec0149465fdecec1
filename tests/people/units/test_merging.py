"""Two communes become one: what was counted before the day and what from the day on, against the postings."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from people.domain import roles, units
from people.enums import Role
from people.models import AuditEntry, Person, Posting, RoleGrant, Unit, UnitAlias, UnitChange, UnitPlacement
from people.queries import grants_in_force, people_in_subtree, subtree_of, units_for, units_headed_by
from people.rules import can_see_reports
from shared.errors import DomainError
from shared.models import OutboxEntry
from tests.people.units.stage import BASIS, add_person, before, province

DAY = date(2026, 3, 1)


@pytest.fixture
def tree(db) -> dict[str, Unit]:
    return province()


def fresh(code="XM", parent="T", **fields) -> units.UnitRow:
    return units.UnitRow(code, "Xã Hợp Nhất", parent, DAY, kind="commune", **fields)


def names_in(unit, day) -> set[str]:
    return set(people_in_subtree(unit, day).values_list("username", flat=True))


def counted_by_postings(codes: set[str], day: date) -> set[str]:
    """Who holds a primary posting in one of the units on the day, read from the rows one by one."""
    rows = Posting.objects.select_related("person", "unit")
    return {
        row.person.username
        for row in rows
        if row.is_primary
        and row.unit.code in codes
        and row.valid_from <= day
        and (row.valid_to is None or day < row.valid_to)
    }


COMMUNES = {"XA", "XA-KT", "XB", "XB-KT"}


def test_both_days_agree_with_the_postings(tree):
    merged = units.merge_units([tree["XA"], tree["XB"]], fresh(), DAY, basis=BASIS)
    former = names_in(tree["XA"], before(DAY)) | names_in(tree["XB"], before(DAY))
    assert former == counted_by_postings(COMMUNES, before(DAY)) and len(former) == 10
    assert names_in(merged, DAY) == counted_by_postings({"XM", "XA-KT", "XB-KT"}, DAY) == former
    assert names_in(merged, before(DAY)) == set()
    assert names_in(tree["XA"], DAY) == names_in(tree["XB"], DAY) == set()
    assert names_in(tree["T"], before(DAY)) == names_in(tree["T"], DAY)
    assert units.find_faults() == []


def test_the_sub_units_go_along_and_the_communes_end(tree):
    merged = units.merge_units([tree["XA"], tree["XB"]], fresh(), DAY, basis=BASIS)
    assert {unit.code for unit in subtree_of([merged.pk], DAY)} == {"XM", "XA-KT", "XB-KT"}
    assert {unit.code for unit in subtree_of([tree["XA"].pk], before(DAY))} == {"XA", "XA-KT"}
    for code in ("XA", "XB"):
        unit = Unit.objects.get(code=code)
        assert (unit.active_to, unit.replaced_by) == (DAY, merged)
    assert not UnitPlacement.objects.filter(unit__code__in=("XA", "XB"), valid_to__isnull=True).exists()


def test_one_commune_may_absorb_the_other(tree):
    assert units.merge_units([tree["XA"], tree["XB"]], tree["XB"], DAY) == tree["XB"]
    assert len(names_in(tree["XB"], DAY)) == 10
    assert Unit.objects.get(code="XB").active_to is None
    assert Unit.objects.get(code="XA").replaced_by == tree["XB"]


def test_a_posting_goes_on_with_all_its_particulars(tree):
    person = add_person(
        tree["XA"], "kiem", title := date(2025, 8, 1), position_title="Phó Chủ tịch", is_manager=True,
        position_group="leader", employment_type="official", grade="Chuyên viên chính",
    )  # fmt: skip
    add_person(tree["XC"], "kiem", title, is_primary=False)
    units.merge_units([tree["XA"]], tree["XC"], DAY)
    ended = Posting.objects.get(person=person, unit=tree["XA"])
    goes_on = Posting.objects.get(person=person, unit=tree["XC"], is_primary=True)
    assert (ended.valid_to, goes_on.valid_from, goes_on.valid_to) == (DAY, DAY, None)
    assert goes_on.follows == ended
    for particular in ("position_title", "is_manager", "position_group", "employment_type", "grade", "is_primary"):
        assert getattr(goes_on, particular) == getattr(ended, particular)
    assert Posting.objects.get(person=person, unit=tree["XC"], is_primary=False).valid_to is None


def test_what_was_planned_in_the_unit_happens_in_the_successor(tree):
    later = DAY + timedelta(days=30)
    coming = add_person(tree["XA"], "sap-den", later)
    leaving = add_person(tree["XA"], "sap-di", valid_to=later)
    units.merge_units([tree["XA"]], tree["XB"], DAY)
    assert Posting.objects.get(person=coming).unit == tree["XB"]
    assert list(Posting.objects.filter(person=leaving).order_by("pk").values_list("unit__code", "valid_to")) == [
        ("XA", DAY),
        ("XB", later),
    ]


def test_one_position_held_in_both_is_held_once(tree):
    person = add_person(tree["XA"], "hai-noi", position_title="Kế toán")
    add_person(tree["XB"], "hai-noi", position_title="Kế toán", is_primary=False)
    units.merge_units([tree["XA"], tree["XB"]], fresh(), DAY)
    held = Posting.objects.filter(person=person, unit__code="XM")
    assert [(row.position_title, row.is_primary) for row in held] == [("Kế toán", True)]


def test_roles_go_to_the_successor_by_date_and_are_logged(tree):
    officer = add_person(tree["XA"], "can-bo")
    grant = roles.grant_role(officer, Role.HR_OFFICER, tree["XA"], actor=None)
    units.merge_units([tree["XA"]], tree["XB"], DAY)
    grant.refresh_from_db()
    assert grant.valid_to == DAY
    assert [held.unit.code for held in grants_in_force(before(DAY)).filter(person=officer)] == ["XA"]
    assert [held.unit.code for held in grants_in_force(DAY).filter(person=officer)] == ["XB"]
    assert {unit.code for unit in units_for(officer, (Role.HR_OFFICER,))} == {"XB", "XB-KT", "XA-KT"}
    entry = AuditEntry.objects.get(action="role.handed_over")
    assert entry.subject_id == str(officer.pk) and entry.details["heir"] == tree["XB"].pk


def test_a_role_held_on_both_is_held_once_and_as_long_as_the_longer(tree):
    officer = add_person(tree["XA"], "can-bo")
    roles.grant_role(officer, Role.HR_OFFICER, tree["XA"], actor=None)
    roles.grant_role(officer, Role.HR_OFFICER, tree["XB"], actor=None, valid_to=timezone.localdate() + timedelta(9))
    units.merge_units([tree["XA"]], tree["XB"], DAY)
    assert RoleGrant.objects.get(person=officer, unit=tree["XB"]).valid_to is None


def test_imports_know_the_successor_by_the_former_names(tree):
    units.set_aliases(tree["XA"], ["UBND xã A"], actor=None)
    merged = units.merge_units([tree["XA"]], fresh(), DAY)
    assert set(merged.aliases.values_list("key", flat=True)) == {"don vi xa", "ubnd xa a"}


def test_one_entry_in_the_log_and_the_basis_in_the_history(tree, cast):
    merged = units.merge_units([tree["XA"], tree["XB"]], fresh(), DAY, actor=cast["an"], basis=BASIS)
    entry = AuditEntry.objects.get(action="unit.merged")
    assert (entry.actor, entry.subject_id) == (cast["an"], str(merged.pk))
    assert entry.details["merged"] == [tree["XA"].pk, tree["XB"].pk]
    changes = UnitChange.objects.filter(event="merged")
    assert {(change.unit.code, change.other.code, change.basis) for change in changes} == {
        ("XA", "XM", BASIS),
        ("XB", "XM", BASIS),
    }


def test_a_merger_to_come_leaves_today_as_it_is_and_takes_effect_by_date(tree):
    officer = add_person(tree["XA"], "can-bo")
    roles.grant_role(officer, Role.HR_OFFICER, tree["XA"], actor=None)
    day = timezone.localdate() + timedelta(days=40)
    merged = units.merge_units([tree["XA"], tree["XB"]], fresh(), day)
    today = timezone.localdate()
    assert len(names_in(tree["XA"], today)) == 6 and len(names_in(tree["XA"], before(day))) == 6
    assert len(names_in(merged, day)) == 11
    assert {unit.code for unit in units_for(officer, (Role.HR_OFFICER,))} == {"XA", "XA-KT"}
    assert not UnitAlias.objects.filter(unit=merged).exists()
    assert units.settle_due(before(day)) == 0
    assert units.settle_due(day) == 2
    assert set(UnitAlias.objects.filter(unit=merged).values_list("alias", flat=True)) == {"Đơn vị XA", "Đơn vị XB"}
    assert units.settle_due(day) == 0


def test_who_is_posted_there_after_the_decision_is_not_left_behind(tree):
    day = timezone.localdate() + timedelta(days=40)
    units.merge_units([tree["XA"]], tree["XB"], day)
    add_person(tree["XA"], "den-sau", timezone.localdate())
    assert [fault.kind for fault in units.find_faults()] == ["postings that go on after their unit has ended"]
    units.settle_due(day)
    assert units.find_faults() == []
    assert "den-sau" in names_in(tree["XB"], day)


REFUSED = {
    "before it began": (lambda t: units.merge_units([t["XA"]], t["XB"], date(2025, 1, 1)), "exists only from"),
    "on its first day": (lambda t: units.merge_units([t["XA"]], t["XB"], date(2025, 7, 1)), "begins on 01/07/2025"),
    "into what is below it": (lambda t: units.merge_units([t["XA"]], t["XA-KT"], DAY), "under itself"),
    "into itself alone": (lambda t: units.merge_units([t["XA"]], t["XA"], DAY), "at least one unit"),
    "fresh below itself": (lambda t: units.merge_units([t["XA"]], fresh(parent="XA"), DAY), "under itself"),
    "fresh below a part": (lambda t: units.merge_units([t["XA"]], fresh(parent="XA-KT"), DAY), "under itself"),
    "a code in use": (lambda t: units.merge_units([t["XA"]], fresh(code="XC"), DAY), "never used twice"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_not_add_up_is_refused_and_nothing_is_changed(tree, case):
    change, words = REFUSED[case]
    former = (list(Posting.objects.values()), list(UnitPlacement.objects.values()), Unit.objects.count())
    with pytest.raises(DomainError, match=words):
        change(tree)
    assert (list(Posting.objects.values()), list(UnitPlacement.objects.values()), Unit.objects.count()) == former
    assert not AuditEntry.objects.filter(action="unit.merged").exists()


def test_a_closed_unit_neither_merges_nor_receives(tree):
    units.merge_units([tree["XA"]], tree["XB"], DAY)
    for change in (
        lambda: units.merge_units([tree["XA"]], tree["XC"], DAY + timedelta(days=9)),
        lambda: units.merge_units([tree["XC"]], tree["XA"], DAY + timedelta(days=9)),
        lambda: units.move_unit(tree["XC"], tree["XA"], before(DAY)),
    ):
        with pytest.raises(DomainError, match="is closed from 01/03/2026 on"):
            change()


def test_later_places_and_names_are_not_lost(tree):
    later = DAY + timedelta(days=60)
    units.move_unit(tree["XA"], tree["XB"], later)
    with pytest.raises(DomainError, match="moves to Đơn vị XB"):
        units.merge_units([tree["XA"]], tree["XC"], DAY)
    units.rename_unit(tree["XC"], "Xã Tên Sau", "", actor=None, effective=later)
    with pytest.raises(DomainError, match="is called “Xã Tên Sau”"):
        units.close_unit(tree["XC"], DAY, heir=tree["XB"])


def test_the_number_of_statements_does_not_grow_with_the_people(tree, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        units.merge_units([tree["XA"]], tree["XC"], DAY)
    for number in range(20):
        add_person(tree["XB"], f"them{number}")
    OutboxEntry.objects.all().delete()  # work ordered twice takes other statements than work ordered once
    with CaptureQueriesContext(connection) as many:
        units.merge_units([tree["XB"]], tree["XC"], DAY)
    assert len(many) == len(few)
    assert Person.objects.filter(postings__unit=tree["XC"], postings__valid_to=None).count() == 29


def test_the_head_of_a_unit_that_has_ended_reads_nothing_any_more(tree):
    head = add_person(tree["XA"], "dung-dau")
    units.set_head(tree["XA"], head, actor=None)
    assert can_see_reports(head) and {unit.code for unit in units_headed_by(head)} == {"XA", "XA-KT"}
    units.merge_units([tree["XA"]], tree["XB"], DAY)
    head = type(head).objects.get(pk=head.pk)  # as the next request brings them
    assert not can_see_reports(head) and not units_headed_by(head).exists()
    assert Unit.objects.get(code="XA").head == head
