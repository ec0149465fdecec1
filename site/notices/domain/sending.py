"""Giving a person news."""

from notices.enums import NoticeKind
from notices.models import Notice


def notify(person_id: int, kind: NoticeKind, *, subject: str, path: str, key: str) -> None:
    """Writes a notice once: `key` names the fact, and the same fact is told a person only once."""
    Notice.objects.bulk_create(
        [Notice(person_id=person_id, kind=kind, subject=subject, path=path, key=key)], ignore_conflicts=True
    )
