"""Names as people type them: in capitals, in pieces, with a title in front, in an old font's encoding."""

import re

from people.sheets.problems import Problem
from shared.text.fold import to_nfc

LONGEST = 120
_TITLE = re.compile(
    r"^(?:(?:ông|bà|anh|chị|cô|thầy|đồng chí|đ/c|đ\.c|ths|ts|pgs|gs|bs|bác sĩ|bscki|bsckii|ks|cn)\b[.:]?"
    r"\s*|(?:đ/c|đc)[.:]?\s+)+(?=\S+\s+\S)",
    re.IGNORECASE,
)
# Letters of Vietnamese and of the minority languages written with them, and what may stand between them.
_FOREIGN = re.compile(r"[^\w\s.'’ʼ\-·]|[\d_]")
_LEGACY = re.compile("[\u00a1-\u00bf\u00d7\u00f7\u0192\u2020-\u2026\u2030\u2122\u0161\u0178\u201a\u201e\u02c6]")
_QUOTES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'"})
_BEHIND = re.compile(r"\s[-–—·.]+\s")  # “Nguyễn Văn A - PCT”: what follows is no name; “Liêng-Hót” is
_APART = re.compile(r"([\s\-'.]+)")


def read_name(text: str) -> tuple[str, list[Problem]]:
    """The full name as it is to be stored; "" with a problem if it cannot be one."""
    name = to_nfc(text).translate(_QUOTES).strip(" .,;:*")
    if not name:
        return "", [Problem("name_missing", "full_name")]
    if len(name) > LONGEST:
        return "", [Problem("name_too_long", "full_name", {"limit": LONGEST})]
    if _LEGACY.search(name):
        return "", [Problem("name_legacy_font", "full_name")]
    problems = []
    if title := _TITLE.match(name):
        name = name[title.end() :]
        problems.append(Problem("name_title_dropped", "full_name", {"title": title[0].strip()}))
    if name and text.lstrip()[:1] in "=+-@＝＋－＠":
        return "", [Problem("name_characters", "full_name", {"found": text.strip()[:1]})]
    if apart := _BEHIND.search(name):
        return "", [Problem("name_characters", "full_name", {"found": apart[0].strip()})]
    if found := _FOREIGN.findall(name):
        return "", [Problem("name_characters", "full_name", {"found": " ".join(dict.fromkeys(found))})]
    name, recased = _in_usual_case(name)
    problems += recased
    if " " not in name:
        problems.append(Problem("name_single_word", "full_name"))
    return name, problems


def _in_usual_case(name: str) -> tuple[str, list[Problem]]:
    """Each syllable with a capital (Decree 30/2020, Appendix II), if the name is all in one case.

    Names with particles of one letter (Giàng A Páo, K'Brể, H'Mê, Y-Ngông) are kept as written: which letters are
    capitals there is their bearer's knowledge. Then only a suggestion is made.
    """
    letters = [char for char in name if char.isalpha()]
    if len(letters) < 2 or not (name.isupper() or name.islower()):
        return name, []
    usual = "".join(part.capitalize() for part in _APART.split(name))
    if has_particle(name):
        return (name, [Problem("name_case_kept", "full_name", {"name": usual})]) if usual != name else (name, [])
    return usual, [Problem("name_recased", "full_name", {"name": usual})]


def has_particle(name: str) -> bool:
    """Whether a part of one letter stands in the name before its last word, or one is joined by ' or -."""
    if "'" in name or "-" in name:
        return True
    return any(len(word.strip(".")) == 1 for word in name.split()[:-1])
