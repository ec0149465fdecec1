"""What somebody was shown when a form was opened, carried by the form itself, so that nobody overwrites unawares."""

import json
from datetime import date

from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from people.directory import consequences
from people.domain.postings.previews import difference
from people.models import Person, Posting
from people.queries import postings_for


class _Serializer:
    """As Django's for signed values, and days besides."""

    def dumps(self, value) -> bytes:
        return json.dumps(value, cls=DjangoJSONEncoder, separators=(",", ":")).encode()

    def loads(self, data: bytes):
        return json.loads(data)


def sign(subject: str, values) -> str:
    return signing.dumps(values, salt=f"people.seen.{subject}", serializer=_Serializer, compress=True)


def unsign(subject: str, token: str):
    """The values of a token made for this subject; None for anything else."""
    try:
        return signing.loads(token or "", salt=f"people.seen.{subject}", serializer=_Serializer)
    except signing.BadSignature:
        return None


_ROW = ("unit_id", "position_title", "job_title", "grade", "position_group", "employment_type")
_MARKS = ("is_manager", "is_primary")
_DAYS = ("valid_from", "valid_to")


def postings_token(viewer: Person, person: Person) -> str:
    """The person's postings as `viewer` sees them now."""
    rows = {str(pk): _values(row) for pk, row in _rows(viewer, person).items()}
    return sign(f"postings.{person.pk}", rows)


def postings_changed_since(viewer: Person, person: Person, token: str) -> list[str] | None:
    """What has happened to the postings since the token was made, in sentences; [] if nothing.

    None for a token that is not ours, which the caller treats as a form to be opened again.
    """
    seen = unsign(f"postings.{person.pk}", token)
    if seen is None:
        return None
    now = _rows(viewer, person)
    if seen == {str(pk): _values(row) for pk, row in now.items()}:
        return []
    before = {int(pk): _row_from(int(pk), values) for pk, values in seen.items()}
    units = {row.unit_id: row.unit for row in now.values()}
    for row in before.values():
        if row.unit_id in units:
            row.unit = units[row.unit_id]
    return consequences.rows_in_words(difference(before, now)) or [_("The postings have been recorded anew.")]


def _rows(viewer: Person, person: Person) -> dict[int, Posting]:
    rows = postings_for(viewer).filter(person=person).select_related("unit").order_by("valid_from", "pk")
    return {row.pk: row for row in rows}


def _values(row: Posting) -> list:
    days = [day.isoformat() if day else None for day in (getattr(row, name) for name in _DAYS)]
    return [*(getattr(row, name) for name in (*_ROW, *_MARKS)), *days]


def _row_from(pk: int, values: list) -> Posting:
    fields = dict(zip((*_ROW, *_MARKS, *_DAYS), values, strict=True))
    for name in _DAYS:
        fields[name] = date.fromisoformat(fields[name]) if fields[name] else None
    return Posting(pk=pk, **fields)
