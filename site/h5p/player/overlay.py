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
    return _group(params, _Library(content.main_library.name, _Semantics(content)))


@lru_cache(maxsize=1)
def words() -> dict[str, str]:
    """English text of a library → Vietnamese text, from words_vi.json.

    Where one library means something else by a word, its entry is “H5P.Name: word”.
    """
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


class _Library:
    """The library whose texts are being read: its fields and its words."""

    def __init__(self, name: str, semantics: _Semantics):
        self._machine_name = name.partition(" ")[0]
        self.semantics = semantics
        self.fields = semantics.of(name)

    def word(self, english: str) -> str | None:
        return words().get(f"{self._machine_name}: {english}") or words().get(english)


def _group(values, library: _Library, fields: list | None = None, common: bool = False):
    """The values of a group, or of the whole library where no fields are given."""
    if not isinstance(values, dict):
        return values
    fields = library.fields if fields is None else fields
    known = {field.get("name"): field for field in fields if isinstance(field, dict)}
    return {
        name: _value(value, known[name], library, common) if name in known else value for name, value in values.items()
    }


def _value(value, field: dict, library: _Library, common: bool):
    kind = field.get("type")
    common = common or field.get("common") is True
    if kind == _TEXT:
        return _translated(value, field.get("default"), library, common)
    if kind == "group":
        inner = field.get("fields", [])
        if len(inner) == 1 and not field.get("isSubContent"):  # such a group is stored as the value of its one field
            return _value(value, inner[0], library, common)
        return _group(value, library, inner, common)
    if kind == "list" and isinstance(value, list):
        return [_value(item, field.get("field", {}), library, common) for item in value]
    if kind == "library" and isinstance(value, dict) and isinstance(value.get("params"), dict):
        part = _Library(value.get("library", ""), library.semantics)
        return value | {"params": _group(value["params"], part)}
    return value


def _translated(value, default, library: _Library, common: bool):
    """The site's words for a default nobody touched. Texts may be escaped as HTML, defaults are not always."""
    if not isinstance(value, str):
        return value
    untouched = isinstance(default, str) and _plain(value) == _plain(default)
    return (library.word(_plain(value)) or value) if untouched or common else value


def _plain(text: str) -> str:
    return " ".join(unescape(text).split())
