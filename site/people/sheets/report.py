"""The list handed back: the same workbook with two columns more, what became of each row and what is wrong with it.

Ordinary workbooks keep their own look (openpyxl); large ones and other kinds of files are written anew, values
only (XlsxWriter, whose memory does not grow). Formulas come back as the values they showed, and text stays text
whatever it begins with, so that the file computes nothing that somebody wrote into a cell.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from xlsxwriter import Workbook

from people.sheets.cells import as_text
from people.sheets.workbook import XLSX, open_file

RESULT, ERRORS = "Kết quả", "Lỗi"  # Vietnamese in every language: whoever corrects the list looks for these words
KEEP_LOOK_UP_TO_ROWS = 6_000
_TINTS = {"refused": "FBEAE6", "asked": "FBF1D6", "warned": "FBF1D6"}
_WIDTHS = {RESULT: 18, ERRORS: 70}
_LONGEST_TEXT = 32_767


@dataclass
class Verdict:
    """What became of a row, in words; `marked` gives the level of the worst problem by column place (from 0)."""

    result: str
    errors: str = ""
    marked: dict[int, str] = field(default_factory=dict)


@dataclass
class SheetVerdicts:
    """The rows (numbers from 1) of one sheet with their verdicts, and the last row of its heading."""

    heading_row: int
    verdicts: dict[int, Verdict]


def write_report(content: bytes, sheets: dict[str, SheetVerdicts]) -> bytes:
    """An .xlsx with the verdicts beside the rows of the named sheets. `content` is the file as it was uploaded."""
    kind, _found = open_file(content)
    rows = sum(len(sheet.verdicts) for sheet in sheets.values())
    if kind == XLSX and rows <= KEEP_LOOK_UP_TO_ROWS:
        return _with_its_look(content, sheets)
    return _anew(content, sheets)


def _with_its_look(content: bytes, sheets: dict[str, SheetVerdicts]) -> bytes:
    book = load_workbook(BytesIO(content), data_only=True)
    fills = {level: PatternFill("solid", start_color=tint) for level, tint in _TINTS.items()}
    for name, verdicts in sheets.items():
        if name not in book.sheetnames:
            continue
        sheet = book[name]
        places = _places_in(sheet, verdicts.heading_row)
        for label, place in places.items():
            heading = sheet.cell(verdicts.heading_row, place, label)
            heading.font, heading.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="center")
            sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS[label]
        for number, verdict in verdicts.verdicts.items():
            sheet.cell(number, places[RESULT], verdict.result)
            sheet.cell(number, places[ERRORS], verdict.errors).alignment = Alignment(wrap_text=True, vertical="top")
            for column, level in verdict.marked.items():
                sheet.cell(number, column + 1).fill = fills[level]
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _places_in(sheet, heading_row: int) -> dict[str, int]:
    """The two columns to write to: those of an earlier report, or the first two after the table."""
    found = {as_text(cell.value): cell.column for cell in sheet[heading_row] if as_text(cell.value) in (RESULT, ERRORS)}
    last = max([sheet.max_column, *found.values()])
    free = iter(range(last + 1, last + 3))
    return {label: found.get(label) or next(free) for label in (RESULT, ERRORS)}


def _anew(content: bytes, sheets: dict[str, SheetVerdicts]) -> bytes:
    buffer = BytesIO()
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    with Workbook(buffer, options) as book:
        formats = {level: {"bg_color": f"#{tint}"} for level, tint in _TINTS.items()} | {"": {}}
        looks = {
            (level, is_day): book.add_format(look | ({"num_format": "dd/mm/yyyy"} if is_day else {}))
            for level, look in formats.items()
            for is_day in (False, True)
        }
        heading = book.add_format({"bold": True, "text_wrap": True, "bottom": 2})
        for sheet in open_file(content)[1]:
            if sheet.name in sheets:
                _write_sheet(book.add_worksheet(sheet.name[:31]), sheet, sheets[sheet.name], looks, heading)
    return buffer.getvalue()


def _write_sheet(target, sheet, verdicts: SheetVerdicts, looks: dict, heading) -> None:
    places = _places_among(sheet, verdicts.heading_row)
    target.set_column(0, places[RESULT] - 1, 18)
    for label, place in places.items():
        target.set_column(place, place, _WIDTHS[label])
    for index, cells in enumerate(sheet.rows()):
        verdict = verdicts.verdicts.get(index + 1)
        is_heading = index + 1 == verdicts.heading_row
        ends = {RESULT: RESULT, ERRORS: ERRORS} if is_heading else {}
        if verdict:
            ends = {RESULT: verdict.result, ERRORS: verdict.errors}
        own = {places[label]: text for label, text in ends.items()}
        for column in sorted({*range(len(cells)), *own}):
            if column in own:
                target.write_string(index, column, own[column][:_LONGEST_TEXT], heading if is_heading else None)
            else:
                level = verdict.marked.get(column, "") if verdict else ""
                _write_cell(target, index, column, cells[column], looks, level, heading if is_heading else None)
    target.freeze_panes(verdicts.heading_row, 0)


def _write_cell(target, index: int, column: int, cell, looks: dict, level: str, heading) -> None:
    if isinstance(cell, datetime | date):
        target.write_datetime(index, column, cell, looks[level, True])
    elif isinstance(cell, float) and not isinstance(cell, bool):
        target.write_number(index, column, cell, looks[level, False])
    elif isinstance(cell, str) and cell:
        target.write_string(index, column, cell[:_LONGEST_TEXT], heading or looks[level, False])
    elif as_text(cell):
        target.write_string(index, column, as_text(cell), heading or looks[level, False])
    elif level:
        target.write_blank(index, column, None, looks[level, False])


def _places_among(sheet, heading_row: int) -> dict[str, int]:
    width, found = 0, {}
    for index, cells in enumerate(sheet.rows()):
        width = max(width, len(cells))
        if index + 1 == heading_row:
            found = {as_text(cell): column for column, cell in enumerate(cells) if as_text(cell) in (RESULT, ERRORS)}
    free = iter((width, width + 1))
    return {label: found[label] if label in found else next(free) for label in (RESULT, ERRORS)}


def worst(levels: Iterable[str]) -> str:
    """The most serious of several levels."""
    order = ("refused", "asked", "warned")
    return min(levels, key=order.index)
