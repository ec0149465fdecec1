"""The Celery application: tasks live in each room's tasks.py, settings come from Django's CELERY_*."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
app = Celery("neu_guong")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
