"""How a question is written on a screen: a kind describes its fields, the desk draws them and reads them back.

A kind's `editor` is a list of parts. Each part turns what stands in a source (see base.py) into controls and what
was typed back into the source. The name of a control is the path of its value in the source ("options[0].vi"), so
that the faults `from_source` finds stand beside the field they are about. Nothing here knows Django or HTML.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from quizzes.kinds.texts import LANGUAGES, MAIN_LANGUAGE, Texts

ROWS_AT_MOST = 26


@dataclass(frozen=True)
class Control:
    """One input on the screen. `shape`: line, area, number, tick (checkbox), pick (radio) or select."""

    name: str
    shape: str
    label: Texts
    value: str = ""
    checked: bool = False
    lang: str = ""
    help: Texts | None = None
    choices: tuple[tuple[str, Texts], ...] = ()


@dataclass(frozen=True)
class Row:
    """One row of a list: `at` is its path, e.g. "options[0]"."""

    at: str
    index: int
    controls: tuple[Control, ...]


class Part:
    """What all parts of an editor can do."""

    name: str
    label: Texts

    def controls(self, source: Mapping, at: str = "") -> tuple[Control, ...]:
        """The inputs with what the source says; `at` is the path of the mapping the part stands in."""
        raise NotImplementedError

    def read(self, typed: Mapping[str, str], source: dict, at: str = "") -> None:
        """Puts what was typed into the source; what was left empty is left out."""
        raise NotImplementedError


@dataclass(frozen=True)
class Text(Part):
    """A text in each language. With an empty name, the languages are fields of the mapping itself (rows).

    `lines`: a text of several lines; `wraps`: one line, too long for a line on the screen.
    """

    name: str
    label: Texts
    lines: bool = False
    wraps: bool = False
    help: Texts | None = None

    def controls(self, source, at=""):
        texts = _texts(_found(source, self.name) if self.name else source)
        return tuple(
            Control(
                _joined(at, self.name, language),
                "area" if self.lines or self.wraps else "line",
                self.label,
                str(texts.get(language) or ""),
                lang=language,
                help=self.help if language == MAIN_LANGUAGE else None,
            )
            for language in LANGUAGES
        )

    def read(self, typed, source, at=""):
        texts = {
            name: text for name in LANGUAGES if (text := self._as_typed(typed.get(_joined(at, self.name, name), "")))
        }
        if texts and self.name:
            _put(source, self.name, texts)
        elif texts:
            source.update(texts)

    def _as_typed(self, text: str) -> str:
        return " ".join(text.split()) if self.wraps else text.strip()


@dataclass(frozen=True)
class Line(Part):
    """A short text or number in no language."""

    name: str
    label: Texts
    number: bool = False
    help: Texts | None = None

    def controls(self, source, at=""):
        value = _found(source, self.name)
        shape = "number" if self.number else "line"
        return (
            Control(_joined(at, self.name), shape, self.label, "" if value is None else str(value), help=self.help),
        )

    def read(self, typed, source, at=""):
        text = typed.get(_joined(at, self.name), "").strip()
        if text:
            _put(source, self.name, int(text) if self.number and text.isdecimal() else text)


@dataclass(frozen=True)
class Lines(Part):
    """A list of short texts, one a line; `translated`: each in both languages, line by line."""

    name: str
    label: Texts
    translated: bool = False
    help: Texts | None = None

    def controls(self, source, at=""):
        entries = _found(source, self.name)
        entries = entries if isinstance(entries, list) else []
        if not self.translated:
            text = "\n".join(str(entry) for entry in entries)
            return (Control(_joined(at, self.name), "area", self.label, text, help=self.help),)
        columns = {name: [str(_texts(entry).get(name) or "") for entry in entries] for name in LANGUAGES}
        return tuple(
            Control(
                _joined(at, self.name, language),
                "area",
                self.label,
                "\n".join(columns[language]).rstrip("\n"),
                lang=language,
                help=self.help if language == MAIN_LANGUAGE else None,
            )
            for language in LANGUAGES
        )

    def read(self, typed, source, at=""):
        if not self.translated:
            if lines := _lines(typed.get(_joined(at, self.name), "")):
                _put(source, self.name, lines)
            return
        columns = [typed.get(_joined(at, self.name, language), "") for language in LANGUAGES]
        first = _lines(columns[0])
        others = [[line.strip() for line in column.rstrip().splitlines()] for column in columns[1:]]
        rows = [
            {language: text for language, text in zip(LANGUAGES, row, strict=True) if text}
            for row in zip_longest(first, *others, fillvalue="")
        ]
        if any(rows):
            _put(source, self.name, [row for row in rows if row])


@dataclass(frozen=True)
class Flag(Part):
    """Yes or no; only what differs from the default is written."""

    name: str
    label: Texts
    default: bool = False
    help: Texts | None = None

    def controls(self, source, at=""):
        value = _found(source, self.name)
        checked = self.default if value is None else value is True
        return (Control(_joined(at, self.name), "tick", self.label, "1", checked, help=self.help),)

    def read(self, typed, source, at=""):
        ticked = bool(typed.get(_joined(at, self.name)))
        if ticked != self.default:
            _put(source, self.name, ticked)


@dataclass(frozen=True)
class Choice(Part):
    """One of several fixed values of the source, each with its words."""

    name: str
    label: Texts
    choices: tuple[tuple[Any, Texts], ...]
    help: Texts | None = None
    default: Any = None

    def controls(self, source, at=""):
        value = _found(source, self.name)
        value = self.default if value is None else value
        name = _joined(at, self.name)
        if len(self.choices) > 2:
            options = tuple((str(one), words) for one, words in self.choices)
            return (Control(name, "select", self.label, str(value), help=self.help, choices=options),)
        return tuple(Control(name, "pick", words, str(one), one == value) for one, words in self.choices)

    def read(self, typed, source, at=""):
        chosen = typed.get(_joined(at, self.name), "")
        for value, _words in self.choices:
            if str(value) == chosen:
                _put(source, self.name, value)


@dataclass(frozen=True)
class Right(Part):
    """In the rows of `options`: which of them are right. The source names them in its field `answer`."""

    several: bool = False
    name: str = "answer"
    label: Texts = field(default_factory=lambda: {"vi": "Đúng", "en": "Right"})

    def controls(self, source, at=""):
        name = f"{self.name}[]" if self.several else self.name
        return (Control(name, "tick" if self.several else "pick", self.label, at, bool(source.get("_right"))),)

    def read(self, typed, source, at=""):
        pass  # read for all rows together: Rows


@dataclass(frozen=True)
class Rows(Part):
    """A list of mappings, one row each. Rows left empty are dropped; `ordered` ones can be moved.

    `numbered`: the field that numbers the rows; a row that is new gets the next number.
    """

    name: str
    label: Texts
    columns: tuple[Part, ...]
    row_label: Texts
    minimum: int = 2
    start: int = 4
    ordered: bool = False
    numbered: str = ""
    help: Texts | None = None

    def rows(self, source: Mapping, shown: int = 0) -> tuple[Row, ...]:
        """As many rows as the source has, at least `shown`, for a new question `start`."""
        entries = [_texts(entry) for entry in source.get(self.name) or []]
        right = self._right(source)
        wanted = min(ROWS_AT_MOST, max(len(entries), shown, 0 if entries else self.start))
        entries += [{} for _missing in range(wanted - len(entries))]
        rows = []
        for index, entry in enumerate(entries):
            at = f"{self.name}[{index}]"
            if self.numbered and self.numbered not in entry:
                entry = entry | {self.numbered: index + 1}
            entry = entry | {"_right": entry.get("id") in right} if right else entry
            rows.append(Row(at, index, tuple(one for part in self.columns for one in part.controls(entry, at))))
        return tuple(rows)

    def controls(self, source, at=""):
        return tuple(control for row in self.rows(source) for control in row.controls)

    def read(self, typed, source, at=""):
        entries = []
        marks = next((part for part in self.columns if isinstance(part, Right)), None)
        chosen = _chosen(typed, marks) if marks else []
        right = []
        for index in range(ROWS_AT_MOST):
            row_at, entry = f"{self.name}[{index}]", {}
            for part in self.columns:
                part.read(typed, entry, row_at)
            if not set(entry) - {self.numbered}:
                continue
            if marks:
                entry["id"] = "abcdefghijklmnopqrstuvwxyz"[index]
                if row_at in chosen:
                    right.append(entry["id"])
            entries.append(entry)
        if entries:
            source[self.name] = entries
        if marks and right:
            source[marks.name] = right if marks.several else right[0]

    def _right(self, source: Mapping) -> set:
        marks = next((part for part in self.columns if isinstance(part, Right)), None)
        answer = source.get(marks.name) if marks else None
        return set(answer) if isinstance(answer, list) else {answer} - {None}


def _chosen(typed: Mapping, marks: Right) -> list[str]:
    return typed.get(f"{marks.name}[]", []) if marks.several else [typed.get(marks.name, "")]


def _joined(*names: str) -> str:
    return ".".join(name for name in names if name)


def _texts(value: Any) -> dict:
    if isinstance(value, dict):
        return value
    return {} if value is None else {MAIN_LANGUAGE: value}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _found(source: Mapping, name: str) -> Any:
    found: Any = source
    for step in name.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _put(source: dict, name: str, value: Any) -> None:
    *above, last = name.split(".")
    for step in above:
        source = source.setdefault(step, {})
    source[last] = value
