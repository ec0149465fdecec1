"""Taking a person's waiting matters in hand, so that no other worker does, and taking over from one that died."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from notices.enums import LetterState, MatterState
from notices.models import Letter, Matter

LEASE = timedelta(minutes=5)  # far longer than writing a letter and handing it over takes
_GIVEN_UP = (LetterState.FAILED, LetterState.EMPTY)


def waiting_people(now: datetime, day: date, after: int, limit: int) -> list[int]:
    """Ids of people with something to be told and no letter on `day` yet, above `after`, in order."""
    had = Letter.objects.filter(person=OuterRef("person"), day=day).exclude(state__in=_GIVEN_UP)
    found = waiting(now).filter(~Exists(had), person__gt=after).order_by("person")
    return list(found.values_list("person", flat=True).distinct()[:limit])


def waiting(now: datetime) -> QuerySet[Matter]:
    at_once = Q(not_before__isnull=True)
    return Matter.objects.filter(at_once | Q(not_before__lte=now), state=MatterState.WAITING)


def claim(person_id: int, day: date, now: datetime) -> Letter | None:
    """A new letter with all that waits for the person; None if there is one already, or nothing left to tell."""
    try:
        with transaction.atomic():
            letter = Letter.objects.create(person_id=person_id, day=day, claimed_at=now)
            taken = waiting(now).filter(person=person_id).update(state=MatterState.TAKEN, letter=letter)
            if not taken:
                letter.delete()
                return None
    except IntegrityError:  # another worker was faster
        return None
    return letter


def take_over(now: datetime, day: date) -> list[Letter]:
    """Letters whose worker died before the hand-over began: ours from now on, to be written anew as letters of `day`.

    Whoever has had another letter that day gets this one on the next.
    """
    left = Letter.objects.filter(state=LetterState.CLAIMED, claimed_at__lte=now - LEASE)
    taken = []
    for letter in left.order_by("pk"):
        mine = Letter.objects.filter(pk=letter.pk, state=LetterState.CLAIMED, attempt=letter.attempt)
        try:
            with transaction.atomic():
                is_ours = mine.update(attempt=F("attempt") + 1, claimed_at=now, day=day)
        except IntegrityError:
            continue
        if is_ours:
            letter.attempt += 1
            taken.append(letter)
    return taken


def close_interrupted(now: datetime) -> int:
    """Letters whose worker died while handing them over. Returns how many."""
    left = Letter.objects.filter(state=LetterState.HANDING_OVER, claimed_at__lte=now - LEASE)
    return left.update(state=LetterState.UNCERTAIN, closed_at=now)
