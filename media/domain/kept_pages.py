"""Whole story pages kept for readers who are not signed in, under a stamp that moves in the transaction of every
change. A page under an older stamp is never shown, in any process: one small question to the database each time.
"""

from dataclasses import dataclass

from django.core.cache import caches
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from media.models import PublicStamp

KEPT_SECONDS = 300


@dataclass(frozen=True)
class KeptPage:
    """A response as it went out, compressed."""

    content: bytes
    headers: tuple[tuple[str, str], ...]
    story_id: int


def move_stamp() -> None:
    """What readers see of stories changes with this transaction: nothing kept before it is shown after it."""
    with transaction.atomic():
        if not PublicStamp.objects.filter(pk=1).update(value=F("value") + 1):
            PublicStamp.objects.get_or_create(pk=1)


def stamp() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM media_publicstamp WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else 0


def find(path: str, now: int) -> KeptPage | None:
    return caches["rendered"].get(_key(path, now))


def keep(path: str, now: int, page: KeptPage) -> None:
    caches["rendered"].set(_key(path, now), page, KEPT_SECONDS)


def _key(path: str, now: int) -> str:
    """The day is part of it: consents and rights end with their last day."""
    return f"story-{now}-{timezone.localdate():%Y%m%d}-{path}"
