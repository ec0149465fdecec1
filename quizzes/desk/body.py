"""The part of the question screen a kind describes (quizzes.kinds.editor): shown, read, blamed, rows added."""

import re
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from quizzes.kinds.base import QuestionBody, QuestionKind
from quizzes.kinds.editor import ROWS_AT_MOST, Control, Part, Right, Rows
from quizzes.kinds.errors import QuestionErrors
from quizzes.kinds.texts import LANGUAGES, MAIN_LANGUAGE, Texts, in_language

_COMMAND = re.compile(r"(add|up|down|drop):(\w+)(?::(\d{1,2}))?")
_OTHER_LANGUAGES = {"en": "English"}


@dataclass
class ShownControl:
    """A control in the words of the reader's language, with what is wrong with it."""

    control: Control
    label: str
    help: str
    choices: list[tuple[str, str]]
    errors: list[str]
    required: bool

    @property
    def id(self) -> str:
        """An id that may stand in a page; radios and ticks of one name differ by their value."""
        name = self.control.name + (f"-{self.control.value}" if self.control.shape in ("pick", "tick") else "")
        return "q-" + re.sub(r"\W+", "-", name).strip("-")


@dataclass
class ShownRow:
    at: str
    index: int
    title: str
    controls: list[ShownControl]
    errors: list[str]


@dataclass
class ShownPart:
    """`shape`: "rows", "picks" (a group of radios) or "fields"."""

    shape: str
    name: str
    label: str
    help: str
    controls: list[ShownControl]
    rows: list[ShownRow]
    errors: list[str]
    ordered: bool = False
    may_grow: bool = False
    optional: bool = False


