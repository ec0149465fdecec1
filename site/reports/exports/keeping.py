"""Handing files out, to nobody but who asked and only while all in them is in scope; and removing them."""

from datetime import datetime, timedelta
from pathlib import Path
from shutil import rmtree
from typing import IO

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain import audit
from people.models import Person
from reports.enums import ExportState
from reports.exports.making import FOLDER, unfinished
from reports.exports.sources import may_have
from reports.models import Export
from shared.errors import DomainError

LEFT_OVER = timedelta(days=1)  # far longer than a file is in the making


def exports_for(viewer: Person) -> QuerySet[Export]:
    """What `viewer` asked for, the newest first; nobody else sees it."""
    return Export.objects.filter(asked_by=viewer) if viewer.is_authenticated else Export.objects.none()


def can_download(viewer: Person, export: Export) -> bool:
    """It is ready, not over, theirs, and all that stands in it is in their scope today."""
    is_there = export.state == ExportState.READY and export.expires_at and export.expires_at > timezone.now()
    return bool(is_there) and export.asked_by_id == viewer.pk and may_have(export, viewer)


def download(export: Export, *, actor: Person) -> IO[bytes]:
    """The file, open for reading; each download stands in the log. Raises DomainError with the reason if not."""
    if not can_download(actor, export):
        if export.state == ExportState.READY and export.asked_by_id == actor.pk and not _is_over(export):
            raise DomainError(_("The units in this file are not all in your scope any more, so it is not handed out."))
        raise DomainError(_("The file is not there any more. It can be asked for again."))
    try:
        file = storages["private"].open(export.file)
    except FileNotFoundError as problem:
        raise DomainError(_("The file is not there any more. It can be asked for again.")) from problem
    audit.record(actor, "export.downloaded", export, about=None)
    return file


def _is_over(export: Export) -> bool:
    return export.expires_at is None or export.expires_at <= timezone.now()


def give_up(export: Export, *, actor: Person) -> None:
    """Removes a file, or takes a wish back while it is being made. Twice changes nothing."""
    with transaction.atomic():
        still = Export.objects.filter(pk=export.pk).exclude(state=ExportState.GONE)
        if still.update(state=ExportState.GONE, file=""):
            audit.record(actor, "export.removed", export, about=None)
    if export.file:
        storages["private"].delete(export.file)


def remove_old(now: datetime | None = None) -> int:
    """Removes files past their day, and what dead workers left behind; returns how many files. Safe to repeat."""
    now = now or timezone.now()
    over = list(Export.objects.filter(state=ExportState.READY, expires_at__lte=now))
    for export in over:
        storages["private"].delete(export.file)
        Export.objects.filter(pk=export.pk).update(state=ExportState.GONE, file="")
    _remove_left_over(now)
    return len(over)


def _remove_left_over(now: datetime) -> None:
    """Files no row names: stored by a worker that was killed before it could say so."""
    storage = storages["private"]
    try:
        names = storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        names = []
    paths = [f"{FOLDER}/{name}" for name in names]
    known = set(Export.objects.filter(file__in=paths).values_list("file", flat=True)) if paths else set()
    for path in paths:
        if path not in known and storage.get_modified_time(path) < now - LEFT_OVER:
            storage.delete(path)
    for folder in unfinished().iterdir():
        if _age(folder, now) > LEFT_OVER.total_seconds():
            rmtree(folder, ignore_errors=True)


def _age(path: Path, now: datetime) -> float:
    try:
        return now.timestamp() - path.stat().st_mtime
    except FileNotFoundError:
        return 0


def remove_rows(moment: datetime, limit: int) -> int:
    """Rows asked for before `moment` whose file is gone; for `people.personal_data.Retention`."""
    over = Export.objects.filter(asked_at__lt=moment).exclude(state=ExportState.READY).order_by("pk")
    numbers = list(over.values_list("pk", flat=True)[:limit])
    Export.objects.filter(pk__in=numbers).delete()
    return len(numbers)
