"""The set-based statements with which a staged import is applied and undone; the same SQL on both databases.

Table and column names come from the models, values are parameters. `staged` is the staging table, `earlier` what
was there. Comparisons with IS DISTINCT FROM (SQLite: IS NOT) count NULL as a value.
"""

# ruff: noqa: S608 (the statements are made of names of our own tables and columns only)

from allauth.account.models import EmailAddress
from django.db import connection

from people.domain.importing.fields import PERSON_FIELDS, POSTING_FIELDS
from people.models import ImportRow, ImportRowBefore, Person, Posting

_ROW, _BEFORE = ImportRow._meta.db_table, ImportRowBefore._meta.db_table
_PERSON, _POSTING = Person._meta.db_table, Posting._meta.db_table


def _run(statement: str, parameters: list) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount


def _numbers(statement: str, parameters: list) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [found[0] for found in cursor.fetchall()]


def _differs(one: str, other: str) -> str:
    return f"{one} IS DISTINCT FROM {other}" if connection.vendor == "postgresql" else f"{one} IS NOT {other}"


def _any_differs(fields, one: str, other: str) -> str:
    return " OR ".join(_differs(f"{one}.{field}", f"{other}.{field}") for field in fields)


def _assignments(fields, source: str) -> str:
    return ", ".join(f"{field} = {source}.{field}" for field in fields)


# --- looking: rows whose records are not what they were when they were staged -----------------------------


def changed_people(import_id: int) -> list[int]:
    """Rows (by id) whose person is no longer as `before` says, though the import would write to the record."""
    return _numbers(
        f"SELECT staged.id FROM {_ROW} AS staged JOIN {_BEFORE} AS earlier ON earlier.row_id = staged.id "
        f"JOIN {_PERSON} AS person ON person.id = staged.person_id "
        f"WHERE staged.people_import_id = %s AND staged.kind IN ('change', 'move') "
        f"AND ({_any_differs(PERSON_FIELDS, 'person', 'earlier')})",
        [import_id],
    )


def changed_postings(import_id: int) -> list[int]:
    """Rows whose posting is gone or no longer as `before` says, or that are to begin one and no longer can."""
    fields = _any_differs(POSTING_FIELDS, "posting", "earlier")
    stepped = _numbers(
        f"SELECT staged.id FROM {_ROW} AS staged JOIN {_BEFORE} AS earlier ON earlier.row_id = staged.id "
        f"LEFT JOIN {_POSTING} AS posting ON posting.id = staged.posting_id "
        f"WHERE staged.people_import_id = %s AND staged.posting_step IN ('step', 'amend') "
        f"AND staged.kind IN ('change', 'move') AND (posting.id IS NULL OR {fields})",
        [import_id],
    )
    begun = _numbers(
        f"SELECT DISTINCT staged.id FROM {_ROW} AS staged "
        f"JOIN {_POSTING} AS posting ON posting.person_id = staged.person_id "
        f"WHERE staged.people_import_id = %s AND staged.posting_step = 'begin' AND staged.kind IN ('change', 'move') "
        f"AND posting.is_primary AND (posting.valid_to IS NULL OR posting.valid_to > staged.valid_from)",
        [import_id],
    )
    later = _numbers(
        f"SELECT DISTINCT staged.id FROM {_ROW} AS staged JOIN {_POSTING} AS mine ON mine.id = staged.posting_id "
        f"JOIN {_POSTING} AS posting ON posting.person_id = staged.person_id AND posting.is_primary "
        f"WHERE staged.people_import_id = %s AND staged.posting_step = 'step' AND staged.kind IN ('change', 'move') "
        f"AND mine.is_primary AND posting.valid_from > staged.valid_from",
        [import_id],
    )
    return [*stepped, *begun, *later]


def gone_people(import_id: int) -> list[int]:
    return _numbers(
        f"SELECT staged.id FROM {_ROW} AS staged LEFT JOIN {_PERSON} AS person ON person.id = staged.person_id "
        f"WHERE staged.people_import_id = %s AND staged.kind IN ('change', 'move') AND person.id IS NULL",
        [import_id],
    )


