"""Why rows stay out, in groups: one wrong name of a unit may stand on hundreds of rows."""

# ruff: noqa: S608 (the statements are made of names of our own tables and columns only)

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.http import QueryDict

from people.enums import RowKind
from people.models import ImportRow, PeopleImport
from people.sheets.problems import ASKED, REFUSED, codes, message_of
from people.sheets.vocabulary import LABELS
from shared.tables import grouped

_MOST_SHOWN = 12
_LEAST_ROWS = 6  # fewer refused rows are read one by one
_REFUSING = sorted(code for code, level in codes().items() if level in (REFUSED, ASKED))
_TABLE = ImportRow._meta.db_table
_PARTS = {  # the problems of a row one by one; code, column, what was found, all parameters as text
    "postgresql": (
        "jsonb_array_elements(staged.problems) AS problem",
        ("problem ->> 0", "problem ->> 1", "problem -> 2 ->> 'found'", "problem ->> 2"),
    ),
    "sqlite": (
        "json_each(staged.problems) AS problem",
        tuple(f"json_extract(problem.value, '$[{part}')" for part in ("0]", "1]", "2].found", "2]")),
    ),
}


@dataclass(frozen=True)
class Reason:
    """A problem rows are looked at for: its code, and for names of units the very words."""

    code: str = ""
    found: str = ""

    @property
    def sent(self) -> dict[str, str]:
        """As parts of an address."""
        return {"vi_sao": self.code, "noi_dung": self.found} if self.found else {"vi_sao": self.code}


@dataclass(frozen=True)
class Finding:
    """A group of refused rows: what is wrong with them, how many there are, where they are shown."""

    label: str
    message: str
    is_example: bool
    count: str
    address: str
    is_current: bool


def chosen_reason(sent: QueryDict) -> Reason:
    code = sent.get("vi_sao", "")
    return Reason(code, sent.get("noi_dung", "")[:250]) if code in _REFUSING else Reason()


def findings_of(people_import: PeopleImport, chosen: Reason) -> list[Finding]:
    """The most frequent reasons first. A row with two faults counts in both groups. One query."""
    if people_import.counts.get(RowKind.REFUSED.value, 0) < _LEAST_ROWS:
        return []
    source, (code, column, found, params) = _PARTS[connection.vendor]
    words = f"CASE WHEN {code} LIKE 'unit%%' THEN COALESCE({found}, '') ELSE '' END"
    marks = ", ".join(["%s"] * len(_REFUSING))
    statement = (
        f"SELECT {code}, {column}, {words}, COUNT(*), MIN({params}), MAX({params}) FROM {_TABLE} AS staged, {source} "
        f"WHERE staged.people_import_id = %s AND staged.kind = %s AND {code} IN ({marks}) "
        f"GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 3 LIMIT {_MOST_SHOWN}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [people_import.pk, RowKind.REFUSED.value, *_REFUSING])
        return [_finding(*row, chosen) for row in cursor.fetchall()]


def _finding(code: str, column: str, found: str, count: int, first: str, last: str, chosen: Reason) -> Finding:
    reason = Reason(code, found)
    message = message_of(code, json.loads(first))
    address = urlencode({"loai": RowKind.REFUSED.value, **reason.sent})
    return Finding(str(LABELS.get(column, "")), message, first != last, grouped(count), address, reason == chosen)


def with_reason(rows: QuerySet[ImportRow], people_import: PeopleImport, reason: Reason) -> QuerySet[ImportRow]:
    """The rows that have this problem."""
    source, (code, _column, found, _params) = _PARTS[connection.vendor]
    condition, values = f"{code} = %s", [reason.code]
    if reason.found:
        condition, values = f"{condition} AND {found} = %s", [*values, reason.found]
    statement = f"SELECT staged.id FROM {_TABLE} AS staged, {source} WHERE staged.people_import_id = %s AND {condition}"
    return rows.filter(pk__in=RawSQL(statement, [people_import.pk, *values]))  # noqa: S611  no word of it is sent
