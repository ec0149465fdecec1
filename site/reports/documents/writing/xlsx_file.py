"""The paper as an Excel workbook: letterhead above, real days and numbers in the table, ready to be printed on A4.

Every text is written as text: what begins with = + - or @ is never a formula. Rows go to the file as they come.
"""

from itertools import count
from math import ceil
from typing import BinaryIO

from reports.documents.paper import Paper
from shared.tables.xlsx_file import LONGEST_TEXT, MOST_LINES, open_workbook
from shared.tables.xlsx_file import write_cell as _write_value

_FONT = "Times New Roman"
_LINE_HEIGHT = 17  # points, of a line of twelve
_CHARACTERS_A_WIDTH = 0.85  # capitals and bold are wider than the digits Excel measures columns by


def write_xlsx(paper: Paper, file: BinaryIO, folder: str | None = None) -> None:
    with open_workbook(file, folder) as book:
        _Sheets(book, paper).write()


class _Sheets:
    """One sheet; a list longer than a sheet goes on in the next ones."""

    def __init__(self, book, paper: Paper):
        self.book, self.paper = book, paper
        self.columns = paper.table.columns
        self.last = len(self.columns) - 1
        self.formats = _formats(book)
        self.names = count(1)

    def write(self) -> None:
        sheet, line = self._begin()
        for row in self.paper.table.rows:
            if line >= MOST_LINES - 20:  # what stands below the table has to fit as well
                sheet, line = self._begin()
            kinds = self.formats["sum"] if row.is_total else self.formats["row"]
            for index, column in enumerate(self.columns):
                value = column.value_of(row)
                if value is None:
                    sheet.write_blank(line, index, None, kinds["text"])
                else:
                    _write_value(sheet, line, index, column, value, kinds)
            line += 1
        self._end(sheet, line)

    def _begin(self):
        """A sheet with letterhead and heading; returns it with the line of the first row."""
        number = next(self.names)
        sheet = self.book.add_worksheet("Báo cáo" if number == 1 else f"Báo cáo ({number})")
        for index, column in enumerate(self.columns):
            sheet.set_column(index, index, column.width)
        paper, look = self.paper, self.formats
        middle = self._middle()
        top = paper.letterhead
        head = [
            (top.superior, "plain", top.nation, "strong"),
            (top.agency, "strong", top.motto, "strong"),
            (top.number, "plain", paper.place_and_day, "slanted"),
        ]
        if top.star:
            head.insert(2, (top.star, "plain", "", "plain"))
        for line, (left, left_look, right, right_look) in enumerate(head):
            self._make_room(sheet, line, (left, 0, middle), (right, middle + 1, self.last))
            _across(sheet, line, 0, middle, left, look[left_look])
            _across(sheet, line, middle + 1, self.last, right, look[right_look])
        lines = [(paper.title, "title"), *((fact, "plain") for fact in paper.facts), (paper.as_of, "slanted")]
        lines += [(mark, "slanted") for mark in paper.marks]
        for line, (text, kind) in enumerate(lines, start=len(head) + 1):
            self._make_room(sheet, line, (text, 0, self.last))
            _across(sheet, line, 0, self.last, text, look[kind])
        heading = len(head) + len(lines) + 2
        for index, label in enumerate(self.paper.table.labels()):
            sheet.write_string(heading, index, label, look["head"])
        sheet.freeze_panes(heading + 1, 0)
        sheet.set_landscape() if paper.is_wide else sheet.set_portrait()
        sheet.set_paper(9)
        sheet.set_margins(left=1.18, right=0.6, top=0.79, bottom=0.79)  # inches: 30, 15, 20 and 20 mm
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(heading)
        return sheet, heading + 1

    def _middle(self) -> int:
        """The last column of the left half: letterhead and signatures stand beside each other."""
        whole, left = sum(column.width for column in self.columns), 0
        for index, column in enumerate(self.columns):
            left += column.width
            if left >= whole * 0.4:
                return max(1, min(self.last - 1, index))
        return self.last - 1

    def _make_room(self, sheet, line: int, *texts: tuple[str, int, int]) -> None:
        """Excel finds the height of wrapped text by itself, but not in joined cells."""
        needed = 1
        for text, first, last in texts:
            width = sum(column.width for column in self.columns[first : last + 1]) * _CHARACTERS_A_WIDTH
            needed = max(needed, ceil(len(text) / width))
        sheet.set_row(line, needed * _LINE_HEIGHT)

    def _end(self, sheet, line: int) -> None:
        paper, look = self.paper, self.formats
        for text in paper.foot:
            line += 1
            self._make_room(sheet, line, (text, 0, self.last))
            _across(sheet, line, 0, self.last, text, look["note"])
        middle = self._middle()
        below = (
            (paper.signatures, "strong"),
            (paper.under_signatures, "slanted"),
            (("", ""), "plain"),
            (("", ""), "plain"),
            ((paper.prepared_by, ""), "strong"),
        )
        for (left, right), kind in below:
            line += 1
            _across(sheet, line + 1, 0, middle, left, look[kind])
            _across(sheet, line + 1, middle + 1, self.last, right, look[kind])


def _across(sheet, line: int, first: int, last: int, text: str, look) -> None:
    """A text over several columns, written as text."""
    if last > first:
        sheet.merge_range(line, first, line, last, "", look)
    sheet.write_string(line, first, text[:LONGEST_TEXT], look)


def _formats(book) -> dict:
    plain = {"font_name": _FONT, "font_size": 12}
    centred = plain | {"align": "center", "valign": "vcenter", "text_wrap": True}
    cell = plain | {"border": 1, "valign": "top", "font_size": 11}

    def cells(**more) -> dict:
        return {
            "text": book.add_format(cell | {"text_wrap": True} | more),
            "day": book.add_format(cell | {"num_format": "dd/mm/yyyy", "align": "center"} | more),
            "whole": book.add_format(cell | {"num_format": "#,##0"} | more),
            "decimal": book.add_format(cell | {"num_format": "#,##0.##"} | more),
            "share": book.add_format(cell | {"num_format": "0.0%"} | more),
        }

    return {
        "plain": book.add_format(centred),
        "strong": book.add_format(centred | {"bold": True}),
        "slanted": book.add_format(centred | {"italic": True}),
        "title": book.add_format(centred | {"bold": True, "font_size": 14}),
        "note": book.add_format(plain | {"italic": True, "font_size": 10, "text_wrap": True, "valign": "top"}),
        "head": book.add_format(cell | {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}),
        "row": cells(),
        "sum": cells(bold=True),
    }
