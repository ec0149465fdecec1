"""Liveness and readiness for those who run the site."""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from shared.models import OutboxEntry

LATE = timedelta(minutes=5)


@never_cache
def healthz(request):
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def readyz(request):
    """Database, cache, broker, and whether the worker keeps up: the age of the oldest due outbox entry."""
    checks = {name: _works(check) for name, check in _CHECKS.items()}
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def _works(check) -> bool:
    try:
        return bool(check())
    except Exception:
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _cache() -> bool:
    cache.get("readyz")
    return True


def _broker() -> bool:
    if settings.EMBEDDED_BROKER:
        return True
    from config.celery import app

    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
    return True


def _worker() -> bool:
    late = OutboxEntry.objects.filter(done_at__isnull=True, due_at__lt=timezone.now() - LATE, attempts=0)
    return not late.exists()


_CHECKS = {"database": _database, "cache": _cache, "broker": _broker, "worker": _worker}
