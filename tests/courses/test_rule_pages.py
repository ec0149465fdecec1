"""The duties desk: preview before storing, lists, files, retiring; and that nobody sees other units' people."""

import io
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from courses.assigning.preview import Outcome, Preview
from courses.domain import assignment as assigning
from courses.domain import obligations
from courses.domain.assignment import Target
from courses.enums import ExemptionKind, ExemptionState, ManagerScope
from courses.models import Assignment, Exemption, Obligation
from people.enums import EmploymentType, PositionGroup
from people.models import AuditEntry
from tests.reports import factories as make

pytestmark = pytest.mark.django_db
DUE = timedelta(days=40)


@pytest.fixture
def world():
    class World:
        root = make.make_unit("Tỉnh Lam Giang")
        office = make.make_unit("Sở Nội vụ", root)
        desk = make.make_unit("Phòng Một cửa", office)
        other = make.make_unit("Sở Xây dựng", root)
        course = make.make_course("Văn hóa công vụ")
        clerk = make.make_person("Lê Văn An", desk, position_group="one_stop")
        chief = make.make_person("Trần Thị Bình", office, is_manager=True, position_group="leader")
        builder = make.make_person("Phạm Văn Cường", other, employment_type="public_employee")
        hr = make.make_hr(office)
        other_hr = make.make_hr(other)

    return World


@pytest.fixture
def open_as(client):
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"

    def open_page(viewer, path="", data=None, **parameters):
        client.force_login(viewer)
        address = f"/nhan-su/giao-hoc/{path}"
        return client.post(address, data) if data is not None else client.get(address, parameters)

    return open_page


def choices(world, *units, **fields) -> dict:
    usual = {
        "what": f"khoa-id-{world.course.pk}",
        "units": [unit.pk for unit in units or (world.office,)],
        "with_subtree": "on",
        "managers": "any",
        "due_kind": "fixed",
        "due_on": (timezone.localdate() + DUE).isoformat(),
        "recurrence": "none",
        "newcomer_days": "30",
    }
    return usual | fields


def stored(world, *units, **fields) -> Assignment:
    usual = {"course": world.course, "due_on": timezone.localdate() + DUE, "owner_unit": (units or (world.root,))[0]}
    made = assigning.create_rule(
        Assignment(**(usual | fields)), [Target(unit) for unit in units or (world.root,)], actor=None
    )
    obligations.evaluate_rule(made)
    return made


def test_the_preview_says_who_and_why_not_and_stores_nothing(world, open_as):
    answer = open_as(world.hr, "moi/", **choices(world, position_groups=["one_stop"]))
    page = answer.content.decode()
    assert "Assign to 1 person" in page
    assert "Lê Văn An" in page and "Not asked: another position group" in page
    assert not Assignment.objects.exists()
    refused = open_as(world.hr, "moi/", **choices(world, position_groups=["one_stop"], ai="not_asked")).content.decode()
    assert "Trần Thị Bình" in refused and "Lê Văn An" not in refused
    sheet = load_workbook(io.BytesIO(open_as(world.hr, "moi/xuat.xlsx", **choices(world)).content))
    names = {cell.value for row in sheet.worksheets[0].iter_rows() for cell in row}
    assert {"Lê Văn An", "Trần Thị Bình"} <= names and "Phạm Văn Cường" not in names


def test_confirming_stores_the_rule_with_its_entry_in_the_log(world, open_as):
    answer = open_as(world.hr, "moi/", data=choices(world, managers="only"))
    rule = Assignment.objects.get()
    assert answer.url == f"/nhan-su/giao-hoc/{rule.pk}/"
    assert (rule.managers, rule.owner_unit, rule.created_by) == (ManagerScope.ONLY, world.office, world.hr)
    assert AuditEntry.objects.filter(action="course.assigned", actor=world.hr).count() == 1
    obligations.evaluate_rule(rule)
    page = open_as(world.hr, f"{rule.pk}/").content.decode()
    assert "Trần Thị Bình" in page and "Lê Văn An" not in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"due_on": "2020-01-01"}, "This day is over"),
        ({"due_kind": "joining", "due_on": ""}, "Give the number of days"),
        ({"recurrence": "yearly"}, "Give the day on which the window opens"),
        ({"recurrence": "yearly", "due_kind": "joining", "due_days": "3"}, "A yearly rule has a fixed day"),
        ({"units": []}, "Choose at least one unit"),
    ],
)
def test_mistakes_are_told_and_nothing_is_stored(world, open_as, fields, words):
    answer = open_as(world.hr, "moi/", data=choices(world, **fields))
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Assignment.objects.exists()


