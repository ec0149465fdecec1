"""Taking an import back, by the old and new values its rows keep.

Row by row: what was changed since stays and says why; created accounts go, unless they have been used or have
records, then they are closed. All in one transaction of set-based statements.

To delete an account the database looks into every table that may point at it, some hundred for each of 38,800. A
long list of created accounts is therefore only put away in that transaction: closed, in no list, without keys, so
that the same list can be imported again at once. A worker deletes the rows afterwards, some at a time.
"""

# ruff: noqa: S608 (the statements are made of names of our own tables and columns only)

from collections.abc import Callable
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain import audit
from people.domain.importing.applying import one_at_a_time
from people.domain.importing.fields import PERSON_FIELDS, POSTING_FIELDS
from people.enums import ImportState, RowKind
from people.models import ImportRow, ImportRowBefore, PeopleImport, Person, Posting
from people.signals import people_imported
from shared.domain import outbox
from shared.errors import DomainError

UNDONE, REMOVED, CLOSED = "undone", "removed", "closed"
CHANGED_SINCE, KEY_TAKEN = "undo_changed_since", "undo_key_taken"
OUTBOX_KIND = "people.remove_undone"
_consequences: dict[type, "Consequence"] = {}
AT_ONCE = 500  # accounts whose rows are deleted in one short transaction


@dataclass(frozen=True)
class Consequence:
    """Rows another room writes by itself for whoever is posted somewhere; without more they are nobody's records.

    `records` are those that are more than that, `remove` takes the others away with the accounts (ids).
    """

    records: Callable[[], QuerySet]
    remove: Callable[[list[int]], None]


def register_consequence(model: type, records: Callable[[], QuerySet], remove: Callable[[list[int]], None]) -> None:
    """For rooms above, when the site starts. Without it an account no one has used is closed, not removed."""
    _consequences[model] = Consequence(records, remove)


def undo(people_import: PeopleImport, *, actor: Person | None) -> dict[str, int]:
    """Undoes an applied import as far as possible; how many rows went how stands in the answer and in the rows.

    Raises DomainError if the import is not applied, or its rows are no longer kept.
    """
    try:
        with transaction.atomic():
            one_at_a_time()
            stored = PeopleImport.objects.select_for_update().get(pk=people_import.pk)
            _must_be_undoable(stored)
            _judge(stored)
            _take_back_changes(stored)
            _take_back_created(stored)
            outcome = outcome_of(stored)
            stored.state, stored.undone_at, stored.undone_by = ImportState.UNDONE, timezone.now(), actor
            stored.save(update_fields=["state", "undone_at", "undone_by"])
            audit.record(actor, "people_import.undone", stored, unit=stored.unit_id, outcome=outcome)
            people_imported.send(PeopleImport, people_import=stored)
            return outcome
    except IntegrityError as clash:
        raise DomainError(_("Nothing was undone: records were changed at the same moment. Try again.")) from clash


def preview_undo(people_import: PeopleImport) -> dict[str, int]:
    """What `undo` would answer now; nothing is changed."""
    with transaction.atomic():
        stored = PeopleImport.objects.get(pk=people_import.pk)
        _must_be_undoable(stored)
        _judge(stored)
        outcome = outcome_of(stored)
        transaction.set_rollback(True)
    return outcome


def outcome_of(people_import: PeopleImport) -> dict[str, int]:
    counts: dict[str, int] = {}
    for found in people_import.rows.exclude(undo="").order_by().values_list("undo", flat=True):
        counts[found] = counts.get(found, 0) + 1
    return counts


def _must_be_undoable(stored: PeopleImport) -> None:
    if stored.state != ImportState.APPLIED:
        raise DomainError(_("Only an import that was confirmed can be undone, and only once."))
    if stored.forgotten_at is not None:
        raise DomainError(_("The rows of this import are no longer kept, so it cannot be undone."))


# --- what can be taken back ----------------------------------------------------------------------------------


