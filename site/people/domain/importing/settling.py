"""What would be done with one row: from what it says and whose record it is about to a row of the staging table."""

from django.db.models import Count, Q

from people import national_id
from people.domain.importing.comparing import Comparer
from people.domain.importing.fields import SIGN_IN_FIELDS
from people.domain.importing.matching import Match, Matcher
from people.domain.importing.records import hash_of
from people.domain.importing.scope import Scope
from people.enums import RowKind
from people.models import ImportRow, ImportRowBefore, PeopleImport, Person
from people.sheets.limits import BATCH_ROWS
from people.sheets.problems import ASKED, REFUSED, WARNED, Problem
from shared.text.fold import fold

_GIVEN_IN_THE_CLEAR = frozenset({"national_id"})


def counts_of(people_import: PeopleImport) -> dict[str, int]:
    """Rows of each kind, those with warnings, and those that ask for their zero. One query."""
    kinds = {kind.value: Count("pk", filter=Q(kind=kind)) for kind in RowKind}
    more = {
        "total": Count("pk"),
        "warned": Count("pk", filter=Q(is_warned=True)),
        "lost_zeros": Count("pk", filter=Q(asks_for_zero=True)),
    }
    return people_import.rows.order_by().aggregate(**kinds, **more)


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
