"""Numbers as people type them: 1.234,5 as in Vietnam, 1,234.5 as in English, 1 234,5; with % or without."""

import re
from fractions import Fraction

from shared.text.fold import to_nfc

_SPACED = re.compile(r"(?<=\d) (?=\d{3}(?:\D|$))")
_VIETNAMESE = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
_ENGLISH = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_LONGEST = 40


def readings(text: str) -> set[Fraction]:
    """The numbers the text can mean: none, one, or both of 1000 and 1 for “1.000”."""
    text = _SPACED.sub("", to_nfc(text).replace("\u2212", "-").removesuffix("%").strip())
    if len(text) > _LONGEST:
        return set()
    found = set()
    if _VIETNAMESE.fullmatch(text):
        found.add(Fraction(text.replace(".", "").replace(",", ".")))
    if _ENGLISH.fullmatch(text):
        found.add(Fraction(text.replace(",", "")))
    return found


def is_near(typed: str, wanted: str, tolerance: str) -> bool:
    """Whether the typed number differs from the wanted one by at most the tolerance, in one of its readings."""
    allowed = max(readings(tolerance), default=Fraction(0))
    return any(abs(given - right) <= allowed for given in readings(typed) for right in readings(wanted))
