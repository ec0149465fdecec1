"""One column definition feeds the page, the XLSX and the CSV, and no cell of a file is ever computed."""

import csv
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.utils import translation
from python_calamine import CalamineWorkbook

from shared.tables import Column, Table, to_csv, to_xlsx


@dataclass
class Line:
    name: str
    people: int
    share: Decimal | None
    day: date | None


COLUMNS = (
    Column("name", "Họ và tên", lambda line: line.name, width=30),
    Column("people", "Số người", lambda line: line.people, align="right"),
    Column("share", "Tỷ lệ", lambda line: line.share, align="right", percent=True),
    Column("day", "Ngày", lambda line: line.day),
)
LINES = [
    Line("Nguyễn Thị Ánh", 1284, Decimal("0.708"), date(2026, 11, 22)),
    Line("Đặng Văn Đức", 0, None, None),
]


def table(rows=LINES, **changes):
    usual = {"title": "Danh sách", "columns": COLUMNS, "rows": rows, "notes": ["Số liệu lúc 08:15"]}
    return Table(**(usual | changes))


def sheet_of(content: bytes, index: int = 0):
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(index).to_python()


def below_heading(lines):
    start = next(index for index, line in enumerate(lines) if line[0] == "Họ và tên")
    return lines[start + 1 :]


def csv_lines(content: bytes):
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def test_people_read_dates_and_numbers_as_offices_write_them():
    with translation.override("vi"):
        texts = [[cell.text for cell in cells] for _row, cells in table().lines()]
    assert texts == [["Nguyễn Thị Ánh", "1.284", "70,8%", "22/11/2026"], ["Đặng Văn Đức", "0", "", ""]]


def test_xlsx_has_real_numbers_and_days():
    first, second = below_heading(sheet_of(to_xlsx(table())))
    assert first == ["Nguyễn Thị Ánh", 1284.0, 0.708, date(2026, 11, 22)]
    assert second == ["Đặng Văn Đức", 0.0, "", ""]


def test_xlsx_has_title_notes_and_the_demo_mark_above_the_heading(settings):
    settings.DEMO_CONTENT = True
    lines = sheet_of(to_xlsx(table()))
    above = [line[0] for line in lines[:5]]
    assert above == ["Danh sách", "Số liệu lúc 08:15", "Dữ liệu minh họa", "", "Họ và tên"]


def test_no_demo_mark_on_real_data(settings):
    settings.DEMO_CONTENT = False
    assert "Dữ liệu minh họa" not in [line[0] for line in sheet_of(to_xlsx(table()))]


def test_xlsx_heading_is_frozen_and_filterable_and_days_look_vietnamese():
    with ZipFile(BytesIO(to_xlsx(table()))) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
        styles = file.read("xl/styles.xml").decode()
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A5:D7"/>' in sheet
    assert "dd/mm/yyyy" in styles


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "＝", "\r="])
def test_what_looks_like_a_formula_stays_text(start):
    evil = f'{start}HYPERLINK("http://example.test","x")'
    rows = [Line(evil, 1, None, None)]
    content = to_xlsx(table(rows))
    with ZipFile(BytesIO(content)) as file:
        assert "<f>" not in file.read("xl/worksheets/sheet1.xml").decode()
    assert below_heading(sheet_of(content))[0][0].strip() == evil.strip()
    assert csv_lines(b"".join(to_csv(table(rows))))[1][0] == "'" + evil


def test_negative_numbers_are_not_taken_for_formulas():
    lines = csv_lines(b"".join(to_csv(table([Line("An", -3, Decimal("-0.5"), None)]))))
    assert lines[1] == ["An", "-3", "-0.5", ""]


def test_headings_of_csv_are_guarded_too():
    columns = (Column("name", "=1+1", lambda line: line.name),)
    assert csv_lines(b"".join(to_csv(table(columns=columns))))[0] == ["'=1+1"]


def test_csv_begins_with_the_mark_excel_needs_for_utf8_and_has_iso_days():
    content = b"".join(to_csv(table()))
    assert content.startswith(b"\xef\xbb\xbf")
    assert csv_lines(content) == [
        ["Họ và tên", "Số người", "Tỷ lệ", "Ngày"],
        ["Nguyễn Thị Ánh", "1284", "0.708", "2026-11-22"],
        ["Đặng Văn Đức", "0", "", ""],
    ]


def test_csv_streams():
    taken = []

    def endless():
        while True:
            taken.append(1)
            yield LINES[0]

    pieces = to_csv(table(endless()))
    next(pieces), next(pieces)
    assert len(taken) < 2000


def test_several_tables_are_several_sheets_and_names_excel_refuses_are_cut():
    content = to_xlsx(table(), table(title="Theo đơn vị: " + "x" * 40 + "/["))
    names = CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names
    assert names[0] == "Danh sách"
    assert len(names[1]) == 31
    assert names[1].startswith("Theo đơn vị x")
    assert sheet_of(content, 1)[0][0].startswith("Theo đơn vị: x")


def test_an_empty_table_still_has_its_heading():
    assert below_heading(sheet_of(to_xlsx(table([])))) == []
    assert len(csv_lines(b"".join(to_csv(table([]))))) == 1


def test_a_moment_is_refused_because_its_day_depends_on_the_time_zone():
    columns = (Column("at", "At", lambda line: datetime(2026, 11, 22, 23, 30)),)
    with pytest.raises(TypeError, match="'at'"):
        to_xlsx(table(columns=columns))
