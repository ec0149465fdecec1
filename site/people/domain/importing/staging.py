"""Reading an uploaded list into the staging table: short batches, any number of tries, the same result.

A worker reads the whole file (seconds), then writes it batch by batch: every batch is one transaction which also
moves the import's counter on. A worker that is killed leaves whole batches behind; the next one goes on there.
Each fresh reading has a number (`staging_round`); a worker whose number is no longer the import's gives up.
"""

from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from people import national_id
from people.domain.importing import files, reading
from people.domain.importing.comparing import Comparer, UnitFacts
from people.domain.importing.duplicates import FileIndex
from people.domain.importing.fields import SIGN_IN_FIELDS
from people.domain.importing.ids import give_ids
from people.domain.importing.matching import Match, Matcher
from people.domain.importing.records import Records, hash_of
from people.domain.importing.scope import Scope
from people.domain.importing.unit_lookup import UnitLookup
from people.enums import ImportState, RowDecision, RowKind
from people.models import ImportRow, ImportRowBefore, PeopleImport, Person, Unit
from people.sheets.limits import BATCH_ROWS
from people.sheets.problems import ASKED, REFUSED, WARNED, Problem
from people.sheets.refusal import FileRefused
from shared.domain import outbox
from shared.text.fold import fold

OUTBOX_KIND = "people.stage_import"
_GIVEN_IN_THE_CLEAR = frozenset({"national_id"})


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
    units = UnitLookup(scope, people_import.effective_on)
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
    finish(people_import)


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


def counts_of(people_import: PeopleImport) -> dict[str, int]:
    """Rows of each kind, those with warnings, and those that ask for their zero. One query."""
    kinds = {kind.value: Count("pk", filter=Q(kind=kind)) for kind in RowKind}
    more = {
        "total": Count("pk"),
        "warned": Count("pk", filter=Q(is_warned=True)),
        "lost_zeros": Count("pk", filter=Q(asks_for_zero=True)),
    }
    return people_import.rows.order_by().aggregate(**kinds, **more)


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


def settle(
    row: ImportRow,
    draft,
    matcher: Matcher,
    comparer: Comparer,
    *,
    repeated: list[Problem] = (),
    warnings: list[Problem] = (),
    decision: str = "",
    chosen: int | None = None,
) -> ImportRowBefore | None:
    """Decides what would be done with a row; fills it and returns what is there now, if the row would write to it."""
    unit_id = draft.values.get("unit_id")
    match = Match()
    if "full_name" in draft.values:
        match = matcher.match(draft, unit_id, decision, chosen)
    repeated = [problem for problem in repeated if not _owns(match, draft, problem)]
    found = [*draft.problems, *match.problems, *repeated, *warnings]
    if shared := matcher.shares_phone(draft, match.person):
        found.append(shared)
    row.problems, row.changes = found, []
    row.candidates = [person.pk for person in match.candidates]
    is_refused = any(problem.level in (REFUSED, ASKED) for problem in found)
    before = None
    if is_refused and not _may_be_second_posting(found, match):
        row.kind = RowKind.REFUSED
        row.full_name = draft.values.get("full_name", "")
        row.unit_id = unit_id
    elif match.is_doubtful:
        row.kind = RowKind.DOUBTFUL
        row.full_name, row.unit_id = draft.values["full_name"], unit_id
    elif match.person is None:
        comparer.create(row, draft, unit_id)
        row.username = sign_in_name(row)
    else:
        before = comparer.compare(row, draft, match, unit_id)
        before.row = row
        _second_posting(row, found)
    row.is_warned = any(problem.level == WARNED for problem in row.problems)
    row.asks_for_zero = any(problem.level == ASKED for problem in row.problems)
    return before if row.kind in (RowKind.CHANGE, RowKind.MOVE) else None


def _owns(match: Match, draft, problem: Problem) -> bool:
    """Whether the row's person already has the key on record: then the other rows are wrong, not this one."""
    person = match.person
    if person is None:
        return False
    return {
        "email_twice": lambda: person.work_email == draft.values.get("work_email"),
        "staff_number_twice": lambda: True,
        "national_id_twice": lambda: person.national_id_hash == hash_of(draft),
    }.get(problem.code, lambda: False)() and not match.is_doubtful


def _may_be_second_posting(found: list[Problem], match: Match) -> bool:
    """A person who stands twice in a file may hold two postings; the record tells."""
    wrong = {problem.code for problem in found if problem.level in (REFUSED, ASKED)}
    return wrong == {"repeated_row"} and match.person is not None and not match.is_doubtful


def _second_posting(row: ImportRow, found: list[Problem]) -> None:
    """The second row of a person may say what is on record of another posting, but not change anything."""
    if any(problem.code == "repeated_row" for problem in found):
        if row.changes:
            row.kind = RowKind.REFUSED
        else:
            row.problems = [problem for problem in row.problems if problem.code != "repeated_row"]
            row.kind = RowKind.UNCHANGED


def protect_accounts(rows: list[ImportRow], scope: Scope) -> None:
    """Refuses rows that would change what somebody with a right signs in with. One query for a batch."""
    touching = [row for row in rows if row.person_id and SIGN_IN_FIELDS & set(row.changes)]
    if not touching:
        return
    managed = scope.manages({row.person_id for row in touching})
    for row in touching:
        if row.person_id not in managed:
            column = next(key for key in row.changes if key in SIGN_IN_FIELDS)
            row.problems.append(Problem("account_protected", column))
            row.kind = RowKind.REFUSED


def save_rows(rows: list[ImportRow], befores: list[ImportRowBefore]) -> None:
    for row in rows:
        row.problems = [problem.to_json() for problem in row.problems]
    ImportRow.objects.bulk_create(rows, batch_size=BATCH_ROWS)
    for before in befores:
        before.row_id = before.row.pk
    ImportRowBefore.objects.bulk_create(befores, batch_size=BATCH_ROWS)


def shown_cells(draft) -> dict[str, str]:
    """The cells as the preview shows them: national IDs masked."""
    cells = dict(draft.cells)
    if cells.get("national_id"):
        cells["national_id"] = national_id.masked(cells["national_id"])
    return cells


def given_of(draft, *, keeps_number: bool) -> dict:
    """What a row says, to be settled again after a human's decision. The national ID as a hash; itself, encrypted,
    only where the unit keeps the numbers."""
    given = {key: value for key, value in draft.values.items() if key not in _GIVEN_IN_THE_CLEAR}
    if keeps_number and "national_id" in draft.values:
        given["national_id_sealed"] = national_id.encrypt(draft.values["national_id"])
    return given


def sign_in_name(row: ImportRow) -> str:
    """The sign-in name of a new account: the staff number, which is what people know by heart."""
    number = row.staff_number or ""
    return number.lower() if number.isascii() and number and " " not in number else _name_of_letters(row)


def _name_of_letters(row: ImportRow) -> str:
    """The given name and the initials of the others, with the row's own number, so that it is nobody else's."""
    *others, given = fold(row.full_name).split() or ["nguoi"]
    stem = (given + "".join(word[0] for word in others))[:30]
    return f"{stem}-{row.people_import_id}-{row.position + 1}"


def give_free_names(rows: list[ImportRow]) -> None:
    """A staff number that is somebody's sign-in name is no other's. One query for a batch."""
    created = {row.username: row for row in rows if row.kind == RowKind.CREATE}
    for taken in Person.objects.filter(username__in=created).values_list("username", flat=True):
        created[taken].username = _name_of_letters(created[taken])
