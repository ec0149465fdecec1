"""Reads what the desk shows: the tables of the page, and those of the files."""

import csv
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO, StringIO

from django.utils import translation
from python_calamine import CalamineWorkbook

from shared.tables import Column


class _Tables(HTMLParser):
    """Collects the texts of the cells of each table that has an id."""

    def __init__(self):
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self.rows: list[list[str]] | None = None
        self.in_cell = False

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "table":
            self.rows = self.tables.setdefault(attributes.get("id", ""), [])
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])
        elif tag in ("td", "th") and self.rows is not None:
            self.in_cell = attributes.get("aria-hidden") != "true"
            if self.in_cell:
                self.rows[-1].append("")

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.in_cell = False
        elif tag == "table":
            self.rows = None

    def handle_data(self, data):
        if self.in_cell:
            self.rows[-1][-1] = (self.rows[-1][-1] + data).strip()


class _Numbers(HTMLParser):
    """Collects the numbers that are links: those of the cards, and links that are nothing but a number."""

    def __init__(self):
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.address, self.text, self.in_figure = "", "", False

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "a":
            self.address, self.text = attributes.get("href", ""), ""
        self.in_figure = attributes.get("class") == "figure-number"

    def handle_data(self, data):
        if self.in_figure:
            self.found.append((int(data), self.address))
            self.address = ""
        self.in_figure = False
        self.text += data

    def handle_endtag(self, tag):
        if tag == "a" and self.address and self.text.strip().isdecimal():
            self.found.append((int(self.text), self.address))


def linked_numbers(response) -> list[tuple[int, str]]:
    """Each number a reader can open, with the address of the people behind it."""
    parser = _Numbers()
    parser.feed(response.content.decode())
    return [(number, address) for number, address in parser.found if "trang=" not in address]


def tables_of(response) -> dict[str, list[list[str]]]:
    """The rows of the page's tables by id, the heading first."""
    parser = _Tables()
    parser.feed(response.content.decode())
    return parser.tables


def people_of(response) -> list[list[str]]:
    return tables_of(response).get("people-table", [[]])[1:]


def names_of(response) -> list[str]:
    return [row[0] for row in people_of(response)]


def text_of(response) -> str:
    """The whole body, whatever kind of file it is."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
        return "\n".join(str(cell) for sheet in sheets for row in sheet for cell in row)
    return content.decode()


def sheet_of(response, columns: tuple[Column, ...], index: int = 0) -> list[list[str]]:
    """The rows of a sheet below its heading, each value written as the page writes it."""
    lines = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(index).to_python()
    heading = labels(columns)
    start = next(number for number, line in enumerate(lines) if line == heading)
    return [[_shown(column, cell) for column, cell in zip(columns, line, strict=True)] for line in lines[start + 1 :]]


def labels(columns: tuple[Column, ...]) -> list[str]:
    """The headings in English, which the tests' readers have chosen."""
    with translation.override("en"):
        return [str(column.label) for column in columns]


def notes_of(response) -> list[str]:
    lines = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    end = next(number for number, line in enumerate(lines) if not any(line))
    return [line[0] for line in lines[:end]]


def csv_of(response) -> list[list[str]]:
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(content)))


def _shown(column: Column, cell) -> str:
    if cell == "":
        return ""
    if isinstance(cell, float):
        cell = Decimal(str(cell)) if column.percent else int(cell)
    with translation.override("en"):
        return column.text_of(cell)
