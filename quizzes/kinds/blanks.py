"""What the kinds with blanks in a sentence share: the places {{1}}, {{2}} … in the stem, and their checks.

An English stem may leave the places out; it is then a hint above the Vietnamese sentence.
"""

import re
from typing import Any

from quizzes.kinds.errors import gettext_noop
from quizzes.kinds.source import SourceReader
from quizzes.kinds.texts import MAIN_LANGUAGE, Texts

GAP = "…"
UNREADABLE = ""  # in the place of a blank's number
PLACES_HELP: Texts = {
    "vi": "Viết {{1}}, {{2}} … vào chỗ cần điền, ví dụ: Luôn {{1}}, luôn {{2}}.",
    "en": "Write {{1}}, {{2}} … where something is missing, such as: Always {{1}}, always {{2}}.",
}

_PLACEHOLDER = re.compile(r"\{\{\s*(\d{1,2})\s*\}\}")
_NO_PLACEHOLDER = gettext_noop("has no place for blank %(n)s; write {{%(n)s}} where it belongs")
_NO_BLANK = gettext_noop("has {{%(n)s}}, but blanks has no entry with n: %(n)s")
_STRAY_BRACES = gettext_noop("has {{ that is no blank; a blank is written {{1}}, {{2}} …")
_PLACED_TWICE = gettext_noop("has {{%(n)s}} more than once")
_SAME_NUMBER = gettext_noop("is used by an earlier blank too: %(n)s")
_NOT_NUMBER = gettext_noop("must be a whole number from 1 to 99")


def read_number(blank: SourceReader, known: dict[str, Any]) -> str:
    """The number of the blank as text, or `UNREADABLE`; a fault if an earlier one has it too."""
    number = blank.value("n")
    if number is None:
        return UNREADABLE
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= 99:
        blank.fault("n", _NOT_NUMBER)
        return UNREADABLE
    if str(number) in known:
        blank.fault("n", _SAME_NUMBER, n=number)
    return str(number)


def blanks_in(stem: Texts) -> list[str]:
    """The numbers of the blanks in the order of the Vietnamese stem."""
    return _PLACEHOLDER.findall(stem[MAIN_LANGUAGE])


def pieces_of(stem: Texts, language: str) -> tuple[list[str], str]:
    """The sentence cut at its blanks, every second piece the number of one; and the language it is in."""
    shown = language if language in stem and _PLACEHOLDER.search(stem[language]) else MAIN_LANGUAGE
    return _PLACEHOLDER.split(stem[shown]), shown


def with_gaps(stem: str) -> str:
    """The sentence with “…” for each blank."""
    return _PLACEHOLDER.sub(GAP, stem)


def field_of(number: str) -> str:
    """The name of the blank's field in the learner's form."""
    return f"blank-{number}"


def check_places(reader: SourceReader, stem: Texts, numbers: dict[str, Any]) -> None:
    """Every language must place each blank once; a language other than Vietnamese may place none."""
    for language, text in stem.items():
        field = f"stem.{language}" if isinstance(reader.source.get("stem"), dict) else "stem"
        if "{{" in with_gaps(text):
            reader.fault(field, _STRAY_BRACES)
        placed = _PLACEHOLDER.findall(text)
        if not placed and language != MAIN_LANGUAGE:
            continue
        for number in numbers:
            if number != UNREADABLE and number not in placed:
                reader.fault(field, _NO_PLACEHOLDER, n=number)
        for number in dict.fromkeys(placed):
            if number not in numbers and UNREADABLE not in numbers:
                reader.fault(field, _NO_BLANK, n=number)
            if placed.count(number) > 1:
                reader.fault(field, _PLACED_TWICE, n=number)
