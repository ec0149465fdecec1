"""Celery doors of the site."""

from celery import shared_task

from home.domain import publishing


@shared_task
def publish_scheduled_pages() -> None:
    publishing.publish_due()
