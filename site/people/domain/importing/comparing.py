"""What an import would do with one row: the record and the posting as they would be, and what was there before."""

from dataclasses import dataclass
from datetime import date

from people import national_id
from people.domain.importing.fields import POSTING_PARTICULARS
from people.domain.importing.matching import Match
from people.domain.importing.records import PersonFacts, PostingFacts, hash_of
from people.enums import EmploymentType, RowKind, UnitKind
from people.models import ImportRow, ImportRowBefore
from people.sheets.cells.text import folded, name_key
from people.sheets.cells.words import group_of, manages
from people.sheets.draft import Draft
from people.sheets.problems import Problem
from shared.text.dates import short_date

_TAUGHT_AT_SERVICE = frozenset({UnitKind.SCHOOL, UnitKind.HEALTH, UnitKind.PUBLIC_SERVICE})
_SEARCH_KEY_LENGTH, _SORT_KEY_LENGTH = 200, 400
_FILLED_IN = frozenset({"job_title", "grade"})  # a blank that is filled in completes the posting, it changes nothing


@dataclass(frozen=True)
class UnitFacts:
    """What comparing needs to know of a unit."""

    pk: int
    kind: str
    keeps_national_ids: bool


class Comparer:
    """Compares rows with records for one effective date. `units` gives UnitFacts by id."""

    def __init__(self, effective: date, units: dict[int, UnitFacts]):
        self.effective, self.units = effective, units

    def create(self, row: ImportRow, draft: Draft, unit_id: int) -> None:
        """A row about somebody new: an account and a posting from the effective date."""
        row.kind = RowKind.CREATE
        row.touches_person, row.posting_step = True, ImportRow.BEGIN
        _set_name(row, draft.values["full_name"], draft.values.get("staff_number"))
        for key in ("work_email", "phone", "gender"):
            setattr(row, key, draft.values.get(key, ""))
        row.birth_date = _birth_date(draft)
        row.national_id_hash = hash_of(draft)
        row.national_id_encrypted = self._encrypted(draft, unit_id)
        self._fill_posting(row, draft, unit_id, None)
        if not draft.has_key:
            row.problems.append(Problem("no_key", "staff_number"))

    def compare(self, row: ImportRow, draft: Draft, match: Match, unit_id: int) -> ImportRowBefore:
        """A row about somebody on record. Fills the row and returns what is there now."""
        person = match.person
        row.person_id, row.username = person.pk, person.username
        before = _before(person)
        self._compare_person(row, draft, person, unit_id)
        row.touches_person = bool(row.changes)
        self._compare_posting(row, draft, person, unit_id, before)
        if any(problem.level == "refused" for problem in row.problems):
            row.kind = RowKind.REFUSED
        elif "unit" in row.changes:
            row.kind = RowKind.MOVE
        else:
            row.kind = RowKind.CHANGE if row.changes else RowKind.UNCHANGED
        return before

    # --- the record -------------------------------------------------------------------------------------

    def _compare_person(self, row: ImportRow, draft: Draft, person: PersonFacts, unit_id: int) -> None:
        name = _name_after(draft, person.full_name)
        number = draft.values.get("staff_number") or person.staff_number
        if person.staff_number and number.casefold() == person.staff_number.casefold():
            number = person.staff_number
        _set_name(row, name, number)
        after = {"full_name": name, "staff_number": number}
        for key in ("work_email", "phone", "gender"):
            after[key] = draft.values.get(key) or getattr(person, key)
            setattr(row, key, after[key])
        after["birth_date"] = row.birth_date = _birth_date(draft) or person.birth_date
        row.changes += [key for key, value in after.items() if (value or None) != (getattr(person, key) or None)]
        self._compare_national_id(row, draft, person, unit_id)

    def _compare_national_id(self, row: ImportRow, draft: Draft, person: PersonFacts, unit_id: int) -> None:
        keyed = hash_of(draft)
        row.national_id_hash, row.national_id_encrypted = person.national_id_hash, person.national_id_encrypted
        if not keyed:
            return
        if keyed != person.national_id_hash:
            if person.national_id_hash:
                row.problems.append(Problem("national_id_differs", "national_id"))
            row.national_id_hash, row.national_id_encrypted = keyed, self._encrypted(draft, unit_id)
            row.changes.append("national_id")
        elif not person.national_id_encrypted and self.units[unit_id].keeps_national_ids:
            row.national_id_encrypted = self._encrypted(draft, unit_id)
            row.changes.append("national_id")

    def _encrypted(self, draft: Draft, unit_id: int) -> str:
        """The number itself is kept only where the unit keeps numbers. Draft and staged `given` never hold it
        in the clear beyond this point."""
        if not self.units[unit_id].keeps_national_ids:
            return ""
        number = draft.values.get("national_id")
        return national_id.encrypt(number) if number else draft.values.get("national_id_sealed", "")

    # --- the posting ------------------------------------------------------------------------------------

    def _compare_posting(
        self, row: ImportRow, draft: Draft, person: PersonFacts, unit_id: int, before: ImportRowBefore
    ) -> None:
        posting = self._reference(draft, person, unit_id)
        self._fill_posting(row, draft, unit_id, posting)
        if posting is None:
            self._begin(row, person)
            return
        row.posting_id = posting.pk
        _copy_posting(before, posting)
        after = {"unit": unit_id} | {key: getattr(row, key) for key in POSTING_PARTICULARS}
        now = {"unit": posting.unit_id} | {key: getattr(posting, key) for key in POSTING_PARTICULARS}
        changed = [key for key in after if after[key] != now[key]]
        row.changes += changed
        if not changed:
            row.valid_from, row.valid_to = posting.valid_from, posting.valid_to
        elif posting.valid_from == self.effective or all(key in _FILLED_IN and not now[key] for key in changed):
            row.posting_step, row.valid_from, row.valid_to = ImportRow.AMEND, posting.valid_from, posting.valid_to
        else:
            self._step(row, person, posting)

    def _reference(self, draft: Draft, person: PersonFacts, unit_id: int) -> PostingFacts | None:
        """The posting the row speaks of: one held beside the primary, if unit and position say so, else the primary."""
        held = [posting for posting in person.postings if posting.holds_on(self.effective)]
        primary = next((posting for posting in held if posting.is_primary), None)
        if primary is not None and primary.unit_id == unit_id:
            return primary
        title = folded(draft.values.get("position_title", ""))
        for posting in held:
            if posting.unit_id == unit_id and (not title or folded(posting.position_title) == title):
                return posting
        return primary

    def _begin(self, row: ImportRow, person: PersonFacts) -> None:
        """Nobody's posting is interrupted, but one may be planned."""
        later = [posting for posting in person.postings if posting.valid_from > self.effective and posting.is_primary]
        if later:
            row.problems.append(Problem("posting_later", "unit", {"day": short_date(later[0].valid_from)}))
            return
        row.posting_step = ImportRow.BEGIN
        row.changes.append("unit")

    def _step(self, row: ImportRow, person: PersonFacts, posting: PostingFacts) -> None:
        later = [other for other in person.postings if other.valid_from > self.effective and other.is_primary]
        if later and posting.is_primary:
            row.problems.append(Problem("posting_later", "unit", {"day": short_date(later[0].valid_from)}))
        elif posting.valid_to is not None:
            row.problems.append(Problem("posting_ends", "unit", {"day": short_date(posting.valid_to)}))
        else:
            row.posting_step, row.valid_from, row.valid_to = ImportRow.STEP, self.effective, None

    def _fill_posting(self, row: ImportRow, draft: Draft, unit_id: int, posting: PostingFacts | None) -> None:
        """The posting after the import: what the row says, else what is on record, else what follows from it."""
        values, unit = draft.values, self.units[unit_id]
        row.unit_id, row.valid_from, row.valid_to = unit_id, self.effective, None
        said = values.get("position_title", "") if posting else _title(draft)
        title = (
            posting.position_title if posting and (not said or folded(said) == folded(posting.position_title)) else said
        )
        same_title = posting is not None and title == posting.position_title
        row.employment_type = values.get("employment_type") or (posting.employment_type if posting else "")
        if not row.employment_type:
            kind = EmploymentType.PUBLIC_EMPLOYEE if unit.kind in _TAUGHT_AT_SERVICE else EmploymentType.CIVIL_SERVANT
            row.employment_type = kind.value
            row.problems.append(Problem("employment_assumed", "employment_type", {"kind": str(kind.label)}))
        if not title:
            title = str(EmploymentType(row.employment_type).label)
            row.problems.append(Problem("position_missing", "position_title", {"title": title}))
        row.position_title = title
        for key in ("job_title", "grade"):
            setattr(row, key, values.get(key) or (getattr(posting, key) if posting else ""))
        if "is_manager" in values:
            row.is_manager = values["is_manager"]
        else:
            row.is_manager = posting.is_manager if same_title else manages(title)
        if "position_group" in values:
            row.position_group = values["position_group"]
        elif same_title:
            row.position_group = posting.position_group
        else:
            row.position_group = self._group(title, unit)

    def _group(self, title: str, unit: UnitFacts) -> str:
        group = group_of(title)
        return "one_stop" if group == "professional" and unit.kind == UnitKind.SERVICE_CENTRE else group


