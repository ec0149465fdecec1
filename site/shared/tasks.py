"""Celery doors of the outbox: ids in, one domain call."""

from celery import shared_task

from shared.domain import outbox


@shared_task
def work_off_entry(entry_id: int) -> None:
    outbox.work_off(entry_id)


@shared_task
def sweep_outbox() -> None:
    outbox.sweep()