def _judge(stored: PeopleImport) -> None:
    """Writes to each row how it will go."""
    rows = ImportRow.objects.filter(people_import=stored)
    changed = rows.filter(kind__in=(RowKind.CHANGE, RowKind.MOVE))
    created = rows.filter(kind=RowKind.CREATE)
    marks = dict.fromkeys(_former_keys_taken(changed), KEY_TAKEN)
    with_records = _people_with_records(created)
    if with_records:
        people = created.values_list("pk", "person_id").iterator(chunk_size=5000)
        marks |= {pk: CLOSED for pk, person_id in people if person_id in with_records}
    marks |= dict.fromkeys(_different_now(stored), CHANGED_SINCE)
    usual = Case(When(kind=RowKind.CREATE, then=Value(REMOVED)), default=Value(UNDONE))
    rows.filter(kind__in=(RowKind.CREATE, RowKind.CHANGE, RowKind.MOVE)).update(undo=usual)  # each row once
    for mark in (KEY_TAKEN, CLOSED, CHANGED_SINCE):
        _set([pk for pk, found in marks.items() if found == mark], mark)


def _set(ids, mark: str) -> None:
    ids = list(ids)
    for start in range(0, len(ids), 5000):
        ImportRow.objects.filter(pk__in=ids[start : start + 5000]).update(undo=mark)


def _different_now(stored: PeopleImport) -> list[int]:
    """Rows whose person or posting is no longer as the import left it."""
    differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    row_table, person_table, posting_table = (model._meta.db_table for model in (ImportRow, Person, Posting))
    person = " OR ".join(f"person.{field} {differs} staged.{field}" for field in PERSON_FIELDS)
    posting = " OR ".join(f"posting.{field} {differs} staged.{field}" for field in POSTING_FIELDS)
    statement = (
        f"SELECT staged.id FROM {row_table} AS staged "
        f"LEFT JOIN {person_table} AS person ON person.id = staged.person_id "
        f"LEFT JOIN {posting_table} AS posting ON posting.id = COALESCE(staged.new_posting_id, staged.posting_id) "
        f"LEFT JOIN {posting_table} AS former ON former.id = staged.posting_id "
        f"WHERE staged.people_import_id = %s AND staged.kind IN ('create', 'change', 'move') AND (person.id IS NULL "
        f"OR ((staged.touches_person OR staged.kind = 'create') AND ({person})) "
        f"OR (staged.posting_step <> '' AND (posting.id IS NULL OR {posting})) "
        f"OR (staged.posting_step = 'step' AND (former.id IS NULL OR former.valid_to {differs} staged.valid_from)) "
        f"OR (staged.posting_step <> '' AND EXISTS (SELECT 1 FROM {posting_table} AS later WHERE "
        f"later.follows_id = posting.id)))"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [stored.pk])
        return [found[0] for found in cursor.fetchall()]


def _former_keys_taken(changed) -> list[int]:
    """Rows whose former number or address somebody else has by now."""
    taken: list[int] = []
    for field in ("staff_number", "work_email", "national_id_hash"):
        holder = Person.objects.filter(**{field: OuterRef(f"before__{field}")}).exclude(pk=OuterRef("person_id"))
        found = (
            changed.exclude(**{f"before__{field}": ""})
            .exclude(**{f"before__{field}": None})
            .annotate(holder=Subquery(holder.values("pk")[:1]))
            .filter(holder__isnull=False)
        )
        taken += found.values_list("pk", flat=True)
    return taken


def _people_with_records(rows) -> set[int]:
    """Of the accounts these rows created, those that were signed in to, or that anything else points at."""
    people = rows.values("person_id")
    found = set(Person.objects.filter(pk__in=people, last_login__isnull=False).values_list("pk", flat=True))
    for model, name in _pointing_at(Person):
        if model in (ImportRow, PeopleImport):
            continue
        rows_of_model = _consequences[model].records() if model in _consequences else model._base_manager.all()
        pointing = rows_of_model.filter(**{f"{name}__in": people})
        if model is Posting:
            own = rows.exclude(new_posting=None).values("new_posting_id")
            pointing = pointing.exclude(pk__in=own)
        found.update(pointing.values_list(name, flat=True).distinct())
    own_postings = rows.exclude(new_posting=None).values("new_posting_id")
    for model, name in _pointing_at(Posting):
        if model is not ImportRow:
            held = model._base_manager.filter(**{f"{name}__in": own_postings}).values_list(f"{name}__person", flat=True)
            found.update(held)
    return found


def _pointing_at(target) -> list[tuple[type, str]]:
    """(model, name of its field) for every foreign key to `target`, hidden ones and those of many-to-many tables
    included."""
    return [
        (relation.related_model, relation.field.name)
        for relation in target._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
    ]


# --- taking back ---------------------------------------------------------------------------------------------


