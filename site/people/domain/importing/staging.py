"""Reading an uploaded list into the staging table: short batches, any number of tries, the same result.

A worker reads the whole file (seconds), then writes it batch by batch: every batch is one transaction which also
moves the import's counter on. A worker that is killed leaves whole batches behind; the next one goes on there.
Each fresh reading has a number (`staging_round`); a worker whose number is no longer the import's gives up.
"""

from django.db import connection, transaction
from django.utils import timezone

from people.domain.importing import deciding, files, reading
from people.domain.importing.comparing import Comparer, UnitFacts
from people.domain.importing.duplicates import FileIndex
from people.domain.importing.ids import give_ids
from people.domain.importing.matching import Matcher
from people.domain.importing.records import Records, hash_of
from people.domain.importing.scope import Scope
from people.domain.importing.settling import (
    counts_of,
    give_free_names,
    given_of,
    protect_accounts,
    save_rows,
    settle,
    shown_cells,
)
from people.domain.importing.unit_lookup import UnitLookup
from people.enums import ImportState, RowDecision, RowKind
from people.models import ImportRow, ImportRowBefore, PeopleImport, Unit
from people.sheets.limits import BATCH_ROWS
from people.sheets.problems import Problem
from people.sheets.refusal import FileRefused
from shared.domain import outbox

OUTBOX_KIND = "people.stage_import"


class Overtaken(Exception):
    """Another worker is at this import, or it was read anew or discarded meanwhile: this one stops."""


def stage(import_id: int) -> None:
    """Reads the import to its end, from where an earlier try stopped. Nothing to do is no fault."""
    people_import = PeopleImport.objects.select_related("unit", "created_by").get(pk=import_id)
    if people_import.state != ImportState.STAGING:
        return
    try:
        _stage(people_import)
    except FileRefused as refusal:
        refuse(people_import, refusal)
    except Overtaken:
        return


def refuse(people_import: PeopleImport, refusal: FileRefused) -> None:
    """The whole file cannot be used; its rows, if some were staged, go."""
    with transaction.atomic():
        problem = {"code": refusal.code, "params": refusal.params}
        PeopleImport.objects.filter(pk=people_import.pk).update(state=ImportState.REFUSED, problem=problem)
        remove_rows(people_import)


def remove_rows(people_import: PeopleImport) -> None:
    """Empties the staging table of one import in two statements."""
    rows = ImportRow.objects.filter(people_import=people_import)
    ImportRowBefore.objects.filter(row__in=rows)._raw_delete(rows.db)
    rows._raw_delete(rows.db)


def _stage(people_import: PeopleImport) -> None:
    today = timezone.localdate()
    scope = Scope(people_import.created_by, people_import.unit, today)
    units = lookup_of(people_import, scope)
    understood = [
        part
        for part in reading.sheets_with_lists(files.read(people_import))
        if not people_import.sheets or part.sheet.name in people_import.sheets
    ]
    if not understood:
        raise FileRefused("no_sheet")
    rows, layout = reading.read_rows(understood, units, today=today, accept_lost_zeros=people_import.accept_lost_zeros)
    _go_on(people_import, rows_total=len(rows), layout=layout)
    stager = Stager(people_import, scope, units, [row.draft for row in rows])
    done = people_import.rows_staged
    while done < len(rows):
        batch = rows[done : done + BATCH_ROWS]
        stager.write(done, batch)
        done += len(batch)
        outbox.still_at_it(OUTBOX_KIND, people_import.pk)
    deciding.decide_again(people_import)
    finish(people_import)


def lookup_of(people_import: PeopleImport, scope: Scope) -> UnitLookup:
    """The names of units as this list means them."""
    choices = {reference: choice["unit"] for reference, choice in people_import.unit_choices.items()}
    return UnitLookup(scope, people_import.effective_on, choices)


def finish(people_import: PeopleImport) -> None:
    """All rows are staged: counts are taken and the preview is ready.

    PostgreSQL is told about thousands of fresh rows at once: confirming may follow before it notices by itself, and
    would be planned for an empty table.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {ImportRow._meta.db_table}, {ImportRowBefore._meta.db_table}")
    with transaction.atomic():
        _go_on(people_import, state=ImportState.READY, counts=counts_of(people_import))


def _go_on(people_import: PeopleImport, **fields) -> None:
    """Writes to the import as long as this reading is the current one. Raises Overtaken."""
    mine = PeopleImport.objects.filter(
        pk=people_import.pk, state=ImportState.STAGING, staging_round=people_import.staging_round
    )
    if not mine.update(**fields):
        raise Overtaken


class Stager:
    """Turns drafts into rows of the staging table. `drafts` are all of the file, so that repeated keys are seen."""

    def __init__(self, people_import: PeopleImport, scope: Scope, units: UnitLookup, drafts: list):
        self.people_import, self.scope, self.units = people_import, scope, units
        for draft in drafts:
            hash_of(draft)
        self.index = FileIndex(drafts)
        facts = Unit.objects.values_list("pk", "kind", "keeps_national_ids")
        self.comparer = Comparer(people_import.effective_on, {row[0]: UnitFacts(*row) for row in facts})

    def write(self, first: int, batch: list[reading.SheetRow]) -> None:
        """Stages the rows from position `first` on, in one short transaction with the counter."""
        records = Records(row.draft for row in batch)
        matcher = Matcher(records, self.scope)
        staged = [self._settle(first + place, row, matcher) for place, row in enumerate(batch)]
        rows = [row for row, _before in staged]
        protect_accounts(rows, self.scope)
        give_free_names(rows)
        befores = [before for row, before in staged if before and row.kind in (RowKind.CHANGE, RowKind.MOVE)]
        with transaction.atomic():
            current = PeopleImport.objects.select_for_update().get(pk=self.people_import.pk)
            if (current.state, current.staging_round, current.rows_staged) != (
                ImportState.STAGING,
                self.people_import.staging_round,
                first,
            ):
                raise Overtaken
            give_ids(rows)
            save_rows(rows, befores)
            current.rows_staged = first + len(batch)
            current.save(update_fields=["rows_staged"])

    def _settle(self, position: int, source: reading.SheetRow, matcher: Matcher):
        draft = source.draft
        row = ImportRow(
            people_import=self.people_import, position=position, sheet=source.sheet, number=draft.number,
            cells=shown_cells(draft),
        )  # fmt: skip
        fallback = self.people_import.unit_id
        unit_id, unit_problems = self.units.find(draft.values, source.context, fallback)
        repeated = self.index.repeated(position)
        draft.problems = [*draft.problems, *unit_problems]
        if unit_id is not None:
            draft.values["unit_id"] = unit_id
        warnings = [problem for problem in (self.index.shares_phone(position),) if problem]
        decision = RowDecision.SAME if source.known is not None else ""
        before = settle(
            row, draft, matcher, self.comparer,
            repeated=repeated, warnings=warnings, decision=decision, chosen=source.known,
        )  # fmt: skip
        self._doubt_namesakes(row, draft, position)
        row.given = given_of(
            draft, keeps_number=unit_id is not None and self.comparer.units[unit_id].keeps_national_ids
        )
        return row, before

    def _doubt_namesakes(self, row: ImportRow, draft, position: int) -> None:
        """Two new people of one name in one file, one of them without a key: a human says whether they are two."""
        if row.kind != RowKind.CREATE:
            return
        others = self.index.namesakes(position)
        if others:
            numbers = ", ".join(str(self.index.drafts[other].number) for other in others[:5])
            row.problems.append(Problem("namesake_in_file", "full_name", {"rows": numbers}))
            row.kind, row.is_warned = RowKind.DOUBTFUL, True
