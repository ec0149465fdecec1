"""Workbooks as HR offices send them, made for the tests. Every name in them is made up (minh họa)."""

from datetime import date
from io import BytesIO

from xlsxwriter import Workbook

COMMUNE_HEADING = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Số hiệu CBCCVC", "Đơn vị", "Chức vụ", "Loại",
    "Email công vụ", "Điện thoại",
)  # fmt: skip


def workbook(*sheets, hidden=()) -> bytes:
    """A workbook of (name, function that writes the sheet); dates are written as real dates."""
    buffer = BytesIO()
    book = Workbook(buffer, {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, write in sheets:
        sheet = book.add_worksheet(name)
        sheet.day = day
        write(sheet)
        if name in hidden:
            sheet.hide()
    book.close()
    return buffer.getvalue()


def table(rows, heading=COMMUNE_HEADING, first=0):
    """Writes a plain table; a cell may be text, number, date or None."""

    def write(sheet):
        for index, cells in enumerate([heading, *rows], start=first):
            put(sheet, index, cells)

    return write


def put(sheet, line: int, cells) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, date):
            sheet.write_datetime(line, column, cell, sheet.day)
        elif cell is not None:
            sheet.write(line, column, cell)


def plain(rows, heading=COMMUNE_HEADING) -> bytes:
    return workbook(("Danh sách", table(rows, heading)))


def person(number: int, name: str, **cells):
    """A clean row under COMMUNE_HEADING; `cells` override by column key."""
    values = {
        "ordinal": number,
        "full_name": name,
        "birth_date": date(1985, 3, number % 27 + 1),
        "gender": "Nam",
        "national_id": f"0990850{number:05d}",
        "staff_number": f"TS{number:04d}",
        "unit": "UBND xã Thượng Sơn",
        "position_title": "Chuyên viên",
        "employment_type": "CC",
        "work_email": f"ts{number}@lamgiang.example",
        "phone": f"01000{number:05d}",
    } | cells
    return tuple(values.values())
