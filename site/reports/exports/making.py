"""Making a file: in one go, from the beginning, by whoever has it in hand; nothing half-done is ever offered.

The file is written in a folder of unfinished work, stored under a name of its own, and only then named in the row,
if this worker is still the one that has it in hand. A worker that was thought dead finds its attempt taken and
removes what it made.
"""

import hashlib
import secrets
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import BinaryIO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from notices.domain.sending import notify
from notices.enums import NoticeKind
from people.domain import audit
from reports.domain.kept import with_time
from reports.enums import ExportState
from reports.exports.ordering import OUTBOX_KIND
from reports.exports.sources import Content, OutOfScope, content_of
from reports.models import Export
from shared.domain import outbox

FOLDER = "exports"
ROWS_A_STEP = 2000  # between two looks whether the file is still wanted from this worker
BEAT_SECONDS = 15  # a quarter of a lease
MOST_ATTEMPTS = 5


class TakenOver(Exception):
    """Another worker has the export in hand, or nobody wants it any more."""


def make(export_id: int) -> None:
    """The outbox's door. Twice is as good as once; raises what went wrong until it has been tried often enough."""
    export = _claim(export_id)
    if export is None:
        return
    with translation.override(export.language), with_time():
        try:
            content = content_of(export)
            name, size, digest = _written(export, content)
        except OutOfScope:
            _close(export, ExportState.REFUSED)
        except TakenOver:
            return
        except Exception:
            if export.attempt >= MOST_ATTEMPTS:
                _close(export, ExportState.FAILED)
            raise
        else:
            _offer(export, content, name, size, digest)


def unfinished() -> Path:
    """The folder for work in hand; what a killed worker left there goes after a day (`keeping`)."""
    folder = Path(settings.PRIVATE_ROOT) / "unfinished"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _claim(export_id: int) -> Export | None:
    waiting = Export.objects.filter(pk=export_id, state__in=(ExportState.WAITING, ExportState.MAKING))
    if not waiting.update(state=ExportState.MAKING, attempt=F("attempt") + 1, done=0):
        return None
    return Export.objects.select_related("asked_by").get(pk=export_id)


def _mine(export: Export):
    return Export.objects.filter(pk=export.pk, attempt=export.attempt, state=ExportState.MAKING)


def _written(export: Export, content: Content) -> tuple[str, int, str]:
    """The name in the storage, the size and the digest."""
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if done % ROWS_A_STEP == 0:
            _step(export, done, content.total)

    with TemporaryDirectory(dir=unfinished()) as folder, TemporaryFile(dir=folder) as file:
        beating = _Beating(file, lambda: _step(export, done, content.total))
        content.write(beating, folder, tick)
        _step(export, done, content.total)
        size = file.tell()
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        name = storages["private"].save(f"{FOLDER}/{secrets.token_hex(16)}.{export.file_format}", File(file))
    return name, size, digest


class _Beating:
    """A file that tells from time to time that it is being written: putting a large workbook together takes longer
    than a lease, and there are no rows to count meanwhile."""

    def __init__(self, file: BinaryIO, beat: Callable[[], None]):
        self._file, self._beat, self._last = file, beat, time.monotonic()

    def write(self, data) -> int:
        if time.monotonic() - self._last > BEAT_SECONDS:
            self._last = time.monotonic()
            self._beat()
        return self._file.write(data)

    def __getattr__(self, name):
        return getattr(self._file, name)


def _step(export: Export, done: int, total: int) -> None:
    """Tells how far it is and keeps the work. Raises TakenOver if it is not this worker's any more."""
    if not _mine(export).update(done=done, total=max(total, done)):
        raise TakenOver
    outbox.still_at_it(OUTBOX_KIND, export.pk)


def _offer(export: Export, content: Content, name: str, size: int, digest: str) -> None:
    now = timezone.now()
    with transaction.atomic():
        is_mine = _mine(export).update(
            state=ExportState.READY,
            file=name,
            file_name=content.file_name,
            size=size,
            sha256=digest,
            units=content.units,
            total=content.total,
            done=content.total,
            finished_at=now,
            expires_at=now + timedelta(days=settings.EXPORT_DAYS),
        )
        if is_mine:
            audit.record(export.asked_by, "export.made", export, about=None, size=size, sha256=digest)
            notify(
                export.asked_by_id,
                NoticeKind.TOLD,
                subject=_("Ready to download: %(file)s") % {"file": export.title},
                path=reverse("reports:export", args=[export.pk]),
                key=f"export-{export.pk}",
            )
            for follow in FOLLOWERS:
                follow(export.pk)
    if not is_mine:
        storages["private"].delete(name)


def _close(export: Export, state: ExportState) -> None:
    with transaction.atomic():
        if _mine(export).update(state=state, finished_at=timezone.now()):
            for follow in FOLLOWERS:
                follow(export.pk)


# What else is to be written in the transaction in which a file is ready, refused or given up (`schedules`).
FOLLOWERS: list = []
