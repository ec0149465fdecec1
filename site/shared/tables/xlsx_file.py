"""A table as an Excel workbook: real days and numbers, title and notes above, a heading to filter by."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook

from .columns import Column, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_TEXT = 32_767  # of an Excel cell
_LONGEST_NAME = 31  # of an Excel sheet
_FORBIDDEN_IN_NAMES = str.maketrans("", "", "[]:*?/\\'")


def to_xlsx(*tables: Table) -> bytes:
    """A workbook with one sheet a table, written row by row so that memory does not grow with the rows.

    Every text is written as text: what begins with = + - or @ is never a formula.
    """
    buffer = BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(buffer, options) as book:
        formats = _formats(book)
        for table in tables:
            _write_sheet(book, table, formats)
    return buffer.getvalue()


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


def _write_sheet(book, table: Table, formats: dict) -> None:
    sheet = book.add_worksheet(table.title.translate(_FORBIDDEN_IN_NAMES)[:_LONGEST_NAME])
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, column.width)
    sheet.write_string(0, 0, table.title, formats["title"])
    notes = table.head_lines()
    for index, note in enumerate(notes, start=1):
        sheet.write_string(index, 0, note, formats["note"])
    head = len(notes) + 2  # an empty row between the notes and the heading
    for index, label in enumerate(table.labels()):
        sheet.write_string(head, index, label, formats["head"])
    last = head
    for last, row in enumerate(table.rows, start=head + 1):
        for index, column in enumerate(table.columns):
            _write_cell(sheet, last, index, column, column.value_of(row), formats)
    sheet.autofilter(head, 0, last, len(table.columns) - 1)
    sheet.freeze_panes(head + 1, 0)
    _for_paper(sheet, head)


def _write_cell(sheet, line: int, index: int, column: Column, value, formats: dict) -> None:
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(line, index, value, formats["day"])
    elif isinstance(value, int | Decimal):
        kind = "share" if column.percent else "whole" if isinstance(value, int) else "decimal"
        sheet.write_number(line, index, value, formats[kind])
    else:
        sheet.write_string(line, index, value[:_LONGEST_TEXT], formats["text"])


def _for_paper(sheet, head: int) -> None:
    """A4 lying down, as wide as the table, the heading on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
