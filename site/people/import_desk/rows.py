"""The rows of a preview as their page shows them: what would happen, what is wrong beside which cell, who is meant."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain.importing.reporting import result_words
from people.enums import EmploymentType, Gender, PositionGroup, RowDecision, RowKind
from people.models import ImportRow, PeopleImport, Person, Posting
from people.queries import not_over_on
from people.sheets.problems import REFUSED, Problem, message_of
from people.sheets.vocabulary import LABELS
from shared.text.dates import short_date

_WORDS = {
    "gender": dict(Gender.choices),
    "employment_type": dict(EmploymentType.choices),
    "position_group": dict(PositionGroup.choices),
}
_TONES = {
    RowKind.CREATE: ("green", "user-plus"),
    RowKind.CHANGE: ("blue", "pencil"),
    RowKind.MOVE: ("blue", "arrow-right-left"),
    RowKind.UNCHANGED: ("", "check"),
    RowKind.DOUBTFUL: ("gold", "circle-question-mark"),
    RowKind.REFUSED: ("red", "circle-x"),
}


@dataclass(frozen=True)
class ShownProblem:
    """A problem beside its cell: the column's name, what the cell says, and the message."""

    label: str
    cell: str
    message: str
    is_refusal: bool


@dataclass(frozen=True)
class Change:
    """A field that differs: its name, the old and the new value in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Candidate:
    """Somebody on record who may be meant: name, unit and birth date, to be held against the row."""

    pk: int
    full_name: str
    staff_number: str
    unit: str
    birth_date: str


@dataclass
class ShownRow:
    row: ImportRow
    label: str
    tone: str
    icon: str
    name: str
    keys: str
    unit: str
    position: str
    birth_date: str
    problems: list[ShownProblem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)

    @property
    def may_be_new(self) -> bool:
        """Another person: unless a key of the row is the candidate's own."""
        return not any(problem[0] == "other_name" for problem in self.row.problems)

    @property
    def asks(self) -> bool:
        return self.row.kind == RowKind.DOUBTFUL or bool(self.row.decision)


def shown_rows(people_import: PeopleImport, rows) -> list[ShownRow]:
    """The rows of one page. Two queries for all candidates together, none for a row."""
    rows = list(rows)
    candidates = _candidates({pk for row in rows for pk in row.candidates})
    return [_shown(row, people_import, candidates) for row in rows]


def _shown(row: ImportRow, people_import: PeopleImport, candidates: dict[int, Candidate]) -> ShownRow:
    tone, icon = _TONES[RowKind(row.kind)]
    cells = row.cells
    shown = ShownRow(
        row,
        result_words(row, people_import),
        tone,
        icon,
        row.full_name or cells.get("full_name", ""),
        row.staff_number or cells.get("staff_number", "") or row.work_email or cells.get("work_email", ""),
        row.unit.name if row.unit else cells.get("division") or cells.get("unit", ""),
        row.position_title or cells.get("position_title", ""),
        short_date(row.birth_date) if row.birth_date else cells.get("birth_date", ""),
    )
    for stored in row.problems:
        problem = Problem.from_json(stored)
        label = str(LABELS.get(problem.column, ""))
        cell = cells.get(problem.column, "")
        shown.problems.append(ShownProblem(label, cell, problem.message, problem.level == REFUSED))
    if row.undo in ("undo_changed_since", "undo_key_taken"):
        shown.problems.append(ShownProblem(_("Undoing"), "", message_of(row.undo), True))
    elif row.undo == "closed":
        shown.problems.append(ShownProblem(_("Undoing"), "", message_of("undo_has_records"), False))
    if row.kind in (RowKind.CHANGE, RowKind.MOVE):
        shown.changes = [_change(row, key) for key in row.changes]
    shown.candidates = [candidates[pk] for pk in row.candidates if pk in candidates]
    return shown


def _change(row: ImportRow, key: str) -> Change:
    before = getattr(row, "before", None)
    if key == "national_id":
        return Change(
            str(LABELS[key]), _("on record") if before and before.national_id_hash else "", _("from this list")
        )
    old, new = (_words(key, getattr(values, key)) if values else "" for values in (before, row))
    return Change(str(LABELS[key]), old, new)


def _words(key: str, value) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return short_date(value)
    return str(_WORDS[key][value]) if key in _WORDS else str(value)


def _candidates(pks: set[int]) -> dict[int, Candidate]:
    if not pks:
        return {}
    held = Posting.objects.filter(not_over_on(timezone.localdate()), person__in=pks).order_by("-is_primary", "pk")
    units: dict[int, str] = {}
    for person, unit in held.values_list("person_id", "unit__name"):
        units.setdefault(person, unit)
    people = Person.objects.filter(pk__in=pks).values_list("pk", "full_name", "staff_number", "birth_date")
    return {
        pk: Candidate(pk, name, number or "", units.get(pk, ""), short_date(born) if born else "")
        for pk, name, number, born in people
    }


def decisions(shown: ShownRow) -> list[tuple[str, str]]:
    """The answers besides “the same person”, which each candidate has of its own."""
    offered = [(RowDecision.SKIP.value, str(RowDecision.SKIP.label))]
    if shown.may_be_new:
        offered.insert(0, (RowDecision.NEW.value, _("Another person: create an account")))
    return offered
