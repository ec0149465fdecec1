"""Birth dates: real dates, Excel's day numbers, d/m/yyyy in its many forms, or only a year."""

import re
from datetime import date, datetime, timedelta

from people.sheets.cells.text import as_text, is_nothing
from people.sheets.problems import Problem

YOUNGEST, OLDEST = 15, 95
_EPOCH = date(1899, 12, 30)  # day 0 of Excel's calendar as it stands since March 1900
_SERIALS = range(7_000, 60_000)  # 1919 to 2064
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_DAY_FIRST = re.compile(r"(\d{1,2})[/\-.\s]+(\d{1,2})[/\-.\s]+(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[/\-.](\d{1,2})[/\-.](\d{1,2})")
_IN_WORDS = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.IGNORECASE)
_EIGHT_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})")
_YEAR = re.compile(r"(?:(?:năm|\d{1,2}\s*[/\-.])\s*)?(\d{4})", re.IGNORECASE)


def read_birth_date(cell, today: date) -> tuple[date | None, int | None, list[Problem]]:
    """(day, year if only that is given, problems)."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _likely(cell, today, [])
    text = _TIME.sub("", as_text(cell)).strip(" '.,")
    if is_nothing(text):
        return None, None, []
    if found := _YEAR.fullmatch(text):
        year = int(found[1])
        if today.year - OLDEST <= year <= today.year - YOUNGEST:
            return None, year, [Problem("birth_year_only", "birth_date", {"year": str(year)})]
    if text.isdigit() and int(text) in _SERIALS:
        day = _EPOCH + timedelta(days=int(text))
        return _likely(day, today, [Problem("birth_date_serial", "birth_date", {"date": f"{day:%d/%m/%Y}"})])
    parts, note = _parts(text, today)
    if parts is None:
        return None, None, [Problem("birth_date_unreadable", "birth_date")]
    try:
        day = date(*parts)
    except ValueError:
        return None, None, [Problem("birth_date_impossible", "birth_date", {"found": text})]
    if note:
        return _likely(day, today, [Problem("birth_date_two_digits", "birth_date", {"date": f"{day:%d/%m/%Y}"})])
    return _likely(day, today, [])


def _parts(text: str, today: date) -> tuple[tuple[int, int, int] | None, bool]:
    """(year, month, day) and whether the century was left to us."""
    if found := _YEAR_FIRST.fullmatch(text):
        return (int(found[1]), int(found[2]), int(found[3])), False
    found = _DAY_FIRST.fullmatch(text) or _IN_WORDS.fullmatch(text) or _EIGHT_DIGITS.fullmatch(text)
    if not found:
        return None, False
    day, month, year = (int(part) for part in found.groups())
    if len(found[3]) == 2:
        century = today.year // 100 * 100
        year += century if century + year <= today.year - YOUNGEST else century - 100
        return (year, month, day), True
    return (year, month, day), False


def _likely(day: date, today: date, problems: list[Problem]) -> tuple[date | None, None, list[Problem]]:
    age = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    if not YOUNGEST <= age <= OLDEST:
        found = {"found": f"{day:%d/%m/%Y}", "age": str(age)}
        return None, None, [Problem("birth_date_unlikely", "birth_date", found)]
    return day, None, problems