def _title(draft: Draft) -> str:
    """The office held; people without one are entered with their professional title or grade."""
    values = draft.values
    return values.get("position_title") or values.get("job_title") or values.get("grade") or ""


def _birth_date(draft: Draft) -> date | None:
    born = draft.values.get("birth_date")
    return date.fromisoformat(born) if born else None


def _set_name(row: ImportRow, full_name: str, staff_number: str | None) -> None:
    """Name and number with the keys lists are sorted and searched by (as Person derives them)."""
    row.full_name, row.staff_number = full_name, staff_number or None
    row.sort_key = name_key(full_name)[:_SORT_KEY_LENGTH]
    row.search_key = folded(f"{full_name} {staff_number or ''}")[:_SEARCH_KEY_LENGTH]


def _name_after(draft: Draft, stored: str) -> str:
    """The name on record stays if the sheet only writes it without marks, in one case, or with the tone elsewhere."""
    said = draft.values["full_name"]
    if said == stored:
        return stored
    if said.isascii() and not stored.isascii() and folded(said) == folded(stored):
        return stored
    if name_key(said) == name_key(stored):
        return said if (stored.isupper() or stored.islower()) and not (said.isupper() or said.islower()) else stored
    return said


def _before(person: PersonFacts) -> ImportRowBefore:
    before = ImportRowBefore()
    _set_name(before, person.full_name, person.staff_number)
    for key in ("work_email", "phone", "birth_date", "gender", "national_id_hash", "national_id_encrypted"):
        setattr(before, key, getattr(person, key))
    return before


def _copy_posting(before: ImportRowBefore, posting: PostingFacts) -> None:
    before.unit_id, before.valid_from, before.valid_to = posting.unit_id, posting.valid_from, posting.valid_to
    for key in POSTING_PARTICULARS:
        setattr(before, key, getattr(posting, key))
