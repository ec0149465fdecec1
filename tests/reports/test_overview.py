"""The overview: its numbers and their people, targets, months, kinds of people, files, and who sees what of it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.domain import obligations
from courses.domain.assignment import Target, create_rule
from courses.enums import ExemptionKind, ExemptionState
from courses.models import Assignment, CourseCoOwner, Exemption
from people.domain import postings
from people.domain.units import move_unit
from people.enums import Role
from reports.columns import OVERVIEW_UNIT_COLUMNS, PEOPLE_COLUMNS
from reports.domain import keeping, kept
from reports.domain.on_date import Counts
from reports.models import FiguresKept, MonthFigures, PresentFigures
from reports.trend import Drawing, Trend
from tests.reports import factories as make
from tests.reports.reading import csv_of, labels, linked_numbers, names_of, people_of, sheet_of, tables_of, text_of

pytestmark = pytest.mark.django_db
OVERVIEW = "tong-quan/"


@pytest.fixture
def viewer(province):
    return make.make_hr(province.root)


@pytest.fixture
def learning(province):
    """Twelve people in three units: some completed, some begun, some late; a target of 75 percent."""
    places = (province.home_affairs, province.one_stop, province.construction)
    people = [
        make.make_person(
            f"Nguyễn Văn {name}",
            places[number % 3],
            is_manager=number % 4 == 0,
            position_group="leader" if number % 4 == 0 else "professional",
            employment_type="civil_servant" if number % 2 else "public_employee",
        )
        for number, name in enumerate("ABCDEFGHIKLM")
    ]
    fields = {"due_on": make.in_days(-3), "active_from": make.in_days(-20), "target_percent": 75}
    rule = create_rule(Assignment(course=province.course, **fields), [Target(province.root)], actor=None)
    obligations.evaluate_rule(rule)
    for number, person in enumerate(people):
        if number % 3 == 0 or number == 1:
            make.complete(person, province.course, make.in_days(-number - 1))
        elif number % 3 == 1:
            make.begin(person, province.course, done=1)
    people[0].gender = "female"
    people[0].save()
    return people


def card_numbers(response) -> list[int]:
    pieces = response.content.decode().split('<span class="figure-number">')[1:]
    return [int(piece.split("<")[0]) for piece in pieces]


def test_every_number_opens_as_many_people(desk, viewer, learning, client):
    completion = learning[0].completions.get()
    make.certify(completion)
    make.certify(learning[3].completions.get(), revoked_at=timezone.now() - timedelta(days=1))
    response = desk(viewer, OVERVIEW)
    assert card_numbers(response) == [7, 0, 4, 1]
    numbers = [(number, address) for number, address in linked_numbers(response) if "/nhan-su/?" in address]
    assert len(numbers) > 12
    for number, address in numbers:
        assert len(people_of(client.get(address.replace("&amp;", "&")))) == number, address


def test_the_target_and_what_is_missing(desk, province, viewer, learning):
    body = desk(viewer, OVERVIEW).content.decode()
    assert "5 of 12 required courses have been completed, 41.6%." in body
    assert "4 more completions are needed for the target of 75%." in body
    make.assign(make.make_course("Kỹ năng số"), province.root, make.in_days(30))
    assert "different targets" in desk(viewer, OVERVIEW).content.decode()
    assert "target of 75%" in desk(viewer, OVERVIEW, khoa_hoc=province.course.pk).content.decode()


def test_units_worst_first_on_screen_in_the_workbook_and_in_the_csv(desk, province, viewer, learning):
    former = make.in_days(-6).isoformat()
    for asked in ({}, {"ngay": former}, {"don_vi": province.home_affairs.pk}, {"khoa_hoc": province.course.pk}):
        shown = tables_of(desk(viewer, OVERVIEW, tat_ca="1", **asked))["unit-table"][1:]
        assert len(shown) >= 2
        rates = [float(row[3].rstrip("%")) for row in shown if row[3]]
        assert rates == sorted(rates)
        assert sheet_of(desk(viewer, f"{OVERVIEW}don-vi.xlsx", **asked), OVERVIEW_UNIT_COLUMNS) == shown
        heading, *lines = csv_of_bytes(desk(viewer, f"{OVERVIEW}don-vi.csv", **asked))
        assert heading == labels(OVERVIEW_UNIT_COLUMNS)
        assert [[line[0], *line[1:3], line[4]] for line in lines] == [[row[0], *row[1:3], row[4]] for row in shown]
        assert [_percent(line[3]) for line in lines] == [row[3] for row in shown]


def csv_of_bytes(response) -> list[list[str]]:
    response.streaming_content = [response.content]
    return csv_of(response)


def _percent(cell: str) -> str:
    return f"{Decimal(cell) * 100:.1f}%" if cell else ""


def test_people_of_a_former_day_are_the_same_on_screen_and_in_both_files(desk, viewer, learning):
    asked = {"ngay": make.in_days(-2).isoformat(), "dien": "tinh-ty-le"}
    shown = people_of(desk(viewer, **asked))
    assert len(shown) == 12
    assert sheet_of(desk(viewer, "xuat.xlsx", **asked), PEOPLE_COLUMNS) == shown
    _heading, *lines = csv_of(desk(viewer, "xuat.csv", **asked))
    assert [line[0] for line in lines] == [row[0] for row in shown]


def test_kinds_of_people_and_their_lists(desk, viewer, learning):
    tables = tables_of(desk(viewer, OVERVIEW))
    assert tables["kind-table-1"][1:] == [
        ["Leader or manager", "3", "1", "33.3%"],
        ["Professional staff", "9", "4", "44.4%"],
    ]
    assert tables["kind-table-2"][1:] == [["Civil servant", "6", "3", "50.0%"], ["Public employee", "6", "2", "33.3%"]]
    assert [row[0] for row in tables["kind-table-3"][1:]] == ["Leaders and managers", "Not leading others"]
    assert tables["kind-table-4"][1:] == [["Female", "1", "1", "100.0%"], ["Not recorded", "11", "4", "36.3%"]]
    assert names_of(desk(viewer, nhom="gioi-female")) == ["Nguyễn Văn A"]
    assert len(names_of(desk(viewer, nhom="lanh-dao"))) == 3
    assert len(names_of(desk(viewer, nhom="loai-civil_servant"))) == 6


def test_without_gender_held_there_is_no_table_of_it_and_never_one_of_ethnicity(desk, viewer, province, learning):
    learning[0].gender = ""
    learning[0].save()
    response = desk(viewer, OVERVIEW)
    assert "kind-table-4" not in tables_of(response)
    assert "ethnic" not in response.content.decode().lower()


def test_the_definition_gives_each_count_and_names_the_exempt(desk, province, viewer, learning):
    Exemption.objects.create(
        person=learning[2],
        course=province.course,
        kind=ExemptionKind.EXEMPTION,
        state=ExemptionState.APPROVED,
        reason="Nghỉ thai sản",
        valid_from=make.today(),
        decided_at=timezone.now(),
    )
    obligations.evaluate_people([learning[2].pk])
    body = desk(viewer, OVERVIEW).content.decode()
    assert "How is this number counted?" in body
    assert "5/11 = 45.4%" in body
    assert "<dt>Exempt, outside the denominator</dt><dd>1</dd>" in body
    before = desk(viewer, OVERVIEW, ngay=make.in_days(-1).isoformat()).content.decode()
    assert "<dt>Exempt, outside the denominator</dt><dd>0</dd>" in before


def test_a_head_sees_their_own_learning_first(desk, province, learning):
    head = learning[1]
    province.home_affairs.head = head
    province.home_affairs.save()
    body = desk(head, OVERVIEW).content.decode()
    assert body.index("First your own learning") < body.index("required courses have been completed")
    assert "1 of 1 required course completed." in body
    assert "First your own learning" not in desk(make.make_hr(province.root), OVERVIEW).content.decode()


# --- the day ---


def test_who_moved_counts_on_a_former_day_where_they_were_then(desk, province, viewer, learning):
    postings.transfer(learning[2].postings.get(), province.home_affairs, on=make.in_days(-2), actor=None)
    then, now = make.in_days(-3).isoformat(), make.today().isoformat()

    def required(day):
        rows = tables_of(desk(viewer, OVERVIEW, ngay=day, tat_ca="1"))["unit-table"][1:]
        return {row[0]: row[1] for row in rows}

    assert required(then) == {"Sở Nội vụ": "8", "Sở Xây dựng": "4", "Tỉnh Lam Giang (directly)": ""} or required(
        then
    ) == {"Sở Nội vụ": "8", "Sở Xây dựng": "4"}
    assert required(now) == {"Sở Nội vụ": "9", "Sở Xây dựng": "3"}


def test_a_unit_that_went_to_another_superior_is_counted_there_then_but_its_people_are_not_named(
    desk, province, learning
):
    officer = make.make_hr(province.home_affairs)
    move_unit(province.one_stop, province.construction, make.in_days(-2))
    then = make.in_days(-3).isoformat()
    response = desk(officer, ngay=then, dien="tinh-ty-le")
    assert "Counted: each course required" in response.content.decode()
    assert tables_of(desk(officer, OVERVIEW, ngay=then, tat_ca="1"))["unit-table"][1:] != []
    assert len(names_of(response)) == 4
    assert "4 rows are counted but not listed" in response.content.decode()
    assert len(csv_of(desk(officer, "xuat.csv", ngay=then, dien="tinh-ty-le"))) == 5
    assert len(names_of(desk(officer, dien="tinh-ty-le"))) == 4


def test_nonsense_and_days_to_come_are_left_out_and_said_so(desk, viewer, learning):
    for value in ("2026-99-99", "hom-nay", make.in_days(1).isoformat()):
        response = desk(viewer, OVERVIEW, ngay=value)
        assert response.status_code == 200
        assert f"ngay={value}" in response.content.decode()


# --- the months ---


def months(**rates) -> dict:
    return {make.in_days(-days): Counts(obliged=100, fulfilled=done) for days, done in rates.items()}


def test_the_forecast_in_one_sentence():
    def told(*points, target=90):
        return Trend.of({make.in_days(-days): Counts(obliged=100, fulfilled=done) for days, done in points}, target)

    rising = told((90, 10), (60, 20), (30, 30), (0, 40))
    assert rising.reached_on == make.in_days(150)
    assert f"{make.in_days(150):%d/%m/%Y}" in str(rising.sentence)
    assert told((90, 10), (0, 10)).reached_on is None
    assert told((90, 40), (0, 10)).reached_on is None
    assert told((30, 89), (0, 95)).reached_on is None
    assert told((90, 10), (0, 40), target=None).reached_on is None
    assert told((90, 1000 // 100), (0, 11)).reached_on is None  # too slow to tell
    assert told((5, 10), (0, 40)).pace is None
    assert told((0, 40)).is_drawn is False
    drawn = Drawing(rising, 460, 330)
    assert drawn.line.startswith("M34.0 ") and drawn.ahead.endswith(f"{drawn._y(90):.1f}")


def test_months_are_fixed_when_they_are_over(province, learning):
    keeping.keep_months()
    days = keeping.month_ends(make.today(), keeping.MONTHS)
    assert [day.day for day in days[-1:]] == [(make.today().replace(day=1) - timedelta(days=1)).day]
    before = list(MonthFigures.objects.order_by("pk").values_list())
    make.make_person("Người đến muộn", province.one_stop)
    keeping.keep_months()
    assert list(MonthFigures.objects.order_by("pk").values_list()) == before


def test_kept_figures_say_the_same_as_counting_now(desk, province, viewer, learning, monkeypatch):
    live = desk(viewer, OVERVIEW, tat_ca="1")
    keeping.keep_present()
    assert PresentFigures.objects.filter(course=None).exists()
    still_live = desk(viewer, OVERVIEW, tat_ca="1")
    monkeypatch.setattr(kept, "LIVE_UP_TO", 5)
    ready = desk(viewer, OVERVIEW, tat_ca="1")
    assert "every quarter of an hour" in text_of(ready) and "every quarter of an hour" not in text_of(still_live)
    assert tables_of(ready) == tables_of(live)
    assert card_numbers(ready) == card_numbers(live)
    # What has changed since is written by the next count, and by that alone.
    make.complete(learning[2], province.course, make.today())
    assert card_numbers(desk(viewer, OVERVIEW)) == card_numbers(live)
    keeping.keep_present()
    assert card_numbers(desk(viewer, OVERVIEW))[0] == card_numbers(live)[0] - 1


def test_figures_kept_on_another_day_are_not_used(desk, viewer, learning, monkeypatch):
    keeping.keep_present()
    FiguresKept.objects.update(day=make.in_days(-1))
    monkeypatch.setattr(kept, "LIVE_UP_TO", 5)
    assert "every quarter of an hour" not in text_of(desk(viewer, OVERVIEW))


# --- who sees what ---


def test_nothing_of_another_unit_in_numbers_names_choices_or_errors(desk, province, learning):
    officer = make.make_hr(province.construction)
    outside = [person.full_name for number, person in enumerate(learning) if number % 3 != 2]
    asked = [
        {},
        {"tat_ca": "1"},
        {"ngay": make.in_days(-1).isoformat()},
        {"nhom": "lanh-dao"},
        {"khoa_hoc": province.course.pk},
        {"trang_thai": "hoan-thanh"},
        {"q": "Nguyễn"},
    ]
    for path in (OVERVIEW, f"{OVERVIEW}don-vi.xlsx", f"{OVERVIEW}don-vi.csv", "", "xuat.xlsx", "xuat.csv"):
        for parameters in asked:
            text = text_of(desk(officer, path, **parameters))
            assert not [name for name in outside if name in text], (path, parameters)
            assert "Phòng Một cửa" not in text and "Sở Nội vụ" not in text, (path, parameters)
        for unit in (province.home_affairs, province.root):
            response = desk(officer, path, don_vi=unit.pk)
            assert response.status_code == 404
            assert unit.name not in response.content.decode()
    body = desk(officer, OVERVIEW).content.decode()
    assert "0 of 4 required courses have been completed" in body


@pytest.mark.parametrize(
    "path", [OVERVIEW, f"{OVERVIEW}don-vi.xlsx", f"{OVERVIEW}don-vi.csv", "khoa-hoc-cung-phu-trach/"]
)
def test_observers_learners_and_other_desks_are_refused(desk, province, learning, path):
    for role in (Role.OBSERVER, Role.COURSE_AUTHOR, Role.PRESS_OFFICER):
        assert desk(make.make_hr(province.root, role=role), path).status_code == 403
    assert desk(learning[0], path).status_code == 403


def test_a_unit_in_shared_care_sees_figures_elsewhere_and_no_small_group(desk, province):
    for number in range(12):
        make.complete(make.make_person(f"Người {number}", province.home_affairs), province.course) if number < 6 else (
            make.make_person(f"Người {number}", province.home_affairs)
        )
    third = make.make_unit("Sở Tư pháp", province.root)
    for number in range(3):
        make.make_person(f"Ít người {number}", third)
    mine = make.make_person("Người của tôi", province.construction)
    make.assign(province.course, province.root, make.in_days(5))
    make.complete(mine, province.course)
    officer = make.make_hr(province.construction)
    where = "khoa-hoc-cung-phu-trach/"
    assert "No course is in the care of your units" in text_of(desk(officer, where))
    assert desk(officer, where, khoa_hoc=province.course.pk).status_code == 404
    care = CourseCoOwner.objects.create(course=province.course, unit=province.construction, sees_figures=False)
    assert desk(officer, where, khoa_hoc=province.course.pk).status_code == 404
    care.sees_figures = True
    care.save()
    response = desk(officer, where)
    lines = tables_of(response)["unit-table"][1:]
    assert [(line[1], line[2]) for line in lines] == [("15", "6")]  # together: three are too few to stand alone
    assert "Người" not in text_of(response) and "Ít người" not in text_of(response)
    assert "Sở Xây dựng" not in str(lines)
    assert "khoa-hoc-cung-phu-trach" in text_of(desk(officer, OVERVIEW))


# --- queries ---


def queries_of(client, viewer, path, **asked) -> int:
    client.force_login(viewer)
    client.get(f"/nhan-su/{path}", asked)  # content types, permissions and the like are cached now
    with CaptureQueriesContext(connection) as context:
        assert client.get(f"/nhan-su/{path}", asked).status_code == 200
    return len(context.captured_queries)


@pytest.mark.parametrize("is_kept", [False, True])
@pytest.mark.parametrize("asked", [{}, {"khoa_hoc": "course"}, {"ngay": "former"}])
def test_at_most_twelve_queries_for_one_unit_and_for_many(client, province, monkeypatch, is_kept, asked):
    viewer = make.make_person("Trần Thị Hoa", province.root)
    province.root.head = viewer
    province.root.save()
    known = {"course": province.course.pk, "former": make.in_days(-1).isoformat()}
    asked = {name: known[value] for name, value in asked.items()}
    make.assign(province.course, province.root, make.in_days(5))

    def grow(size):
        for _number in range(size):
            unit = make.make_unit("Sở mới", province.root)
            for person in range(size):
                make.make_person(f"Lê Văn {person}", unit, is_manager=bool(person))
            make.assign(make.make_course("Khóa mới"), unit, make.in_days(3))
        for rule in Assignment.objects.all():
            obligations.evaluate_rule(rule)
        if is_kept:
            keeping.keep_present()
            keeping.keep_months()
            keeping.keep_day(make.in_days(-1))

    if is_kept:
        monkeypatch.setattr(kept, "LIVE_UP_TO", 0)
        monkeypatch.setattr(keeping, "FRESH", timedelta(0))
        monkeypatch.setattr(kept, "FRESH", timedelta(hours=1))
    grow(1)
    few = queries_of(client, viewer, OVERVIEW, **asked)
    grow(3)
    assert queries_of(client, viewer, OVERVIEW, **asked) == few <= 12
