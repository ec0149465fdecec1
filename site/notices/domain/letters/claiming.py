"""Taking a person's waiting matters in hand, so that no other worker does, and taking over from one that died."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from notices.enums import LetterState, MatterState
from notices.models import Letter, Matter

LEASE = timedelta(minutes=5)  # far longer than writing a letter and handing it over takes
_GIVEN_UP = (LetterState.FAILED, LetterState.EMPTY)


def waiting_people(now: datetime, day: date, after: int, limit: int) -> list[int]:
    """Ids of people with something to be told and no letter on `day` yet, above `after`, in order."""
    had = Letter.objects.filter(person=OuterRef("person"), day=day).exclude(state__in=_GIVEN_UP)
    found = waiting(now).filter(~Exists(had), person__gt=after).order_by("person_id")
    return list(found.values_list("person_id", flat=True).distinct()[:limit])


def waiting(now: datetime) -> QuerySet[Matter]:
    at_once = Q(not_before__isnull=True)
    return Matter.objects.filter(at_once | Q(not_before__lte=now), state=MatterState.WAITING)


@transaction.atomic
def claim(people: list[int], day: date, now: datetime) -> list[Letter]:
    """New letters with all that waits for each of the people (a few dozen): three statements however many.

    None for whom another worker has written to that day, and none if nothing is left to tell.
    """
    letters = _begun(people, day, now)
    mine = Letter.objects.filter(pk__in=[letter.pk for letter in letters])
    of_person = mine.filter(person=OuterRef("person")).values("pk")
    theirs = waiting(now).filter(person__in=[letter.person_id for letter in letters])
    taken = theirs.update(state=MatterState.TAKEN, letter=Subquery(of_person)) if letters else 0
    full = set(Matter.objects.filter(letter__in=mine).values_list("letter", flat=True)) if taken else set()
    if len(full) < len(letters):
        mine.exclude(pk__in=full).delete()
    return [letter for letter in letters if letter.pk in full]


def _begun(people: list[int], day: date, now: datetime) -> list[Letter]:
    """A row for each of the people who has no letter of `day` yet. Of two workers only one gets it written."""
    moment = connection.ops.adapt_datetimefield_value(now)
    rows = [(pk, connection.ops.adapt_datefield_value(day), LetterState.CLAIMED, moment) for pk in people]
    if not rows:
        return []
    # The table's name is Django's own; every value is a parameter.
    statement = f"""
        INSERT INTO {Letter._meta.db_table} (person_id, day, state, claimed_at, subject, lines, attempt, problem)
        VALUES {", ".join(["(%s, %s, %s, %s, '', '[]', 1, '')"] * len(rows))}
        ON CONFLICT DO NOTHING RETURNING id, person_id
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for row in rows for value in row])
        written = cursor.fetchall()
    return [Letter(pk=pk, person_id=person, day=day, claimed_at=now) for pk, person in sorted(written)]


@transaction.atomic
def give_back(letters: list[Letter]) -> None:
    """As if these letters had never been begun: what they tell waits again. Only those still in our hands."""
    attempts = {letter.pk: letter.attempt for letter in letters}
    in_hand = Letter.objects.filter(pk__in=attempts, state__in=(LetterState.CLAIMED, LetterState.HANDING_OVER))
    found = in_hand.select_for_update().values_list("pk", "attempt")
    ours = [pk for pk, attempt in found if attempt == attempts[pk]]
    matters = Matter.objects.filter(letter__in=ours)
    matters.filter(state=MatterState.TAKEN).update(state=MatterState.WAITING, letter=None)
    matters.update(letter=None)
    Letter.objects.filter(pk__in=ours).delete()


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
