"""Columns with a fixed vocabulary, in the words and abbreviations HR offices use."""

import re
from functools import cache

from django.utils import translation

from people.enums import EmploymentType, Gender, PositionGroup
from people.sheets.cells.text import as_text, folded, is_nothing
from people.sheets.problems import Problem

_GENDERS = {
    Gender.MALE: ("nam", "m", "male", "ông", "trai"),
    Gender.FEMALE: ("nữ", "nu", "f", "female", "bà", "gái", "n÷"),
}
_GENDER_OF = {word: gender for gender, words in _GENDERS.items() for word in words}
_EMPLOYMENT = {
    EmploymentType.OFFICIAL: "cb|can bo|can bo cap xa|can bo xa|official|official elected or appointed for a term"
    "|can bo bau cu bo nhiem theo nhiem ky",
    EmploymentType.CIVIL_SERVANT: "cc|cong chuc|cong chuc xa|cong chuc cap xa|cc xa|civil servant",
    EmploymentType.PUBLIC_EMPLOYEE: "vc|vien chuc|public employee",
    EmploymentType.CONTRACT_WORKER: "nld|nguoi lao dong|ld|lao dong|hd|hdld|hop dong|lao dong hop dong|hop dong lao dong"  # noqa: E501
    "|ldhd|hd 68|hd68|hd 111|hd111|hop dong 68|hop dong 111|hop dong 161|nhan vien hop dong|contract worker|ld hd"
    "|nghi dinh 111|nguoi lao dong hop dong",
}
_EMPLOYMENT_OF = {word: kind for kind, words in _EMPLOYMENT.items() for word in words.split("|")}
_GROUPS = {
    PositionGroup.LEADER: "lanh dao quan ly|lanh dao|quan ly|leader or manager",
    PositionGroup.PROFESSIONAL: "chuyen mon nghiep vu|chuyen mon|nghiep vu|cong chuc chuyen mon|professional staff"
    "|chuyen vien|chuyen mon nghiep vu chuyen nganh",
    PositionGroup.ONE_STOP: "mot cua|bo phan mot cua|one stop unit|bo phan tiep nhan va tra ket qua",
    PositionGroup.TEACHING: "giao vien|giang day|nha giao|teaching staff|giao vien giang vien|giang vien",
    PositionGroup.MEDICAL: "y te|nhan vien y te|medical staff|y bac si|can bo y te",
    PositionGroup.SUPPORT: "ho tro phuc vu|ho tro|phuc vu|support staff|nhan vien ho tro",
}
_GROUP_OF = {word: group for group, words in _GROUPS.items() for word in words.split("|")}
_YES = frozenset(["x", "co", "yes", "dung", "1", "true", "v", "lanh", "dao", "quan", "ly", "la"]) | {
    "lanh dao",
    "quan ly",
    "lanh dao quan ly",
}
_NO = frozenset(["khong", "no", "sai", "0", "false", "ko", "k"])

# “Phó Trưởng phòng”, “Q. Giám đốc”, “Phụ trách kế toán” (no manager), “Chi cục trưởng”.
_MANAGER = re.compile(
    r"^(?:q |quyen |phu trach )?(?:pho )*"
    r"(?:giam doc|tong giam doc|truong|chu tich|chu nhiem|bi thu|hieu truong|chanh|pho|vien truong|cuc truong"
    r"|chi cuc truong|chi cuc pho|doi truong|tram truong|tong bien tap|hat truong|gd|pgd|ct|pct|tp|ptp|hieu pho)\b"
)
_NO_MANAGER = re.compile(r"^(?:phu trach ke toan|truong ca|pho ca)\b")
_GROUP_BY_TITLE = (
    (re.compile(r"\b(?:mot cua|tiep nhan va tra ket qua)\b"), PositionGroup.ONE_STOP),
    (re.compile(r"\b(?:giao vien|giang vien|nha giao|tong phu trach)\b"), PositionGroup.TEACHING),
    (
        re.compile(r"\b(?:bac si|dieu duong|y si|y ta|ho sinh|duoc si|nu ho sinh|duoc sy|bac sy)\b"),
        PositionGroup.MEDICAL,
    ),
    (
        re.compile(r"^(?:nhan vien|bao ve|lai xe|tap vu|phuc vu|van thu|thu quy|cap duong|nhan vien .*)\b"),
        PositionGroup.SUPPORT,
    ),
)


@cache
def _labels(choices) -> dict[str, object]:
    """The labels of a vocabulary in every language of the site: what our own exports say."""
    found = {}
    for language in ("vi", "en"):
        with translation.override(language):
            found |= {folded(str(choice.label)): choice for choice in choices}
    return found


def read_gender(cell) -> tuple[str, list[Problem]]:
    text = as_text(cell)
    if is_nothing(text):
        return "", []
    word = text.casefold().strip(" .")
    if word in _GENDER_OF:
        return _GENDER_OF[word].value, []
    if folded(text) in _labels(Gender):
        return _labels(Gender)[folded(text)].value, []
    if word == "n":
        return "", [Problem("gender_ambiguous", "gender", {"found": text[:40]})]
    return "", [Problem("gender_unknown", "gender", {"found": text[:40]})]


def read_employment(cell) -> tuple[str, list[Problem]]:
    text = as_text(cell)
    if not text or text in ("-", "—"):
        return "", []
    kind = _EMPLOYMENT_OF.get(folded(text)) or _labels(EmploymentType).get(folded(text))
    if kind is None:
        return "", [Problem("employment_unknown", "employment_type", {"found": text[:60]})]
    return kind.value, []


def read_position_group(cell) -> tuple[str, list[Problem]]:
    text = as_text(cell)
    if is_nothing(text):
        return "", []
    group = _GROUP_OF.get(folded(text)) or _labels(PositionGroup).get(folded(text))
    if group is None:
        return "", [Problem("position_group_unknown", "position_group", {"found": text[:60]})]
    return group.value, []


def read_yes_no(cell, column: str = "is_manager") -> tuple[bool | None, list[Problem]]:
    """None for an empty cell: nothing is said."""
    word = folded(as_text(cell))
    if not word:
        return None, []
    if word in _YES:
        return True, []
    if word in _NO:
        return False, []
    return None, [Problem("manager_unknown", column, {"found": as_text(cell)[:40]})]


def manages(title: str) -> bool:
    """Whether the words of a position are those of a leader or manager."""
    words = folded(title)
    return bool(_MANAGER.match(words)) and not _NO_MANAGER.match(words)


def group_of(title: str) -> str:
    """The position group that follows from a position's words, where the sheet does not say it."""
    if manages(title):
        return PositionGroup.LEADER.value
    words = folded(title)
    for pattern, group in _GROUP_BY_TITLE:
        if pattern.search(words):
            return group.value
    return PositionGroup.PROFESSIONAL.value