def test_nobody_asks_people_of_other_units_or_sees_them(world, open_as):
    assert open_as(world.hr, "moi/", data=choices(world, world.other)).status_code == 422
    assert not Assignment.objects.exists()
    mine, theirs, everybodys = stored(world, world.office), stored(world, world.other), stored(world)
    page = open_as(world.hr).content.decode()
    assert f"/giao-hoc/{mine.pk}/" in page and f"/giao-hoc/{everybodys.pk}/" in page
    assert f"/giao-hoc/{theirs.pk}/" not in page
    for path in ("", "xuat.xlsx", "ngung/"):
        assert open_as(world.hr, f"{theirs.pk}/{path}").status_code == 404
    seen = open_as(world.hr, f"{everybodys.pk}/")
    assert "Lê Văn An" in seen.content.decode() and "Phạm Văn Cường" not in seen.content.decode()
    searched = open_as(world.hr, f"{everybodys.pk}/", q="cuong").content.decode()
    assert "Nobody is found" in searched
    assert open_as(world.hr, f"{everybodys.pk}/", don_vi=world.other.pk).status_code == 404
    workbook = load_workbook(io.BytesIO(open_as(world.hr, f"{everybodys.pk}/xuat.xlsx").content))
    names = {cell.value for row in workbook.active.iter_rows() for cell in row}
    assert "Lê Văn An" in names and "Phạm Văn Cường" not in names
    assert open_as(world.hr, f"{everybodys.pk}/ngung/", data={}).status_code == 404
    assert open_as(world.clerk).status_code == 403 and open_as(world.clerk, "moi/").status_code == 403


def test_both_reasons_are_shown_with_their_days(world, open_as):
    first, second = stored(world), stored(world, world.desk, due_on=timezone.localdate() + timedelta(days=10))
    for rule in (first, second):
        page = open_as(world.hr, f"{rule.pk}/", q="An").content.decode()
        assert f"{first.due_on:%d/%m/%Y}" in page and f"{second.due_on:%d/%m/%Y}" in page


def test_retiring_ends_what_the_rule_asks(world, open_as):
    rule = stored(world, world.office)
    assert "From today on this rule asks 2 people no more" in open_as(world.hr, f"{rule.pk}/ngung/").content.decode()
    open_as(world.hr, f"{rule.pk}/ngung/", data={})
    rule.refresh_from_db()
    assert rule.retired_by == world.hr
    assigning.evaluate_by_id(rule.pk)
    assert not Obligation.objects.filter(obliged_to__isnull=True).exists()
    assert f"/giao-hoc/{rule.pk}/" not in open_as(world.hr).content.decode()
    assert f"/giao-hoc/{rule.pk}/" in open_as(world.hr, tat_ca=1).content.decode()


def test_pages_take_as_many_queries_for_three_rows_as_for_one(world, open_as):
    def queries(path="", **parameters):
        open_as(world.hr, path, **parameters)
        with CaptureQueriesContext(connection) as captured:
            assert open_as(world.hr, path, **parameters).status_code == 200
        return len(captured)

    rule = stored(world, world.desk)
    once = [queries(), queries(f"{rule.pk}/"), queries("moi/", **choices(world, world.desk))]
    for number in range(2):
        make.make_person(f"Người Thứ {number}", world.desk)
        stored(world, world.desk, due_on=timezone.localdate() + timedelta(days=number))
    obligations.evaluate_rules()
    assert [queries(), queries(f"{rule.pk}/"), queries("moi/", **choices(world, world.desk))] == once


def test_preview_and_evaluation_agree_about_everybody(world):
    """The two ways to ask the same question, over all kinds of people and rules."""
    for group in PositionGroup:
        for employment in (EmploymentType.CIVIL_SERVANT, EmploymentType.CONTRACT_WORKER):
            for manager in (True, False):
                unit = (world.office, world.desk, world.other)[len(group) % 3]
                make.make_person(f"{group} {employment} {manager}", unit, position_group=group,
                                 employment_type=employment, is_manager=manager)  # fmt: skip
    Exemption.objects.create(
        person=world.clerk, course=world.course, kind=ExemptionKind.EXEMPTION, state=ExemptionState.APPROVED,
        reason="Ốm", valid_from=timezone.localdate(), decided_at=timezone.now(),
    )  # fmt: skip
    rules = [
        {},
        {"position_groups": ["one_stop", "support"]},
        {"employment_types": ["contract_worker"], "managers": ManagerScope.WITHOUT},
        {"managers": ManagerScope.ONLY, "position_groups": ["leader"]},
    ]
    for fields in rules:
        for targets in (
            [Target(world.office, False)],
            [Target(world.office), Target(world.other)],
            [Target(world.root)],
        ):
            rule = Assignment(course=world.course, due_on=timezone.localdate(), **fields)
            preview = Preview(rule, targets, timezone.localdate())
            foreseen = {row.person_id for row in preview.people() if row.outcome == Outcome.ASKED}
            assert sum(one.asked for one in preview.numbers()) == len(foreseen)
            assigning.create_rule(rule, targets, actor=None)
            obligations.evaluate_rule(rule)
            asked = rule.reasons.filter(until__isnull=True).values_list("obligation__person", flat=True)
            assert set(asked) == foreseen
