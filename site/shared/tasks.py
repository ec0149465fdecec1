"""Celery doors of what all rooms share: ids in, one domain call."""

from celery import shared_task

from shared import content_version
from shared.domain import outbox


@shared_task
def work_off_entry(entry_id: int) -> None:
    outbox.work_off(entry_id)


@shared_task
def sweep_outbox() -> None:
    outbox.sweep()


@shared_task
def fold_content_changes() -> None:
    """Every night."""
    content_version.fold()
