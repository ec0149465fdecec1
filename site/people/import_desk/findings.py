"""Why rows stay out, in groups: one wrong name of a unit may stand on hundreds of rows."""

# ruff: noqa: S608 (the statements are made of names of our own tables and columns only)

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.http import QueryDict

from people.domain.importing import staged_problems
from people.domain.importing.unit_choices import CHOSEN
from people.domain.importing.unit_lookup import CHOOSABLE
from people.enums import ImportState, RowKind
from people.models import ImportRow, PeopleImport
from people.sheets.problems import ASKED, REFUSED, codes, message_of
from people.sheets.vocabulary import LABELS
from shared.tables import grouped

_MOST_SHOWN = 12
_LEAST_ROWS = 6  # fewer refused rows are read one by one
_REFUSING = sorted(code for code, level in codes().items() if level in (REFUSED, ASKED))
_LOOKED_FOR = frozenset({*_REFUSING, CHOSEN})
_TABLE = ImportRow._meta.db_table


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
    return Reason(code, sent.get("noi_dung", "")[:250]) if code in _LOOKED_FOR else Reason()


def findings_of(people_import: PeopleImport, chosen: Reason) -> list[Finding]:
    """The most frequent reasons first. A row with two faults counts in both groups. One query.

    Names of units that are asked about beside (`questions_of`) are left out while they can be decided on.
    """
    if people_import.counts.get(RowKind.REFUSED.value, 0) < _LEAST_ROWS:
        return []
    code, column, params = staged_problems.parts()
    found = staged_problems.parameter("found")
    told = _REFUSING if people_import.state != ImportState.READY else [one for one in _REFUSING if one not in CHOOSABLE]
    words = f"CASE WHEN {code} LIKE 'unit%%' THEN COALESCE({found}, '') ELSE '' END"
    marks = ", ".join(["%s"] * len(told))
    statement = (
        f"SELECT {code}, {column}, {words}, COUNT(*), MIN({params}), MAX({params}) FROM {_TABLE} AS staged, "
        f"{staged_problems.source()} WHERE staged.people_import_id = %s AND staged.kind = %s AND {code} IN ({marks}) "
        f"GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 3 LIMIT {_MOST_SHOWN}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [people_import.pk, RowKind.REFUSED.value, *told])
        return [_finding(*row, chosen) for row in cursor.fetchall()]


def _finding(code: str, column: str, found: str, count: int, first: str, last: str, chosen: Reason) -> Finding:
    reason = Reason(code, found)
    message = message_of(code, json.loads(first))
    address = urlencode({"loai": RowKind.REFUSED.value, **reason.sent})
    return Finding(str(LABELS.get(column, "")), message, first != last, grouped(count), address, reason == chosen)


def with_reason(rows: QuerySet[ImportRow], people_import: PeopleImport, reason: Reason) -> QuerySet[ImportRow]:
    """The rows that have this problem."""
    code, found = staged_problems.parts()[0], staged_problems.parameter("found")
    condition, values = f"{code} = %s", [reason.code]
    if reason.found:
        condition, values = f"{condition} AND {found} = %s", [*values, reason.found]
    statement = (
        f"SELECT staged.id FROM {_TABLE} AS staged, {staged_problems.source()} "
        f"WHERE staged.people_import_id = %s AND {condition}"
    )
    return rows.filter(pk__in=RawSQL(statement, [people_import.pk, *values]))  # noqa: S611  no word of it is sent
