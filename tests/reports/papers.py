"""Reads the five forms of a paper: the table of the page and of the files, each cell as people read it."""

import csv
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO, StringIO

from django.utils import translation
from docx import Document
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from shared.tables import Column


def body_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def of_page(response) -> list[list[str]]:
    """The rows of the page's table, without the heading."""
    parser = _Cells()
    parser.feed(response.content.decode())
    return parser.rows[1:]


class _Cells(HTMLParser):
    def __init__(self):
        super().__init__()
        self.rows: list[list[str]] = []
        self.is_inside = self.in_cell = False

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.is_inside = dict(attrs).get("id") == "report-table"
        elif self.is_inside and tag == "tr":
            self.rows.append([])
        elif self.is_inside and tag in ("td", "th"):
            self.rows[-1].append("")
            self.in_cell = True

    def handle_endtag(self, tag):
        if tag == "table":
            self.is_inside = False
        if tag in ("td", "th"):
            self.in_cell = False

    def handle_data(self, data):
        if self.is_inside and self.in_cell:
            self.rows[-1][-1] += data


def of_docx(content: bytes) -> list[list[str]]:
    """The rows of the table between letterhead and signatures."""
    _head, table, _signatures = Document(BytesIO(content)).tables
    return [[cell.text for cell in row.cells] for row in table.rows][1:]


def of_xlsx(content: bytes, columns: tuple[Column, ...]) -> list[list[str]]:
    lines = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    with translation.override("vi"):
        heading = [str(column.label) for column in columns]
    start = next(number for number, line in enumerate(lines) if line == heading)
    rows = []
    for line in lines[start + 1 :]:
        if not any(line[1:3]):
            break
        rows.append([_shown(column, cell) for column, cell in zip(columns, line, strict=True)])
    return rows


def of_csv(content: bytes, columns: tuple[Column, ...]) -> list[list[str]]:
    _heading, *lines = csv.reader(StringIO(content.decode("utf-8-sig")))
    return [[_as_read(column, cell) for column, cell in zip(columns, line, strict=True)] for line in lines]


def text_of_pdf(content: bytes) -> str:
    """All words of all pages with single spaces between them."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def _shown(column: Column, cell) -> str:
    if cell == "":
        return ""
    if isinstance(cell, float):
        value = Decimal(str(cell))
        cell = value if column.percent or value != int(value) else int(value)
    with translation.override("vi"):
        return column.text_of(cell)


def _as_read(column: Column, cell: str) -> str:
    if not cell:
        return ""
    with translation.override("vi"):
        if len(cell) == 10 and cell[4] == cell[7] == "-":
            return column.text_of(date.fromisoformat(cell))
        if column.align == "right" and cell.replace(".", "", 1).isdecimal() and "/" not in cell:
            return column.text_of(Decimal(cell) if "." in cell or column.percent else int(cell))
    return cell.removeprefix("'")
