"""E-mail addresses: one in a cell, in small letters, a work address if possible."""

import re

from people.sheets.cells.text import as_text, is_nothing
from people.sheets.problems import Problem

# Services where anybody gets a private address.
PERSONAL_DOMAINS = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "yahoo.com",
        "yahoo.com.vn",
        "ymail.com",
        "hotmail.com",
        "outlook.com",
        "outlook.com.vn",
        "live.com",
        "msn.com",
        "icloud.com",
        "me.com",
        "aol.com",
        "proton.me",
        "protonmail.com",
        "zoho.com",
        "mail.com",
        "gmx.com",
        "yandex.com",
        "qq.com",
        "163.com",
    ]
)
_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
_LONGEST = 254


def read_email(cell) -> tuple[str, list[Problem]]:
    text = as_text(cell).casefold().removeprefix("mailto:").strip(" <>.,;")
    if is_nothing(text):
        return "", []
    if len(text) > _LONGEST or not _ADDRESS.fullmatch(text):
        return "", [Problem("email_unreadable", "work_email")]
    domain = text.rpartition("@")[2]
    if domain in PERSONAL_DOMAINS or domain.partition(".")[0] in ("gmail", "yahoo", "hotmail"):
        return text, [Problem("email_personal", "work_email", {"domain": domain})]
    return text, []
