"""The files say what the screen says: same rows, same order, under every filter; no cell is a formula."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from reports.columns import PEOPLE_COLUMNS, UNIT_COLUMNS
from tests.reports import factories as make
from tests.reports.reading import csv_of, labels, notes_of, people_of, sheet_of, tables_of


@pytest.fixture
def viewer(province):
    return make.make_hr(province.root)


@pytest.fixture
def learning(province):
    """Seventy people in three units in all states, some learning by choice: more than one page."""
    given = ["Ánh", "Ân", "An", "Đức", "Dũng", "Ẩn", "Chiến"]
    second = make.make_course("Kỹ năng số", ("everyone", "managers", "everyone"))
    places = (province.home_affairs, province.one_stop, province.construction)
    people = [
        make.make_person(f"Nguyễn Văn {given[number % 7]}", places[number % 3], is_manager=number % 2 == 0)
        for number in range(70)
    ]
    make.assign(province.course, province.home_affairs, make.in_days(-3))
    for number, person in enumerate(people):
        if number % 5 == 0:
            make.complete(person, province.course, make.in_days(-(number % 25)))
        elif number % 5 == 1:
            make.begin(person, province.course, done=1)
        if number % 4 == 0:
            make.begin(person, second, done=2)
    return second


def every_page(desk, viewer, **asked) -> list[list[str]]:
    rows, page = [], 1
    while True:
        response = desk(viewer, trang=page, **asked)
        rows += people_of(response)
        if 'rel="next"' not in response.content.decode():
            return rows
        page += 1


ASKED = [
    {},
    {"khoa_hoc": "course"},
    {"khoa_hoc": "second"},
    {"don_vi": "home_affairs"},
    {"don_vi": "home_affairs", "rieng": "1"},
    {"trang_thai": "qua-han"},
    {"trang_thai": "hoan-thanh", "dien": "tu-chon"},
    {"q": "an", "dien": "tinh-ty-le"},
    {"q": "nobody at all"},
]


def _ids(asked, province, second):
    known = {"course": province.course.pk, "second": second.pk, "home_affairs": province.home_affairs.pk}
    return {name: known.get(value, value) for name, value in asked.items()}


@pytest.mark.parametrize("asked", ASKED)
def test_the_workbook_is_the_screen(desk, province, viewer, learning, asked):
    asked = _ids(asked, province, learning)
    shown = every_page(desk, viewer, **asked)
    workbook = desk(viewer, "xuat.xlsx", **asked)
    assert sheet_of(workbook, PEOPLE_COLUMNS) == shown
    assert bool(shown) == (asked.get("q") != "nobody at all")
    units = tables_of(desk(viewer, tat_ca="1", **asked)).get("unit-table", [[]])[1:]
    assert sheet_of(workbook, UNIT_COLUMNS, index=1) == units


@pytest.mark.parametrize("asked", ASKED)
def test_the_csv_is_the_screen(desk, province, viewer, learning, asked):
    asked = _ids(asked, province, learning)
    shown = every_page(desk, viewer, **asked)
    heading, *lines = csv_of(desk(viewer, "xuat.csv", **asked))
    assert heading == labels(PEOPLE_COLUMNS)
    assert [[_as_shown(cell) for cell in line] for line in lines] == shown


def _as_shown(cell: str) -> str:
    try:
        return f"{date.fromisoformat(cell):%d/%m/%Y}" if len(cell) == 10 else cell
    except ValueError:
        return cell


def test_days_and_numbers_are_real(desk, province, viewer):
    person = make.make_person("Lê Văn An", province.home_affairs)
    other = make.make_person("Lê Văn Bình", province.home_affairs)
    make.assign(province.course, province.root, make.in_days(-2))
    make.begin(person, province.course, done=1)
    make.complete(other, province.course, make.in_days(-5))
    content = desk(viewer, "xuat.xlsx").content
    first, second = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()[-2:]
    assert first[5:] == [1.0, 2.0, "In progress", make.in_days(-2), 2.0, "", "", ""]
    assert second[5:] == [2.0, 2.0, "Completed", make.in_days(-2), "", make.in_days(-5), "", ""]


def test_the_workbook_says_of_whom_when_and_how_it_was_narrowed(desk, province, viewer, learning):
    response = desk(viewer, "xuat.xlsx", don_vi=province.home_affairs.pk, trang_thai="qua-han", q="an", rieng="x")
    notes = "\n".join(notes_of(response))
    for text in (
        "Course completion",
        "Data as of ",
        "Unit: Sở Nội vụ",
        "required courses have been completed",
        f"Counted: each course required on {make.today():%d/%m/%Y} of everybody posted in Sở Nội vụ then",
        "Only: Overdue; name or staff number contains “an”",
        "rieng=x",
        "Dữ liệu minh họa",
    ):
        assert text in notes


def test_names_that_look_like_formulas_stay_names(desk, province, viewer):
    evil = '=HYPERLINK("http://example.test","An")'
    make.make_person(evil, province.home_affairs, position_title="@SUM(A1)")
    make.assign(province.course, province.root, make.in_days(5))
    response = desk(viewer, "xuat.xlsx")
    with ZipFile(BytesIO(response.content)) as file:
        assert "<f>" not in file.read("xl/worksheets/sheet1.xml").decode()
    assert sheet_of(response, PEOPLE_COLUMNS)[0][0] == evil
    assert sheet_of(response, PEOPLE_COLUMNS)[0][3] == "@SUM(A1)"
    line = csv_of(desk(viewer, "xuat.csv"))[1]
    assert line[0] == "'" + evil
    assert line[3] == "'@SUM(A1)"
    assert people_of(desk(viewer))[0][0] == evil


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("xuat.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("xuat.csv", "text/csv; charset=utf-8"),
    ],
)
def test_files_are_named_and_typed(desk, viewer, path, kind):
    response = desk(viewer, path)
    assert response.headers["Content-Type"] == kind
    assert response.headers["Content-Disposition"].startswith('attachment; filename="hoan-thanh-khoa-hoc-20')
    assert path.split(".")[1] in response.headers["Content-Disposition"]


def test_a_streamed_file_speaks_the_readers_language(desk, client, province, viewer, learning):
    english = csv_of(desk(viewer, "xuat.csv"))
    assert {line[7] for line in english[1:]} == {"Completed", "In progress", "Not started"}
