"""Pages by cursor: new rows neither shift nor repeat what follows."""

import base64
import binascii

from django.db.models import QuerySet

LARGEST = 500


class BadCursor(Exception):
    """The cursor is none of ours."""


def page_of(rows: QuerySet, cursor: str, limit: int) -> dict:
    """Up to `limit` rows after the cursor by id, and the cursor of the next page (None: that was all)."""
    after = _read(cursor) if cursor else 0
    found = list(rows.filter(pk__gt=after).order_by("pk")[: limit + 1])
    items = found[:limit]
    return {"items": items, "next": _written(items[-1].pk) if len(found) > limit else None}


def _written(pk: int) -> str:
    return base64.urlsafe_b64encode(f"v1:{pk}".encode()).decode().rstrip("=")


def _read(cursor: str) -> int:
    try:
        version, _colon, pk = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(":")
    except (binascii.Error, ValueError) as problem:
        raise BadCursor from problem
    if version != "v1" or not (pk.isascii() and pk.isdecimal()) or len(pk) > 18:
        raise BadCursor
    return int(pk)
