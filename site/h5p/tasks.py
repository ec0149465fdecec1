"""Celery and outbox doors: ids in, one domain call."""

from celery import shared_task

from h5p.domain import importing, library_store, retention
from shared.domain import outbox

outbox.handler(library_store.REFRESH)(importing.refresh)


@shared_task
def purge() -> None:
    """Removes decided uploads, files without a row, and statements past their time; once a night."""
    retention.purge()