def taken_keys(import_id: int) -> list[int]:
    """Rows one of whose keys has become somebody else's since the preview."""
    found = []
    for column, own in (
        ("staff_number", "staff_number"),
        ("work_email", "work_email"),
        ("national_id_hash", "national_id_hash"),
        ("username", "username"),
    ):
        named = f"AND staged.{own} <> ''" if column != "username" else "AND staged.kind = 'create'"
        found += _numbers(
            f"SELECT staged.id FROM {_ROW} AS staged JOIN {_PERSON} AS person ON person.{column} = staged.{own} "
            f"WHERE staged.people_import_id = %s AND staged.kind IN ('create', 'change', 'move') {named} "
            f"AND (staged.person_id IS NULL OR person.id <> staged.person_id)",
            [import_id],
        )
    return found


# --- applying -------------------------------------------------------------------------------------------------


def create_people(import_id: int, password: str, now) -> int:
    """One account for each row of kind “create”, with the id kept for it. What rows do not say gets its default."""
    fixed = {"id": "staged.person_id", "username": "staged.username"} | {
        field: f"staged.{field}" for field in PERSON_FIELDS
    }
    values, parameters = [], []
    columns = Person._meta.concrete_fields
    for field in columns:
        if field.column in fixed:
            values.append(fixed[field.column])
            continue
        values.append("%s")
        default = {"password": password, "date_joined": now}.get(field.name, field.get_default())
        parameters.append(field.get_db_prep_save(default, connection))
    names = ", ".join(connection.ops.quote_name(field.column) for field in columns)
    return _run(
        f"INSERT INTO {_PERSON} ({names}) SELECT {', '.join(values)} FROM {_ROW} AS staged "
        f"WHERE staged.people_import_id = %s AND staged.kind = 'create' ORDER BY staged.position",
        [*parameters, import_id],
    )


def change_people(import_id: int) -> int:
    return _run(
        f"UPDATE {_PERSON} SET {_assignments(PERSON_FIELDS, 'staged')} FROM {_ROW} AS staged "
        f"WHERE staged.people_import_id = %s AND staged.kind IN ('change', 'move') AND staged.touches_person "
        f"AND {_PERSON}.id = staged.person_id",
        [import_id],
    )


def end_postings(import_id: int) -> int:
    """The stretches that end where a step begins."""
    return _run(
        f"UPDATE {_POSTING} SET valid_to = staged.valid_from FROM {_ROW} AS staged "
        f"WHERE staged.people_import_id = %s AND staged.kind IN ('change', 'move') AND staged.posting_step = 'step' "
        f"AND {_POSTING}.id = staged.posting_id",
        [import_id],
    )


def amend_postings(import_id: int) -> int:
    return _run(
        f"UPDATE {_POSTING} SET {_assignments(POSTING_FIELDS, 'staged')} FROM {_ROW} AS staged "
        f"WHERE staged.people_import_id = %s AND staged.kind IN ('change', 'move') AND staged.posting_step = 'amend' "
        f"AND {_POSTING}.id = staged.posting_id",
        [import_id],
    )


def begin_postings(import_id: int) -> int:
    """First postings and the stretches after a step, with the ids kept for them."""
    columns = ", ".join(POSTING_FIELDS)
    return _run(
        f"INSERT INTO {_POSTING} (id, person_id, {columns}, is_primary, follows_id) "
        f"SELECT staged.new_posting_id, staged.person_id, {', '.join(f'staged.{field}' for field in POSTING_FIELDS)}, "
        f"COALESCE(former.is_primary, %s), staged.posting_id "
        f"FROM {_ROW} AS staged LEFT JOIN {_POSTING} AS former ON former.id = staged.posting_id "
        f"WHERE staged.people_import_id = %s AND staged.kind IN ('create', 'change', 'move') "
        f"AND staged.posting_step IN ('begin', 'step') ORDER BY staged.position",
        [True, import_id],
    )


def forget_former_addresses(import_id: int) -> int:
    """Nobody signs in with the address they had before (as `domain.persons.change_person`)."""
    table = EmailAddress._meta.db_table
    return _run(
        f"DELETE FROM {table} WHERE user_id IN (SELECT staged.person_id FROM {_ROW} AS staged "
        f"JOIN {_BEFORE} AS earlier ON earlier.row_id = staged.id "
        f"WHERE staged.people_import_id = %s AND staged.kind IN ('change', 'move') "
        f"AND staged.work_email <> earlier.work_email) "
        f"AND LOWER(email) NOT IN (SELECT staged.work_email FROM {_ROW} AS staged WHERE staged.people_import_id = %s "
        f"AND staged.person_id = {table}.user_id)",
        [import_id, import_id],
    )
