"""The text of a cell, whatever the file keeps in it."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from shared.text.fold import fold, to_nfc
from shared.text.names import sort_key

_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+]?\d+")
_NOTHING = frozenset(
    {
        "",
        "-",
        "--",
        "---",
        "—",
        "–",
        "x",
        "0",
        ".",
        "n/a",
        "na",
        "không",
        "không có",
        "chưa có",
        "khong",
        "khong co",
        "chưa",
    }
)
_EXACT_UP_TO = 1e15  # beyond it a floating-point cell has lost digits


# A list says the same words on every row, and one row is looked at from many sides: each text is worked out once.
clean = lru_cache(maxsize=1 << 15)(to_nfc)
folded = lru_cache(maxsize=1 << 15)(fold)
name_key = lru_cache(maxsize=1 << 16)(sort_key)


def as_text(cell) -> str:
    """NFC, no invisible characters, single spaces; whole numbers without a point, days as 05/03/1985."""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, bool):
        return "x" if cell else ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT_UP_TO:
        return str(int(cell))
    if isinstance(cell, date):  # datetimes are dates too
        return f"{cell:%d/%m/%Y}"
    if cell is None or isinstance(cell, time | timedelta | datetime):
        return "" if cell is None else str(cell)
    return str(cell)


def is_scientific(text: str) -> bool:
    """“9.90851E+10”: a number Excel has shortened when the sheet was saved as text."""
    return bool(_SCIENTIFIC.fullmatch(text.replace(" ", "")))


def is_nothing(text: str) -> bool:
    """What people write into a cell that has nothing to hold: -, x, không có, chưa có."""
    return text.casefold() in _NOTHING
