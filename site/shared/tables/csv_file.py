"""A table as CSV for other programs: UTF-8 with BOM, days as 2026-11-22, numbers bare, rows as they come."""

import csv
from collections.abc import Iterator
from datetime import date

from django.utils import translation

from .columns import Table, Value

MEDIA_TYPE = "text/csv; charset=utf-8"
_BOM = "\ufeff"
# Spreadsheets take a cell that begins so for a formula; the wide forms are what Asian input methods send.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ROWS_A_PIECE = 500


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def to_csv(table: Table) -> Iterator[bytes]:
    """The heading and the rows in pieces, for a streaming answer. No title and notes: programs read this."""
    writer = csv.writer(_Echo())
    piece = [_BOM + writer.writerow([_safe(label) for label in table.labels()])]
    for row in table.rows:
        piece.append(writer.writerow([_plain(column.value_of(row)) for column in table.columns]))
        if len(piece) >= _ROWS_A_PIECE:
            yield "".join(piece).encode()
            piece = []
    if piece:
        yield "".join(piece).encode()


def in_language(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, each made in the language now in use: streaming begins when the request's middleware has ended."""
    return _translated(translation.get_language(), pieces)


def _translated(language: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        with translation.override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return _safe(value) if isinstance(value, str) else str(value)


def _safe(text: str) -> str:
    """The text, made harmless with ' if a spreadsheet would compute it."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA_STARTS) else text
