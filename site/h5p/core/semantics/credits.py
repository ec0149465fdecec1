"""Metadata and copyright: texts about a content, with fields that are the same for every library."""

import re
from collections.abc import Callable

from .rich_text import plain

_YEAR = re.compile(r"-?[0-9]{1,4}")
_SOURCE = re.compile(r"https?://[^\s<>\"']{1,2000}", re.IGNORECASE)


def _text(longest: int) -> Callable[[object], str | None]:
    return lambda value: plain(str(value))[:longest] if isinstance(value, str | int) else None


def _matching(pattern: re.Pattern) -> Callable[[object], str | None]:
    return lambda value: str(value) if isinstance(value, str | int) and pattern.fullmatch(str(value)) else None


def _records(**fields: Callable) -> Callable[[object], list | None]:
    def check(value: object) -> list | None:
        if not isinstance(value, list):
            return None
        return [_reduced(one, fields) for one in value if isinstance(one, dict)]

    return check


def _reduced(value: dict, fields: dict[str, Callable]) -> dict:
    checked = {key: check(value[key]) for key, check in fields.items() if value.get(key) not in (None, "")}
    return {key: one for key, one in checked.items() if one is not None}


_CREDITS: dict[str, Callable] = {
    "title": _text(255),
    "a11yTitle": _text(255),
    "contentType": _text(255),
    "license": _text(40),
    "licenseVersion": _text(10),
    "licenseExtras": _text(5000),
    "source": _matching(_SOURCE),
    "yearFrom": _matching(_YEAR),
    "yearTo": _matching(_YEAR),
    "authors": _records(name=_text(255), role=_text(40)),
    "changes": _records(date=_text(40), author=_text(255), log=_text(5000)),
    "authorComments": _text(5000),
    "defaultLanguage": _text(15),
}
_COPYRIGHT: dict[str, Callable] = {
    "title": _text(255),
    "author": _text(255),
    "year": _text(40),
    "source": _matching(_SOURCE),
    "license": _text(40),
    "version": _text(10),
}


def filtered_metadata(value: object) -> dict:
    """The metadata of a content or a part of one, reduced to known fields of known shape."""
    return _reduced(value, _CREDITS) if isinstance(value, dict) else {}


def filtered_copyright(value: object) -> dict:
    """The older record of rights that pictures, sounds and videos carry."""
    return _reduced(value, _COPYRIGHT) if isinstance(value, dict) else {}
