"""What one row says: values ready to be compared with the records, and everything found wrong on the way."""

from dataclasses import dataclass, field
from datetime import date

from people.sheets.body import PersonRow
from people.sheets.cells import as_text
from people.sheets.cells.dates import read_birth_date
from people.sheets.cells.emails import read_email
from people.sheets.cells.names import read_name
from people.sheets.cells.numbers import read_national_id, read_phone, read_staff_number
from people.sheets.cells.text import is_nothing
from people.sheets.cells.words import read_employment, read_gender, read_position_group, read_yes_no
from people.sheets.problems import ASKED, REFUSED, Problem

_LONGEST = {"position_title": 150, "job_title": 150, "grade": 100, "username": 60}
_SHOWN = 200  # characters of a cell that are kept to be shown beside a problem


@dataclass
class Draft:
    """`values` holds only what the row says: an empty cell is absent and changes nothing.

    Keys: full_name, staff_number, national_id (12 digits), work_email, phone, birth_date, birth_year, gender,
    position_title, job_title, grade, employment_type, position_group, is_manager, username; and the texts unit,
    unit_code, division, section that are still to be looked up.
    """

    number: int
    values: dict[str, object] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)  # as the sheet shows them

    @property
    def is_refused(self) -> bool:
        return any(problem.level in (REFUSED, ASKED) for problem in self.problems)

    @property
    def has_key(self) -> bool:
        """Whether the row gives anything a later import could recognise the person by."""
        return any(self.values.get(key) for key in ("staff_number", "national_id", "national_id_hash", "work_email"))


def read_draft(row: PersonRow, *, today: date, accept_lost_zeros: bool = False) -> Draft:
    """Reads every cell of a row; all faults are found at once, not one after the other."""
    draft = Draft(row.number)
    draft.cells = {key: as_text(cell)[:_SHOWN] for key, cell in row.cells.items() if as_text(cell)}
    for column, shown in row.unreadable.items():
        code = "cell_error" if shown else "formula_without_value"
        draft.problems.append(Problem(code, column, {"found": shown} if shown else {}))
    cells = row.cells
    _read_names(draft, cells, "full_name" in row.unreadable)
    _take(draft, "staff_number", *read_staff_number(cells.get("staff_number")))
    _take(draft, "national_id", *read_national_id(cells.get("national_id"), accept_lost_zeros))
    _take(draft, "work_email", *read_email(cells.get("work_email")))
    _take(draft, "phone", *read_phone(cells.get("phone"), accept_lost_zeros))
    _read_birth(draft, cells, today)
    _take(draft, "employment_type", *read_employment(cells.get("employment_type")))
    _take(draft, "position_group", *read_position_group(cells.get("position_group")))
    is_manager, problems = read_yes_no(cells.get("is_manager"))
    draft.problems += problems
    if is_manager is not None:
        draft.values["is_manager"] = is_manager
    for key in ("position_title", "job_title", "grade", "username"):
        _read_text(draft, key, cells.get(key))
    for key in ("unit", "unit_code", "division"):
        text = as_text(cells.get(key))
        if text and not is_nothing(text):
            draft.values[key] = text[:250]
    if row.section:
        draft.values["section"] = row.section[:250]
    return draft


def _take(draft: Draft, key: str, value, problems: list[Problem]) -> None:
    draft.problems += problems
    if value:
        draft.values[key] = value


def _read_names(draft: Draft, cells: dict, is_unreadable: bool) -> None:
    parts = [as_text(cells.get(key)) for key in ("family_middle", "family", "middle", "given")]
    text = as_text(cells.get("full_name")) or " ".join(part for part in parts if part)
    if not (is_unreadable and not text):
        _take(draft, "full_name", *read_name(text))
    draft.cells.setdefault("full_name", text[:_SHOWN])


def _read_birth(draft: Draft, cells: dict, today: date) -> None:
    """One column, or two of which the filled one also tells the gender."""
    gender_said = cells.get("gender")
    for key, gender in (("birth_date_male", "male"), ("birth_date_female", "female")):
        if as_text(cells.get(key)):
            cells = cells | {"birth_date": cells[key]}
            draft.values["gender"] = gender
            draft.cells["birth_date"] = as_text(cells[key])
    for key, gender in (("is_male", "male"), ("is_female", "female")):
        if read_yes_no(cells.get(key), "gender")[0]:
            draft.values["gender"] = gender
    if "gender" not in draft.values or as_text(gender_said):
        _take(draft, "gender", *read_gender(gender_said))
    day, year, problems = read_birth_date(cells.get("birth_date"), today)
    draft.problems += problems
    if day:
        draft.values["birth_date"] = day.isoformat()
    if year:
        draft.values["birth_year"] = year


def _read_text(draft: Draft, key: str, cell) -> None:
    text = as_text(cell)
    if is_nothing(text):
        return
    if len(text) > _LONGEST[key]:
        draft.problems.append(Problem("text_too_long", key, {"limit": str(_LONGEST[key])}))
    else:
        draft.values[key] = text
