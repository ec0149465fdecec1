"""Celery doors of the quizzes, and the work they do for the outbox."""

from celery import shared_task

from quizzes.domain import attempts, regrading
from shared.domain import outbox


@shared_task
def close_overdue_attempts() -> None:
    attempts.close_overdue()


@outbox.handler("quizzes.regrade")
def regrade(ruling_id: int) -> None:
    regrading.apply(ruling_id)
