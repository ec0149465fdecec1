"""Celery doors of the notices."""

from celery import shared_task

from notices.domain.letters import sending


@shared_task
def send_letters() -> None:
    """Letters to everybody who waits for one; nothing outside office hours. Twice is as good as once."""
    sending.send_due()
