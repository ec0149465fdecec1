"""The list of people: order, search, filters in the address, pages, one person's record."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import Certificate
from people.domain.units import rebuild_closure
from people.models import Unit
from tests.reports import factories as make
from tests.reports.reading import csv_of, names_of, people_of, tables_of

PAGE_LINK = re.compile(r'href="\?([^"#]*trang=\d+)')


@pytest.fixture
def viewer(province):
    return make.make_hr(province.root)


@pytest.fixture
def staffed(province, viewer):
    """People whose given names lie close together, all with the course to do."""
    names = [
        "Đặng Văn Đức",
        "Lê Hoàng Ân",
        "Bùi Đức An",
        "Hoàng Thị Ánh",
        "Vũ Tiến Dũng",
        "Nguyễn Văn An",
        "Trần Thị Ẩn",
        "Nông Văn Chiến",
        "Phạm Thị Dung",
        "Nguyễn Thị An",
    ]
    people = [make.make_person(name, province.home_affairs) for name in names]
    make.assign(province.course, province.root, make.in_days(5))
    return people


def addresses_of_pages(response) -> list[str]:
    return [found.replace("&amp;", "&") for found in PAGE_LINK.findall(response.content.decode())]


def test_people_stand_in_the_order_of_given_names(desk, viewer, staffed):
    assert names_of(desk(viewer)) == [
        "Bùi Đức An",
        "Nguyễn Thị An",
        "Nguyễn Văn An",
        "Hoàng Thị Ánh",
        "Lê Hoàng Ân",
        "Trần Thị Ẩn",
        "Nông Văn Chiến",
        "Phạm Thị Dung",
        "Vũ Tiến Dũng",
        "Đặng Văn Đức",
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nguyen", ["Nguyễn Thị An", "Nguyễn Văn An"]),
        ("NGUYỄN VĂN", ["Nguyễn Văn An"]),
        ("duc", ["Bùi Đức An", "Đặng Văn Đức"]),
        ("đức", ["Bùi Đức An", "Đặng Văn Đức"]),
        ("Duc an", ["Bùi Đức An"]),
        ("  anh ", ["Hoàng Thị Ánh"]),
        ("khong-co-ai", []),
        ("%", None),
        ("_", None),
    ],
)
def test_search_without_marks(desk, viewer, staffed, typed, found):
    response = desk(viewer, q=typed)
    if found is None:  # nothing but punctuation: not a name, said so and left out
        assert len(names_of(response)) == len(staffed)
        assert "were not understood" in response.content.decode()
    else:
        assert names_of(response) == found


def test_search_by_staff_number(desk, viewer, staffed):
    assert names_of(desk(viewer, q=staffed[0].staff_number.lower())) == ["Đặng Văn Đức"]


def test_search_narrows_the_list_and_not_the_figures(desk, viewer, staffed):
    text = desk(viewer, q="duc").content.decode()
    assert "0 of 10 required courses" in text
    assert "name or staff number contains “duc”" in text


def test_namesakes_keep_their_courses_together(desk, province, viewer):
    second = make.make_course("Kỹ năng số")
    people = [make.make_person("Lê Văn An", province.home_affairs) for _number in range(3)]
    for course in (province.course, second):
        make.assign(course, province.root, make.in_days(5))
    assert [(row[1], row[4]) for row in people_of(desk(viewer))] == [
        (person.staff_number, title) for person in people for title in ("Văn hóa công vụ", "Kỹ năng số")
    ]


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("hoan-thanh", ["Lê Văn A"]),
        ("dang-hoc", ["Lê Văn B"]),
        ("chua-hoc", ["Lê Văn C", "Lê Văn D"]),
        ("qua-han", ["Lê Văn B", "Lê Văn C"]),
        ("sap-den-han", ["Lê Văn D"]),
    ],
)
def test_states(desk, province, viewer, state, names):
    done, begun, _waiting = (make.make_person(f"Lê Văn {letter}", province.home_affairs) for letter in "ABC")
    make.make_person("Lê Văn D", province.construction)
    make.assign(province.course, province.home_affairs, make.in_days(-1))
    make.assign(province.course, province.construction, make.in_days(7))
    make.complete(done, province.course)
    make.begin(begun, province.course)
    assert names_of(desk(viewer, trang_thai=state)) == names


def test_due_today_is_not_overdue_and_in_eight_days_not_soon(desk, province, viewer):
    make.make_person("Lê Văn A", province.home_affairs)
    make.make_person("Lê Văn B", province.construction)
    make.assign(province.course, province.home_affairs, make.today())
    make.assign(province.course, province.construction, make.in_days(8))
    assert names_of(desk(viewer, trang_thai="qua-han")) == []
    assert names_of(desk(viewer, trang_thai="sap-den-han")) == ["Lê Văn A"]


def test_filters_combine_and_stand_in_the_form_again(desk, province, viewer, staffed):
    make.make_person("Nguyễn Văn Đức", province.construction)
    make.assign(province.course, province.construction, make.in_days(5))
    asked = {
        "don_vi": province.home_affairs.pk,
        "khoa_hoc": province.course.pk,
        "trang_thai": "chua-hoc",
        "q": "duc",
    }
    response = desk(viewer, **asked)
    assert names_of(response) == ["Bùi Đức An", "Đặng Văn Đức"]
    text = response.content.decode()
    for value in (province.home_affairs.pk, province.course.pk, "chua-hoc"):
        assert f'<option value="{value}" selected>' in text
    assert 'name="q" value="duc"' in text
    assert f'<input type="hidden" name="don_vi" value="{province.home_affairs.pk}">' in text


@pytest.mark.parametrize(
    "asked",
    [
        {"don_vi": "abc"},
        {"don_vi": "-1"},
        {"don_vi": "1.5"},
        {"khoa_hoc": "' OR 1=1"},
        {"trang_thai": "xong"},
        {"dien": "2"},
        {"rieng": "yes"},
        {"q": "x" * 500},
    ],
)
def test_nonsense_is_left_out_and_said_so(desk, viewer, staffed, asked):
    response = desk(viewer, **asked)
    assert response.status_code == 200
    assert len(names_of(response)) == 10
    assert "These filters were not understood and are left out" in response.content.decode()
    assert len(csv_of(desk(viewer, "xuat.csv", **asked))) == 11


def test_what_was_typed_is_shown_as_text(desk, viewer, staffed):
    text = desk(viewer, q='"><script>alert(1)</script>', trang_thai="<b>").content.decode()
    assert "<script>alert" not in text
    assert "=<b>" not in text


def test_pages_of_fifty_keep_the_filters(desk, province, viewer, client):
    for number in range(112):
        make.make_person(f"Nguyễn Văn {chr(65 + number % 26)}", province.home_affairs)
    make.make_person("Lê Thị Hoa", province.home_affairs)
    make.assign(province.course, province.root, make.in_days(5))
    first = desk(viewer, q="nguyen", trang_thai="chua-hoc", don_vi=province.home_affairs.pk)
    assert len(people_of(first)) == 50
    assert "1 to 50 of 112" in first.content.decode()
    addresses = addresses_of_pages(first)
    assert addresses
    for address in addresses:
        for part in ("q=nguyen", "trang_thai=chua-hoc", f"don_vi={province.home_affairs.pk}"):
            assert part in address
    last = client.get(f"/nhan-su/?{addresses[-2]}")  # before “Next”
    assert "101 to 112 of 112" in last.content.decode()
    shown = [row for page in (1, 2, 3) for row in people_of(desk(viewer, q="nguyen", trang=page))]
    assert len({row[1] for row in shown}) == 112


@pytest.mark.parametrize("number", ["0", "-1", "abc", "99999999999999999999"])
def test_pages_that_do_not_exist_show_one_that_does(desk, viewer, staffed, number):
    assert len(names_of(desk(viewer, trang=number))) == 10


def test_long_tables_of_units_begin_with_the_ten_worst(desk, province, viewer):
    for number in range(12):
        make.make_person("Lê Văn An", make.make_unit(f"Xã số {number:02d}", province.root))
    make.assign(province.course, province.root, make.in_days(5))
    response = desk(viewer)
    assert len(tables_of(response)["unit-table"]) == 1 + 10
    assert "Show all 14 units" in response.content.decode()
    assert len(tables_of(desk(viewer, tat_ca="1"))["unit-table"]) == 1 + 14


def test_nobody_found_offers_the_way_back(desk, viewer, staffed):
    text = desk(viewer, q="khong co").content.decode()
    assert "Nobody is found with these filters." in text
    assert "Show all" in text


def test_figures_are_grouped_and_addresses_are_not(desk, province, viewer, staffed, monkeypatch):
    monkeypatch.setattr("reports.page.ROWS_A_PAGE", 1)
    monkeypatch.setattr("reports.desk.Desk.found_count", 1284)
    text = desk(viewer, trang=3).content.decode()
    assert "3 to 3 of 1,284" in text
    assert "Excel (.xlsx, 1,284 rows)" in text
    assert "trang=1284&amp;cuoi=1#people" in text


def test_figures_carry_their_time(desk, viewer, staffed):
    text = desk(viewer).content.decode()
    assert re.search(r"Data as of \d\d:\d\d, " + f"{make.today():%d/%m/%Y}", text)


def test_ids_above_999_are_not_written_with_a_thousands_separator(desk, province, viewer, client):
    client.cookies["language"] = "vi"
    far = Unit.objects.create(pk=123_456, code="FAR", name="Sở Tài chính", active_from=make.LONG_AGO)
    rebuild_closure()
    officer = make.make_hr(far, name="Cán bộ Hai")
    person = make.make_person("Lê Văn An", far)
    make.begin(person, province.course)
    client.force_login(officer)
    text = client.get("/nhan-su/", {"q": "an"}).content.decode()
    assert "123456" in text
    assert "123.456" not in text


# --- one person's record ---


def test_the_record_shows_courses_completions_and_register_numbers(desk, province, viewer):
    person = make.make_person("Đặng Văn Đức", province.one_stop, position_title="Trưởng phòng")
    second = make.make_course("Kỹ năng số")
    make.assign(province.course, province.root, make.in_days(5))
    completion = make.complete(
        person,
        province.course,
        make.in_days(-3),
        unit=province.construction,
        unit_name="Sở Xây dựng",
        position_title="Chuyên viên",
    )
    Certificate.objects.create(
        completion=completion,
        person=person,
        code="7KQ4-M9TX-2HRP",
        issuer="SỞ NỘI VỤ",
        year=2026,
        number=118,
        kind="completion",
        wording={"result": "24/30 điểm"},
        issued_at=completion.completed_at,
    )
    make.begin(person, second, done=1)
    response = desk(viewer, f"nguoi/{person.pk}/")
    tables = tables_of(response)
    day = f"{make.in_days(-3):%d/%m/%Y}"
    assert tables["courses-table"][1:] == [
        ["Văn hóa công vụ", "2", "2", "Completed", f"{make.in_days(5):%d/%m/%Y}", "", day, "", ""],
        ["Kỹ năng số", "1", "2", "In progress", "", "", "", "", ""],
    ]
    assert tables["evidence-table"][1:] == [
        ["Văn hóa công vụ", "1", day, "60", "Sở Xây dựng", "Chuyên viên", "118/2026", "Valid"]
    ]
    text = response.content.decode()
    assert "Phòng Một cửa, Sở Nội vụ" in text
    assert "24/30" not in text


def test_the_record_of_a_beginner_says_that_it_is_empty(desk, province, viewer):
    person = make.make_person("Lê Văn An", province.home_affairs)
    text = desk(viewer, f"nguoi/{person.pk}/").content.decode()
    assert "No course has been assigned or begun." in text
    assert "No course has been completed yet." in text


def test_the_record_keeps_every_completion(desk, province, viewer):
    person = make.make_person("Lê Văn An", province.home_affairs)
    for cycle in (1, 2):
        make.complete(person, province.course, make.in_days(-100 + cycle), cycle=cycle)
    tables = tables_of(desk(viewer, f"nguoi/{person.pk}/"))
    assert len(tables["courses-table"][1:]) == 1
    assert [row[2] for row in tables["evidence-table"][1:]] == [
        f"{make.in_days(-98):%d/%m/%Y}",
        f"{make.in_days(-99):%d/%m/%Y}",
    ]


# --- queries ---


def _queries_of(desk, viewer, path, **asked) -> int:
    desk(viewer, path, **asked)  # content types, permissions and the like are cached now
    with CaptureQueriesContext(
        connection,
    ) as context:
        response = desk(viewer, path, **asked)
        assert response.status_code == 200
        if response.streaming:
            list(response.streaming_content)
    return len(context.captured_queries)


@pytest.mark.parametrize("path", ["", "xuat.xlsx", "xuat.csv", "person"])
@pytest.mark.parametrize("with_course", [False, True])
def test_queries_do_not_grow(desk, province, viewer, path, with_course):
    def grow(size: int):
        for _number in range(size):
            unit = make.make_unit("Sở mới", province.root)
            below = make.make_unit("Phòng mới", unit)
            course = make.make_course("Khóa mới")
            chosen = make.make_course("Khóa tự chọn")
            people = [make.make_person("Lê Văn An", place) for place in (unit, below) for _ in range(size)]
            make.assign(course, province.root, make.in_days(-1))
            for person in [*people, *first]:
                make.complete(person, course)
                make.begin(person, chosen, done=1)
        make.assign(province.course, province.root, make.in_days(5))

    first: list = []
    grow(1)
    first.append(make.make_person("Bùi Đức An", province.home_affairs))
    make.begin(first[0], province.course, done=1)
    make.complete(first[0], make.make_course("Khóa đầu"))
    where = f"nguoi/{first[0].pk}/" if path == "person" else path
    asked = {"khoa_hoc": province.course.pk} if with_course else {}
    few = _queries_of(desk, viewer, where, **asked)
    grow(3)
    assert _queries_of(desk, viewer, where, **asked) == few
    assert few <= 22


def test_whoever_asks_for_people_meets_them_before_the_units(desk, viewer, staffed):
    for asked, people_first in (({}, False), ({"trang_thai": "chua-hoc"}, True), ({"q": "an"}, True)):
        text = desk(viewer, **asked).content.decode()
        assert (text.index('id="people"') < text.index('id="by-unit"')) is people_first, asked
