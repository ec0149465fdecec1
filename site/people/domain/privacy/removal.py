"""Removing what is over: every class of data in small batches, by the times the settings give."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from time import monotonic

from allauth.usersessions.models import UserSession
from django.db import transaction

from people import personal_data
from people.enums import RequestState
from people.models import DataRequest, Person, Session

log = logging.getLogger(__name__)

BATCH = 500
LONGEST = timedelta(minutes=10)


def remove_everything_over(batch: int = BATCH, longest: timedelta = LONGEST) -> dict[str, int]:
    """Removes what is past its time, class by class; returns how many rows by retention key.

    Each batch is a transaction of its own. What is not done within `longest` is left to the next night. A class
    whose removal fails is logged, and the others go on.
    """
    end = monotonic() + longest.total_seconds()
    removed: dict[str, int] = {}
    for one in personal_data.classes():
        if one.retention is None:
            continue
        removed[one.retention.key] = 0
        try:
            while monotonic() < end:
                count = one.retention.remove(one.retention.moment(), batch)
                if not count:
                    break
                removed[one.retention.key] += count
        except Exception:
            log.exception("What is over of %s could not be removed", one.retention.key)
    return removed


def forget_sessions(keys: Iterable[str]) -> None:
    """Ends these sign-ins and forgets their devices."""
    UserSession.objects.filter(session_key__in=keys).delete()
    Session.objects.filter(pk__in=keys).delete()


def forget_sessions_of(person: Person) -> None:
    forget_sessions(list(UserSession.objects.filter(user=person).values_list("session_key", flat=True)))


@transaction.atomic
def remove_answered_requests(moment: datetime, limit: int) -> int:
    over = DataRequest.objects.exclude(state=RequestState.OPEN).filter(answered_at__lt=moment).order_by("pk")
    numbers = list(over.values_list("pk", flat=True)[:limit])
    DataRequest.objects.filter(pk__in=numbers).delete()
    return len(numbers)
