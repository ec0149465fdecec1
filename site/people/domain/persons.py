"""Accounts and postings of people."""

from datetime import date

from django.db import transaction

from people.models import Person, Posting, Unit


@transaction.atomic
def create_person(username: str, full_name: str, password: str | None = None, **fields) -> Person:
    """Creates an account. Without a password it cannot be signed in to until one is set."""
    return Person.objects.create_user(username, full_name, password, **fields)


@transaction.atomic
def post(person: Person, unit: Unit, position_title: str, *, since: date, **fields) -> Posting:
    """Gives the person a position in a unit; as the primary one it ends the primary posting held before."""
    if fields.get("is_primary", True):
        Posting.objects.filter(person=person, is_primary=True, valid_to__isnull=True).update(valid_to=since)
    return Posting.objects.create(person=person, unit=unit, position_title=position_title, valid_from=since, **fields)
