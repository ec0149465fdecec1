"""Reading one question of the starter format (a mapping, from YAML or JSON) and noting every fault in it."""

from collections.abc import Collection
from typing import Any

from quizzes.kinds.errors import QuestionError, QuestionErrors, gettext_noop
from quizzes.kinds.texts import LANGUAGES, MAIN_LANGUAGE, Texts
from shared.text.fold import to_nfc, to_nfc_lines

MAX_TEXT = 5_000  # characters of one text
MAX_PARTS = 26  # options, pairs, items or blanks of one question
# Stands for a text that could not be read; never leaves this package.
PLACEHOLDER: Texts = {MAIN_LANGUAGE: ""}

_MISSING = gettext_noop("is missing")
_UNKNOWN = gettext_noop("is not known here; expected one of: %(expected)s")
_NOT_MAPPING = gettext_noop("must be a mapping of names to values")
_NOT_LIST = gettext_noop("must be a list")
_NOT_TEXT = gettext_noop("must be text; put it in quotes")
_EMPTY = gettext_noop("is empty; write a text")
_TOO_LONG = gettext_noop("is longer than %(limit)s characters")
_TOO_FEW = gettext_noop("needs at least %(minimum)s entries, found %(found)s")
_TOO_MANY = gettext_noop("may have at most %(maximum)s entries, found %(found)s")
_NOT_FLAG = gettext_noop("must be true or false")
_WRONG_CHOICE = gettext_noop("must be one of: %(expected)s; found %(found)s")


class SourceReader:
    """One mapping of the source. Its methods return usable values even for faulty fields, so that reading
    can go on; the faults gather in `errors`, shared with the readers of nested mappings; `finish` raises
    them together.
    """

    def __init__(self, source: Any, path: str = "", errors: list[QuestionError] | None = None):
        self.path = path
        self.errors: list[QuestionError] = [] if errors is None else errors
        self.is_plain_text = False
        self.readable = isinstance(source, dict)
        self.source: dict = source if self.readable else {}
        if not self.readable:
            self.errors.append(QuestionError(path, _NOT_MAPPING))

    def fault(self, field: str, message: str, **params: object) -> None:
        """Notes a fault of `field`; what is no mapping is not faulted again for the fields it lacks."""
        if self.readable:
            self.errors.append(QuestionError(self._path(field), message, params))

    def finish(self) -> None:
        """Raises QuestionErrors if any fault was noted."""
        if self.errors:
            raise QuestionErrors(self.errors)

    def has(self, field: str) -> bool:
        return self.source.get(field) is not None

    def only(self, known: Collection[str]) -> None:
        """Notes every field that is not in `known`."""
        for field in self.source:
            if field not in known:
                self.fault(str(field), _UNKNOWN, expected=", ".join(sorted(known)))

    def value(self, field: str) -> Any:
        """The raw value, or None with a fault noted if it is missing."""
        if not self.has(field):
            self.fault(field, _MISSING)
            return None
        return self.source[field]

    def plain(self, field: str, *, lines: bool = False) -> str:
        """A required text in one language; whole numbers are taken as they are written."""
        value = self.value(field)
        return "" if value is None else self.clean(field, value, lines)

    def texts(self, field: str, *, lines: bool = False) -> Texts:
        """A required text: a plain string (Vietnamese) or a mapping {vi, en}. `lines` keeps line breaks."""
        value = self.value(field)
        if value is None:
            return PLACEHOLDER
        if not isinstance(value, dict):
            return {MAIN_LANGUAGE: self.clean(field, value, lines)}
        nested = self.nested(field, value)
        nested.only(LANGUAGES)
        return nested.own_texts(lines=lines)

    def own_texts(self, *, lines: bool = False) -> Texts:
        """The fields vi (required) and en of this mapping itself."""
        found = {MAIN_LANGUAGE: self.plain(MAIN_LANGUAGE, lines=lines)}
        for language in LANGUAGES[1:]:
            if self.has(language):
                found[language] = self.plain(language, lines=lines)
        return found

    def entries(self, field: str, minimum: int, maximum: int = MAX_PARTS) -> list:
        """A required list with at least `minimum` and at most `maximum` entries."""
        value = self.value(field)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(field, _NOT_LIST)
            return []
        if len(value) < minimum:
            self.fault(field, _TOO_FEW, minimum=minimum, found=len(value))
        if len(value) > maximum:
            self.fault(field, _TOO_MANY, maximum=maximum, found=len(value))
        return value[:maximum]

    def mappings(self, field: str, minimum: int) -> list["SourceReader"]:
        """The entries of a required list of mappings."""
        entries = self.entries(field, minimum)
        return [self.nested(f"{field}[{index}]", entry) for index, entry in enumerate(entries)]

    def text_entries(self, field: str, minimum: int) -> list["SourceReader"]:
        """The entries of a required list of texts; a plain string stands for {vi: string}."""
        found = []
        for index, entry in enumerate(self.entries(field, minimum)):
            is_mapping = isinstance(entry, dict)
            reader = self.nested(f"{field}[{index}]", entry if is_mapping else {MAIN_LANGUAGE: entry})
            reader.is_plain_text = not is_mapping
            found.append(reader)
        return found

    def one_of(self, field: str, allowed: Collection[str], default: str) -> str:
        value = self.source.get(field)
        if value is None:
            return default
        if value not in allowed:
            self.fault(field, _WRONG_CHOICE, expected=", ".join(allowed), found=value)
            return default
        return value

    def flag(self, field: str, default: bool) -> bool:
        value = self.source.get(field)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fault(field, _NOT_FLAG)
            return default
        return value

    def nested(self, field: str, value: Any) -> "SourceReader":
        """A reader for a mapping inside this one, noting its faults with the others."""
        return SourceReader(value, self._path(field), self.errors)

    def _path(self, field: str) -> str:
        if self.is_plain_text:
            return self.path
        return f"{self.path}.{field}" if self.path else field

    def clean(self, field: str, value: Any, lines: bool = False) -> str:
        """The text normalised; a fault of `field` is noted if it is no text, empty or too long."""
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str):
            self.fault(field, _NOT_TEXT)
            return ""
        text = to_nfc_lines(value) if lines else to_nfc(value)
        if not text:
            self.fault(field, _EMPTY)
        elif len(text) > MAX_TEXT:
            self.fault(field, _TOO_LONG, limit=MAX_TEXT)
        return text
