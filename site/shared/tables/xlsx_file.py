"""A table as an Excel workbook: real days and numbers, title and notes above, a heading to filter by."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import BinaryIO

from xlsxwriter import Workbook

from .columns import Column, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TEXT = 32_767  # of an Excel cell
MOST_LINES = 1_048_576  # of an Excel sheet
_LONGEST_NAME = 31  # of an Excel sheet
_FORBIDDEN_IN_NAMES = str.maketrans("", "", "[]:*?/\\'")


def to_xlsx(*tables: Table) -> bytes:
    """A workbook with one sheet a table, as bytes: for lists of some thousand rows."""
    buffer = BytesIO()
    write_xlsx(buffer, *tables)
    return buffer.getvalue()


def write_xlsx(file: BinaryIO, *tables: Table, folder: str | None = None) -> None:
    """A workbook with one sheet a table, written row by row so that memory does not grow with the rows.

    Every text is written as text: what begins with = + - or @ is never a formula. A list longer than a sheet goes
    on in further ones. The sheets are kept in `folder` until the workbook is put together.
    """
    with open_workbook(file, folder) as book:
        formats = _formats(book)
        for table in tables:
            _write_sheets(book, table, formats)


def open_workbook(file: BinaryIO, folder: str | None = None) -> Workbook:
    """A workbook that turns no text into a formula, a link or a number, and lets go of each row once it is written."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "tmpdir": folder,
    }
    return Workbook(file, options)


def _formats(book) -> dict:
    middle = {"valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "note": book.add_format({"font_color": "#574E43"}),
        "head": book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom"}),
        "text": book.add_format(middle | {"text_wrap": True}),
        "day": book.add_format(middle | {"num_format": "dd/mm/yyyy", "align": "left"}),
        "whole": book.add_format(middle | {"num_format": "#,##0"}),
        "decimal": book.add_format(middle | {"num_format": "#,##0.##"}),
        "share": book.add_format(middle | {"num_format": "0.0%"}),
    }


def _write_sheets(book, table: Table, formats: dict) -> None:
    sheet, head = _begin_sheet(book, table, formats, 1)
    line, number = head, 1
    for row in table.rows:
        if line + 1 >= MOST_LINES:
            _end_sheet(sheet, table, head, line)
            number += 1
            sheet, head = _begin_sheet(book, table, formats, number)
            line = head
        line += 1
        for index, column in enumerate(table.columns):
            write_cell(sheet, line, index, column, column.value_of(row), formats)
    _end_sheet(sheet, table, head, line)


def _begin_sheet(book, table: Table, formats: dict, number: int):
    """A sheet with title, notes and heading; returns it with the line of the heading."""
    name = table.title.translate(_FORBIDDEN_IN_NAMES)
    after = f" ({number})" if number > 1 else ""
    sheet = book.add_worksheet(name[: _LONGEST_NAME - len(after)] + after)
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, column.width)
    sheet.write_string(0, 0, table.title, formats["title"])
    notes = table.head_lines()
    for index, note in enumerate(notes, start=1):
        sheet.write_string(index, 0, note, formats["note"])
    head = len(notes) + 2  # an empty row between the notes and the heading
    for index, label in enumerate(table.labels()):
        sheet.write_string(head, index, label, formats["head"])
    return sheet, head


def _end_sheet(sheet, table: Table, head: int, last: int) -> None:
    sheet.autofilter(head, 0, last, len(table.columns) - 1)
    sheet.freeze_panes(head + 1, 0)
    _for_paper(sheet, head)


def write_cell(sheet, line: int, index: int, column: Column, value, formats: dict) -> None:
    """A value as what it is: a real day, number or share, or a text that is never read as a formula."""
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(line, index, value, formats["day"])
    elif isinstance(value, int | Decimal):
        kind = "share" if column.percent else "whole" if isinstance(value, int) else "decimal"
        sheet.write_number(line, index, value, formats[kind])
    else:
        sheet.write_string(line, index, value[:LONGEST_TEXT], formats["text"])


def _for_paper(sheet, head: int) -> None:
    """A4 lying down, as wide as the table, the heading on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
