"""Who was obliged on a day and how far they were, against an oracle that knows no SQL; and whose figures they are."""

from dataclasses import asdict
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.http import Http404, QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings

from courses.domain import obligations
from courses.domain.assignment import Target, create_rule
from courses.models import Assignment
from people.domain.units import UnitRow, create_units, merge_units
from reports.desk import Desk
from reports.domain import on_date
from tests.reports import factories as make
from tests.reports import histories

pytestmark = pytest.mark.django_db


def counted(history, viewer, day, courses=None) -> dict:
    """What the reports count, by the numbers of the history's units."""
    numbers = {unit.pk: number for number, unit in history.units.items()}
    found = on_date.figures_on(viewer, day, courses=courses).direct
    return {numbers[pk]: asdict(counts) for pk, counts in found.items() if any(asdict(counts).values())}


WITHOUT_SHRINKING = [phase for phase in Phase if phase not in (Phase.shrink, Phase.explain)]  # it takes minutes


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), phases=WITHOUT_SHRINKING)
@given(histories.histories)
def test_every_day_of_every_history_is_counted_as_the_oracle_does(told):
    homes, days = told
    with transaction.atomic():
        history = histories.History(make.in_days(1 - histories.DAYS))
        history.live(homes, days)
        oracle = histories.Oracle(history)
        whole = make.make_hr(history.units[histories.ROOT])
        part = make.make_hr(history.units[histories.OFFICE])
        for number in range(histories.DAYS):
            day = history.first + timedelta(days=number)
            assert counted(history, whole, day) == oracle.counts(day), day
            assert counted(history, whole, day, [history.courses[0].pk]) == oracle.counts(day, courses=[0]), day
            assert counted(history, part, day) == oracle.counts(day, histories.OFFICE), day
            if number in (histories.WINDOW_OPENS, histories.DAYS - 1):
                assert listed(whole, day) == summed(oracle.counts(day)), day
        transaction.set_rollback(True)


LISTED = {
    "obliged": "",
    "fulfilled": "hoan-thanh",
    "certified": "co-giay",
    "in_progress": "dang-hoc",
    "not_started": "chua-hoc",
    "late": "qua-han",
    "due_soon": "sap-den-han",
}


def listed(viewer, day) -> dict[str, int]:
    """How many rows the desk lists for each number."""
    found = {}
    for name, state in LISTED.items():
        asked = QueryDict(f"ngay={day.isoformat()}&dien=tinh-ty-le&trang_thai={state}")
        desk = Desk(viewer, asked)
        rows = list(desk.found)
        assert list(desk.rows()[0:1000]) == rows
        found[name] = len(rows)
    return found


def summed(counts: dict[int, dict[str, int]]) -> dict[str, int]:
    return {name: sum(of_unit[name] for of_unit in counts.values()) for name in LISTED}


def test_a_unit_out_of_scope_is_not_found_and_one_in_scope_counts_with_all_below():
    root = make.make_unit("Tỉnh")
    office, other = make.make_unit("Sở Nội vụ", root), make.make_unit("Sở Xây dựng", root)
    desk = make.make_unit("Phòng Một cửa", office)
    for unit in (office, desk, other):
        make.make_person("Lê Văn An", unit)
    make.assign(make.make_course("Văn hóa công vụ"), root, make.in_days(5))
    officer = make.make_hr(office)
    found = on_date.figures_on(officer, make.today())
    assert (found.total.obliged, set(found.direct)) == (2, {office.pk, desk.pk})
    assert found.below(found.tree.nodes[office.pk]).obliged == 2
    assert on_date.figures_on(officer, make.today(), unit=desk.pk).total.obliged == 1
    for outside in (other, root):
        with pytest.raises(Http404):
            on_date.figures_on(officer, make.today(), unit=outside.pk)


def test_what_a_merged_unit_counted_stays_there_and_goes_on_in_its_heir():
    root = make.make_unit("Tỉnh")
    former, heir = make.make_unit("Sở cũ", root), make.make_unit("Sở mới", root)
    person = make.make_person("Lê Văn An", former)
    course = make.make_course("Văn hóa công vụ")
    rule = create_rule(
        Assignment(course=course, due_on=make.in_days(9), active_from=make.in_days(-20)), [Target(root)], actor=None
    )
    obligations.evaluate_rule(rule)
    merge_units([former], heir, make.in_days(-5))
    obligations.evaluate_people([person.pk])
    officer = make.make_hr(root)

    def places(days: int) -> dict:
        found = on_date.figures_on(officer, make.in_days(days)).direct
        return {pk: counts.obliged for pk, counts in found.items() if counts.obliged}

    assert places(-6) == {former.pk: 1}
    assert places(-5) == places(0) == {heir.pk: 1}


def test_a_thousand_units_take_as_many_queries_as_two(client):
    root = make.make_unit("Tỉnh")
    first = make.make_unit("Sở Nội vụ", root)
    person = make.make_person("Lê Văn An", first)
    course = make.make_course("Văn hóa công vụ")
    make.assign(course, root, make.in_days(-5))
    officer = make.make_hr(root)
    client.force_login(officer)
    former = make.in_days(-1).isoformat()
    pages = ["tong-quan/", f"tong-quan/?ngay={former}", "", f"?ngay={former}", "?trang_thai=qua-han"]
    pages.append(f"nguoi/{person.pk}/")

    def queries() -> list[int]:
        found = []
        for page in pages:
            client.get(f"/nhan-su/{page}")
            with CaptureQueriesContext(connection) as context:
                assert client.get(f"/nhan-su/{page}").status_code == 200
            found.append(len(context.captured_queries))
        return found

    few = queries()
    rows = [UnitRow(f"N{number}", f"Xã số {number}", root.code, make.LONG_AGO) for number in range(40)]
    rows += [UnitRow(f"N{number}", f"Phòng {number}", f"N{number % 40}", make.LONG_AGO) for number in range(40, 1000)]
    create_units(rows)
    assert queries() == few
    assert max(few[:2]) <= 12
