"""A list that another program sends instead of a file: read, matched and applied as a file is, all of it or nothing.

Nobody looks at a preview here, so a row that a human would have to decide on stops the whole list, as one that is
wrong does. What was written stands among the imports of lists like any other and can be undone there.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain.importing import staging
from people.domain.importing.applying import WRITING, confirm, one_at_a_time
from people.domain.importing.intake import check
from people.domain.importing.reading import SheetRow
from people.domain.importing.scope import Scope
from people.domain.importing.settling import counts_of
from people.domain.importing.staging import Stager
from people.domain.importing.unit_lookup import UnitLookup
from people.enums import ImportState, RowKind
from people.models import ImportRow, PeopleImport, Person, Unit
from people.sheets.body import PersonRow
from people.sheets.draft import read_draft
from people.sheets.limits import BATCH_ROWS
from people.sheets.problems import WARNED, Problem
from shared.errors import DomainError

MOST_ENTRIES = BATCH_ROWS  # what is staged in one short transaction
_DOUBTS = frozenset({"namesake", "namesake_in_file", "other_name"})


@dataclass(frozen=True)
class Entry:
    """One person with the posting, as the other program says it.

    `texts` are read as cells of a sheet, by column key; `settled` are values that need no reading. `person_id` names
    the record that is meant, if the program knows it.
    """

    texts: dict[str, object]
    settled: dict[str, object] = field(default_factory=dict)
    person_id: int | None = None


@dataclass(frozen=True)
class Fault:
    """What is wrong with one value of one entry; a doubt is for a human to settle."""

    position: int
    column: str
    code: str
    message: str
    is_doubt: bool = False


class EntriesRefused(DomainError):
    """Nothing was written. `faults` are all that was found, in the order of the entries."""

    def __init__(self, faults: list[Fault]):
        self.faults = faults
        super().__init__(_("Nothing was written: the list holds faults."))

    @property
    def are_doubts_only(self) -> bool:
        return all(fault.is_doubt for fault in self.faults)


@dataclass(frozen=True)
class Outcome:
    """What became of an entry, and what was taken in another way than it was said."""

    kind: str
    person_id: int
    warnings: list[Problem]


@transaction.atomic
def take_over(
    entries: list[Entry], *, actor: Person, unit: Unit | None, effective_on: date, source: str
) -> tuple[PeopleImport | None, list[Outcome]]:
    """Writes the entries; the import they became (None: nothing was different) and what became of each.

    `source` names the program in the list of imports. Raises EntriesRefused, or DomainError for a unit outside the
    actor's scope and for records that were changed at the same moment; then nothing is written.
    """
    check(actor, unit, effective_on)
    one_at_a_time()
    people_import = PeopleImport.objects.create(
        unit=unit,
        effective_on=effective_on,
        file_name=source[:200],
        rows_total=len(entries),
        created_by=actor,
    )
    rows = _stage(people_import, entries, Scope(actor, unit, timezone.localdate()))
    faults = [fault for row, entry in zip(rows, entries, strict=True) for fault in _faults(row, entry)]
    if faults:
        raise EntriesRefused(faults)
    outcomes = [Outcome(row.kind, row.person_id, _warnings(row)) for row in rows]
    if not any(row.kind in WRITING for row in rows):
        staging.remove_rows(people_import)
        people_import.delete()
        return None, outcomes
    people_import.state, people_import.counts = ImportState.READY, counts_of(people_import)
    people_import.save(update_fields=["state", "counts"])
    return confirm(people_import, actor=actor), outcomes


def _stage(people_import: PeopleImport, entries: list[Entry], scope: Scope) -> list[ImportRow]:
    drafts = [_draft(number, entry) for number, entry in enumerate(entries, start=1)]
    units = UnitLookup(scope, people_import.effective_on)
    stager = Stager(people_import, scope, units, drafts)
    pairs = zip(drafts, entries, strict=True)
    stager.write(0, [SheetRow("", draft, None, known=entry.person_id) for draft, entry in pairs])
    return list(people_import.rows.order_by("position"))


def _draft(number: int, entry: Entry):
    draft = read_draft(PersonRow(number, entry.texts), today=timezone.localdate())
    draft.values |= entry.settled
    return draft


def _faults(row: ImportRow, entry: Entry) -> list[Fault]:
    problems = [Problem.from_json(stored) for stored in row.problems]
    if row.kind == RowKind.DOUBTFUL:
        return [
            Fault(row.position, one.column, one.code, one.message, is_doubt=True)
            for one in problems
            if one.code in _DOUBTS
        ]
    if row.kind == RowKind.REFUSED:
        return [Fault(row.position, one.column, one.code, one.message) for one in problems if one.level != WARNED]
    if entry.person_id is not None and row.person_id != entry.person_id:
        words = _("The keys belong to somebody else than the person addressed. Please check which person is meant.")
        return [Fault(row.position, "", "person_differs", words)]
    return []


def _warnings(row: ImportRow) -> list[Problem]:
    return [problem for problem in map(Problem.from_json, row.problems) if problem.level == WARNED]
