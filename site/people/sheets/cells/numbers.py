"""Numbers that are names, not amounts: national IDs, telephone and staff numbers. Excel takes them for amounts."""

import re

from people import national_id
from people.sheets.cells.text import as_text, is_nothing, is_scientific
from people.sheets.problems import Problem

_OLD_CARD = 9
_PHONE_PARTS = re.compile(r"\s*[;,/]\s*|\s+-\s+|\s+(?:và|hoặc)\s+")
_PHONE_MARKS = re.compile(r"[\s.\-()']+")
_STAFF_NUMBER = re.compile(r"[0-9A-Za-zĐđ][0-9A-Za-zĐđ./\-_ ]{0,29}")


def read_national_id(cell, accept_lost_zeros: bool) -> tuple[str, list[Problem]]:
    """12 digits, or "". A number that lost its zeros (11 digits; 10 for the codes 001 to 009) needs a confirmation."""
    column = "national_id"
    text = as_text(cell).lstrip("'")
    if is_nothing(text):
        return "", []
    if is_scientific(text) or (isinstance(cell, float) and not cell.is_integer()):
        return "", [Problem("national_id_scientific", column, {"found": text})]
    digits = national_id.digits_of(text)
    if not digits:
        return "", [Problem("national_id_characters", column)]
    if len(digits) == national_id.LENGTH:
        return digits, []
    if len(digits) in (10, 11):
        if accept_lost_zeros:
            return digits.zfill(national_id.LENGTH), [Problem("national_id_zero_restored", column)]
        return "", [Problem("national_id_lost_zero", column, {"digits": str(len(digits))})]
    if len(digits) == _OLD_CARD:
        return "", [Problem("national_id_old", column)]
    return "", [Problem("national_id_length", column, {"digits": str(len(digits))})]


def read_phone(cell, accept_lost_zeros: bool) -> tuple[str, list[Problem]]:
    """The digits with the zero in front ("0100123456"), or ""."""
    column = "phone"
    text = as_text(cell).lstrip("'")
    if is_nothing(text):
        return "", []
    problems = []
    parts = [part for part in _PHONE_PARTS.split(text) if part]
    if len(parts) > 1:
        problems.append(Problem("phone_several", column))
        text = parts[0]
    digits = _PHONE_MARKS.sub("", text)
    for country in ("+84", "0084", "84"):
        if digits.startswith(country) and len(digits) - len(country) in (9, 10):
            digits = "0" + digits[len(country) :].lstrip("0")
            break
    if not digits.isascii() or not digits.isdigit():
        return "", [Problem("phone_unreadable", column)]
    if len(digits) == 9 and digits[0] != "0":
        if not accept_lost_zeros:
            return "", [Problem("phone_lost_zero", column, {"digits": "9"})]
        return "0" + digits, [*problems, Problem("phone_zero_restored", column)]
    if digits[0] != "0" or len(digits) not in (10, 11):
        return "", [Problem("phone_unreadable", column)]
    return digits, problems


def read_staff_number(cell) -> tuple[str, list[Problem]]:
    column = "staff_number"
    text = as_text(cell).lstrip("'")
    if is_nothing(text):
        return "", []
    if is_scientific(text):
        return "", [Problem("staff_number_scientific", column, {"found": text})]
    if not _STAFF_NUMBER.fullmatch(text):
        return "", [Problem("staff_number_unreadable", column)]
    return text, []
