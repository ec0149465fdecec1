"""Workbooks and text files that take one row after the other and say on which row it landed."""

import csv
import unicodedata
from datetime import date, datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from people.province.facts import marks

MADE = datetime(2026, 11, 5, 8)  # what a workbook says of itself has no time zone


class XlsxFile:
    """A workbook. `streaming` keeps memory small and cannot merge cells over several rows."""

    def __init__(self, path: Path, *, streaming: bool = False):
        self._book = Workbook(
            str(path),
            {
                "constant_memory": streaming,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._book.set_properties({"created": MADE, "comments": marks()["banner"]})  # the same file each time
        self._formats = {
            "plain": self._book.add_format({"valign": "top"}),
            "title": self._book.add_format({"bold": True, "align": "center"}),
            "head": self._book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center"}),
            "section": self._book.add_format({"bold": True, "bg_color": "#F2ECE0"}),
            "day": self._book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
            "mark": self._book.add_format({"bold": True, "font_color": "#A3201B"}),
        }

    def add_sheet(self, name: str, *, hidden: bool = False) -> "XlsxSheet":
        sheet = self._book.add_worksheet(name[:31])
        if hidden:
            sheet.hide()
        return XlsxSheet(sheet, self._formats)

    def close(self) -> None:
        self._book.close()


class XlsxSheet:
    def __init__(self, sheet, formats):
        self._sheet, self._formats, self.name = sheet, formats, sheet.get_name()
        self._next = 0

    def add(self, cells: list, style: str = "plain") -> int:
        """Writes one row; returns its number as Excel shows it."""
        for column, value in enumerate(cells):
            if isinstance(value, date):
                self._sheet.write_datetime(self._next, column, value, self._formats["day"])
            elif isinstance(value, int):
                self._sheet.write_number(self._next, column, value, self._formats[style])
            elif value:
                self._sheet.write_string(self._next, column, value, self._formats[style])
        self._next += 1
        return self._next

    def add_merged(self, spans: list[tuple[int, int, str]], style: str) -> int:
        """One row of texts over several columns each: (first, last column, text), columns from 0."""
        for first, last, text in spans:
            if first == last:
                self._sheet.write_string(self._next, first, text, self._formats[style])
            else:
                self._sheet.merge_range(self._next, first, self._next, last, text, self._formats[style])
        self._next += 1
        return self._next

    def merge_down(self, column: int, first: int, last: int, text: str, style: str = "plain") -> None:
        """One text over rows `first` to `last` (as Excel numbers them) of a column."""
        if last > first:
            self._sheet.merge_range(first - 1, column, last - 1, column, text, self._formats[style])
        else:
            self._sheet.write_string(first - 1, column, text, self._formats[style])

    @staticmethod
    def cell(number: int, column: int) -> str:
        return f"{xl_col_to_name(column)}{number}"


class TextFile:
    """A table as text in one of the encodings offices use; it is its own only sheet."""

    name = "CSV"

    def __init__(self, path: Path, encoding: str, separator: str):
        self._file = path.open("w", encoding=encoding, newline="")
        self._writer = csv.writer(self._file, delimiter=separator, lineterminator="\r\n")
        self._is_1258 = encoding == "cp1258"
        self._next = 0

    def add(self, cells: list, style: str = "plain") -> int:
        texts = [f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value) for value in cells]
        self._writer.writerow([for_1258(text) for text in texts] if self._is_1258 else texts)
        self._next += 1
        return self._next

    cell = staticmethod(XlsxSheet.cell)

    def close(self) -> None:
        self._file.close()


def for_1258(text: str) -> str:
    """The text as Windows-1258 can write it: letters with their hat or horn, the tone as a mark of its own."""
    return "".join(_for_1258(char) for char in unicodedata.normalize("NFC", text))


def _for_1258(char: str) -> str:
    try:
        char.encode("cp1258")
        return char
    except UnicodeEncodeError:
        marks = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"), "")
        return unicodedata.normalize("NFC", marks.replace(tone, "")) + tone if tone else "?"
