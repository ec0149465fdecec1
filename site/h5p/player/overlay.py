"""Vietnamese for the interface of the common types: buttons, hints, announcements of screen readers.

The packages bring these texts in English in every content. A text that is still word for word the English default of
its library is shown in Vietnamese; whatever an author wrote stays as it is. In a group of interface texts (`common`
in the semantics) the default of an older version counts as well.
"""

import json
from functools import lru_cache
from html import unescape
from pathlib import Path

from h5p.models import Content, Library

WORDS = Path(__file__).with_name("words_vi.json")
_TEXT = "text"


def with_site_words(content: Content, language: str) -> dict:
    """The activity's parameters, its untouched English interface texts in the language of the site."""
    params = content.filtered if content.filtered is not None else content.params
    if language != "vi" or content.main_library is None:
        return params
    semantics = _Semantics(content)
    return _group(params, semantics.of(content.main_library.name), semantics)


@lru_cache(maxsize=1)
def words() -> dict[str, str]:
    """English text of a library → Vietnamese text, from words_vi.json."""
    return json.loads(WORDS.read_text(encoding="utf-8"))


class _Semantics:
    """The fields of the libraries an activity uses, read in one query when the first one is asked for."""

    def __init__(self, content: Content):
        self._content = content
        self._trees: dict[str, list] | None = None

    def of(self, name: str) -> list:
        if self._trees is None:
            used = Library.objects.filter(content_uses__content=self._content).only(
                "machine_name", "major", "minor", "semantics"
            )
            self._trees = {library.name: library.semantics or [] for library in used}
        return self._trees.get(name, [])


def _group(values, fields: list, semantics: _Semantics, common: bool = False):
    if not isinstance(values, dict):
        return values
    known = {field.get("name"): field for field in fields if isinstance(field, dict)}
    return {
        name: _value(value, known[name], semantics, common) if name in known else value
        for name, value in values.items()
    }


def _value(value, field: dict, semantics: _Semantics, common: bool):
    kind = field.get("type")
    common = common or field.get("common") is True
    if kind == _TEXT:
        return _translated(value, field.get("default"), common)
    if kind == "group":
        inner = field.get("fields", [])
        if len(inner) == 1 and not field.get("isSubContent"):  # such a group is stored as the value of its one field
            return _value(value, inner[0], semantics, common)
        return _group(value, inner, semantics, common)
    if kind == "list" and isinstance(value, list):
        return [_value(item, field.get("field", {}), semantics, common) for item in value]
    if kind == "library" and isinstance(value, dict) and isinstance(value.get("params"), dict):
        return value | {"params": _group(value["params"], semantics.of(value.get("library", "")), semantics)}
    return value


def _translated(value, default, common: bool):
    """The site's words for a default nobody touched. Texts may be escaped as HTML, defaults are not always."""
    if not isinstance(value, str):
        return value
    untouched = isinstance(default, str) and _plain(value) == _plain(default)
    return words().get(_plain(value), value) if untouched or common else value


def _plain(text: str) -> str:
    return " ".join(unescape(text).split())
