"""The public files of the press office: renditions, share cards, press kits. Retired in a transaction, then deleted.

The server refuses a retired file at once (`media.views.files`); the disk follows right after the commit, and again
by the outbox should that fail.
"""

from collections.abc import Iterable

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from media.models import Photograph, Rendition, RetiredFile
from media.models.photograph import new_public_token
from shared.domain import outbox

BATCH = 200


@transaction.atomic
def retire(names: Iterable[str]) -> None:
    """From the commit on these files are refused; they are deleted right after it."""
    names = [name for name in names if name]
    if not names:
        return
    RetiredFile.objects.bulk_create([RetiredFile(name=name) for name in names], ignore_conflicts=True)
    outbox.enqueue("media.delete_retired", 0)
    transaction.on_commit(_delete_quietly, robust=True)


@transaction.atomic
def retire_photograph(photograph_id: int) -> None:
    """All public copies go, and the public address changes, so that a copy made later has another one."""
    renditions = Rendition.objects.filter(image=photograph_id)
    names = list(renditions.values_list("file", flat=True))
    Photograph.objects.filter(pk=photograph_id).update(public_token=new_public_token())
    if names:
        renditions._raw_delete(renditions.db)  # no signals: the files follow by their names
        retire(names)


def delete_retired(_nothing: int = 0) -> None:
    """Deletes what is retired and still on the disk. May run twice. Raises what the storage raises."""
    while batch := list(RetiredFile.objects.filter(deleted_at__isnull=True)[:BATCH]):
        for file in batch:
            default_storage.delete(file.name)
        RetiredFile.objects.filter(pk__in=[file.pk for file in batch]).update(deleted_at=timezone.now())


def _delete_quietly() -> None:
    delete_retired()
