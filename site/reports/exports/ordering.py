"""Writing a wish for a file down, with the outbox entry that has it made."""

import hashlib
import json

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from people.domain import audit
from people.models import Person
from reports.enums import ExportState, ExportWhat
from reports.exports import sources
from reports.models import Export
from shared.domain import outbox
from shared.errors import DomainError

OUTBOX_KIND = "reports.export"
AT_ONCE = 5000  # rows written while the page waits (about a second); more are made by a worker
MOST_WAITING = 10  # of one person


def order(
    viewer: Person, what: ExportWhat, parameters: dict, file_format: str, *, is_scheduled: bool = False
) -> Export:
    """The export that will hold the file; pressing twice, while it is being made, gives the same one.

    Raises DomainError if the wish is not in the viewer's scope, or too many files are being made for them.
    """
    export = Export(
        asked_by=viewer,
        what=what,
        parameters=parameters,
        file_format=file_format,
        language=translation.get_language() or "vi",
        wish=_fingerprint(what, parameters, file_format),
    )
    try:
        content = sources.content_of(export)
    except sources.OutOfScope as problem:
        raise DomainError(_("This is not in your scope, or too long for this kind of file.")) from problem
    if not is_scheduled and open_exports(viewer).count() >= MOST_WAITING:
        raise DomainError(_("Ten files are being made already. Please wait until one of them is ready."))
    export.title, export.total, export.units = content.title[:400], content.total, content.units
    try:
        with transaction.atomic():
            export.save(force_insert=True)
            outbox.enqueue(OUTBOX_KIND, export.pk)
            audit.record(viewer, "export.ordered", export, about=None, what=str(what), format=file_format)
    except IntegrityError:  # pressed twice
        return open_exports(viewer).get(wish=export.wish)
    return export


def open_exports(viewer: Person):
    return Export.objects.filter(asked_by=viewer, state__in=(ExportState.WAITING, ExportState.MAKING))


def _fingerprint(what: str, parameters: dict, file_format: str) -> str:
    text = json.dumps([str(what), parameters, str(file_format)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