class Body:
    """What is being written of one question, from its screen or from a stored version."""

    def __init__(self, kind: QuestionKind, source: dict | None = None, shown: dict[str, int] | None = None):
        self.kind, self.source = kind, source or {}
        self.shown = shown or {}
        self.errors: dict[str, list[str]] = {}

    @classmethod
    def of(cls, kind: QuestionKind, body: QuestionBody) -> "Body":
        """The stored wording."""
        return cls(kind, kind.to_source(body))

    @classmethod
    def posted(cls, kind: QuestionKind, data, command: str = "") -> "Body":
        """What stands on the screen, after the row command (“add:options”, “up:items:2”) of a button, if any."""
        typed = {name: data.getlist(name) if name.endswith("[]") else data[name] for name in data}
        rows = [part for part in kind.editor_parts() if isinstance(part, Rows)]
        shown = {part.name: _rows_in(typed, part.name) for part in rows}
        if match := _COMMAND.fullmatch(command):
            _obey(match[1], match[2], int(match[3] or 0), typed, shown)
        source: dict = {"type": kind.name}
        for part in kind.editor_parts():
            part.read(typed, source)
        return cls(kind, source, shown)

    def read(self) -> QuestionBody | None:
        """The question; None with `errors` by field if it is faulty."""
        try:
            return self.kind.from_source(self.source)
        except QuestionErrors as faults:
            names = self._names()
            for fault in faults:
                text = _(fault.template) % fault.params
                self.errors.setdefault(_field_of(fault.field, names), []).append(text[:1].upper() + text[1:])
            return None

    def draft(self) -> QuestionBody | None:
        """The question as far as it is written, for the preview; None if there is too little."""
        try:
            return self.kind.draft(self.source)
        except (KeyError, ValueError, TypeError, IndexError, AttributeError):
            return None

    @property
    def parts(self) -> list[ShownPart]:
        return [self._shown(part) for part in self.kind.editor_parts()]

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """(id of the field, its label, what is wrong), for the summary above the form."""
        found = []
        for part in self.parts:
            found += [(f"rows-{part.name}", part.label, text) for text in part.errors]
            for row in part.rows:
                found += [(f"rows-{part.name}", row.title, text) for text in row.errors]
            for control in [*part.controls, *(one for row in part.rows for one in row.controls)]:
                found += [(control.id, control.label, text) for text in control.errors]
        known = {text for _id, _label, text in found}
        return found + [("", "", text) for texts in self.errors.values() for text in texts if text not in known]

    def _names(self) -> list[str]:
        names = []
        for part in self.kind.editor_parts():
            names.append(part.name)
            for row in part.rows(self.source) if isinstance(part, Rows) else ():
                names += [row.at, *(control.name for control in row.controls)]
            if not isinstance(part, Rows):
                names += [control.name for control in part.controls(self.source)]
        return names

    def _shown(self, part: Part) -> ShownPart:
        is_rows = isinstance(part, Rows)
        rows = part.rows(self.source, self.shown.get(part.name, 0)) if is_rows else ()
        controls = () if is_rows else part.controls(self.source)
        picks = bool(controls) and controls[0].shape == "pick"
        return ShownPart(
            shape="rows" if is_rows else "picks" if picks else "fields",
            name=part.name,
            label=_said(part.label),
            help=_said(part.help) if is_rows or picks else "",
            controls=[self._shown_control(control) for control in controls],
            rows=[
                ShownRow(
                    row.at,
                    row.index,
                    f"{_said(part.row_label)} {row.index + 1}",
                    [self._shown_control(control) for control in row.controls],
                    self.errors.get(row.at, []),
                )
                for row in rows
            ],
            errors=self.errors.get(part.name, [])
            + (self.errors.get("answer", []) if is_rows and any(isinstance(c, Right) for c in part.columns) else []),
            ordered=is_rows and part.ordered,
            may_grow=is_rows and len(rows) < ROWS_AT_MOST,
            optional=part.name.startswith("feedback."),
        )

    def _shown_control(self, control: Control) -> ShownControl:
        label = _said(control.label)
        if control.lang in LANGUAGES[1:]:
            label = f"{label} · {_OTHER_LANGUAGES[control.lang]}"
        errors = self.errors.get(control.name, []) if control.shape != "pick" else []
        return ShownControl(
            control,
            label,
            _said(control.help),
            [(value, _said(words)) for value, words in control.choices],
            errors,
            required=control.lang == MAIN_LANGUAGE and control.name in ("stem.vi", "scenario.vi"),
        )


def _said(texts: Texts | None) -> str:
    return in_language(texts, get_language() or MAIN_LANGUAGE) if texts else ""


def _field_of(path: str, names: list[str]) -> str:
    """The name of the control or row a fault is about: itself, its Vietnamese text, or what it stands in."""
    while path:
        for name in (f"{path}.{MAIN_LANGUAGE}", path):
            if name in names:
                return name
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return ""


def _rows_in(typed: dict, name: str) -> int:
    """How many rows the screen showed."""
    numbers = [int(match[1]) for key in typed if (match := re.match(rf"{name}\[(\d{{1,2}})\]", key))]
    return min(ROWS_AT_MOST, max(numbers, default=-1) + 1)


def _obey(verb: str, name: str, index: int, typed: dict, shown: dict[str, int]) -> None:
    """Changes what was typed as the button says: rows are added, exchanged or emptied."""
    if name not in shown:
        return
    if verb == "add":
        shown[name] = min(ROWS_AT_MOST, shown[name] + 1)
    elif verb == "drop":
        for key in [key for key in typed if key.startswith(f"{name}[{index}]")]:
            del typed[key]
        shown[name] = max(1, shown[name] - 1)
    else:
        other = index - 1 if verb == "up" else index + 1
        if 0 <= other < shown[name]:
            here, there = f"{name}[{index}]", f"{name}[{other}]"
            exchanged = {}
            for key in [key for key in typed if key.startswith((here, there))]:
                old, new = (here, there) if key.startswith(here) else (there, here)
                exchanged[new + key[len(old) :]] = typed.pop(key)
            typed.update(exchanged)
