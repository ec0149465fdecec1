"""Celery doors of the quizzes."""

from celery import shared_task

from quizzes.domain import attempts


@shared_task
def close_overdue_attempts() -> None:
    attempts.close_overdue()