def _take_back_changes(stored: PeopleImport) -> None:
    staged, earlier = ImportRow._meta.db_table, ImportRowBefore._meta.db_table
    rows = f"{staged} AS staged JOIN {earlier} AS earlier ON earlier.row_id = staged.id"
    person, posting = Person._meta.db_table, Posting._meta.db_table
    mine = "staged.people_import_id = %s AND staged.undo = 'undone'"
    people = ", ".join(f"{field} = earlier.{field}" for field in PERSON_FIELDS)
    postings = ", ".join(f"{field} = earlier.{field}" for field in POSTING_FIELDS)
    _delete_postings(ImportRow.objects.filter(people_import=stored, undo=UNDONE))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {person} SET {people} FROM {rows} WHERE {mine} AND staged.touches_person "
            f"AND {person}.id = staged.person_id",
            [stored.pk],
        )
        cursor.execute(
            f"UPDATE {posting} SET {postings} FROM {rows} WHERE {mine} AND staged.posting_step IN ('amend', 'step') "
            f"AND {posting}.id = staged.posting_id",
            [stored.pk],
        )


def _take_back_created(stored: PeopleImport) -> None:
    created = ImportRow.objects.filter(people_import=stored, kind=RowKind.CREATE)
    closed = created.filter(undo=CLOSED).values("person_id")
    Person.objects.filter(pk__in=closed).update(is_active=False)
    removed = created.filter(undo=REMOVED)
    _delete_postings(removed)
    _forget_in_other_lists(stored)
    if removed.count() <= AT_ONCE:
        _delete(list(removed.values_list("pk", "person_id")))
        return
    _put_away(removed)
    outbox.enqueue(OUTBOX_KIND, stored.pk)


def _delete_postings(rows) -> None:
    """The postings these rows began; no row of any list points at them any more."""
    began = rows.exclude(new_posting=None)
    numbers = Posting.objects.filter(pk__in=began.values("new_posting_id"))
    pointing = ImportRow.objects.filter(posting__in=began.values("new_posting_id"))
    pointing.update(posting=None)  # previews of other lists, which are stale now
    numbers._raw_delete(numbers.db)


def _forget_in_other_lists(stored: PeopleImport) -> None:
    """Previews of other lists do not point at accounts that go; see statements.gone_people."""
    table = ImportRow._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET person_id = NULL WHERE people_import_id <> %s AND person_id IN (SELECT own.person_id "
            f"FROM {table} AS own WHERE own.people_import_id = %s AND own.kind = 'create' AND own.undo = 'removed')",
            [stored.pk, stored.pk],
        )


def _put_away(removed) -> None:
    """One statement: closed, hidden, without anything somebody could be recognised by or sign in with."""
    Person.objects.filter(pk__in=removed.values("person_id")).update(
        is_active=False,
        restricted_at=timezone.now(),
        username=Concat(Value("~"), Cast("pk", CharField())),
        staff_number=None,
        work_email="",
        phone="",
        national_id_hash="",
        national_id_encrypted="",
        birth_date=None,
        gender="",
    )


# --- afterwards ----------------------------------------------------------------------------------------------


def remove_put_away(import_id: int) -> None:
    """Deletes the accounts an undone import had created, some at a time; a killed worker's next goes on there."""
    while True:
        rows = ImportRow.objects.filter(people_import=import_id, kind=RowKind.CREATE, undo=REMOVED)
        pairs = list(rows.exclude(person=None).order_by("position").values_list("pk", "person_id")[:AT_ONCE])
        if not pairs:
            return
        try:
            _delete(pairs)
        except IntegrityError:
            _delete_what_goes(pairs)
        outbox.still_at_it(OUTBOX_KIND, import_id)


def _delete(pairs: list[tuple[int, int]]) -> None:
    """Accounts by (row, person), in one transaction."""
    with transaction.atomic():
        ImportRow.objects.filter(pk__in=[pk for pk, _person in pairs]).update(person=None, new_posting=None)
        for consequence in _consequences.values():
            consequence.remove([person for _pk, person in pairs])
        gone = Person.objects.filter(pk__in=[person for _pk, person in pairs])
        gone._raw_delete(gone.db)


def _delete_what_goes(pairs: list[tuple[int, int]]) -> None:
    """Something points at one of them by now: that one stays, closed."""
    for pair in pairs:
        try:
            _delete([pair])
        except IntegrityError:
            ImportRow.objects.filter(pk=pair[0]).update(undo=CLOSED)
            Person.objects.filter(pk=pair[1]).update(restricted_at=None)
