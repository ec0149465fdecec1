"""Wiring only: settings, URL map, Celery application, the serving command."""

from .celery import app as celery_app

__all__ = ["celery_app"]
