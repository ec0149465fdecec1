"""One key a person, for values that must become unreadable when the person's data are erased."""

from collections.abc import Iterable

from django.utils import timezone

from people.models import Person, PersonKey
from shared import secrecy


def encrypt_for(person: Person, text: str, *, place: str) -> str:
    """The text as a token that `Opener` reads. "" for a person whose key was destroyed: nothing is kept of them."""
    stored, _created = PersonKey.objects.get_or_create(person_id=person.pk, defaults={"wrapped": _fresh(person.pk)})
    return secrecy.encrypt(_unwrapped(stored), text, place=place) if stored.wrapped else ""


class Opener:
    """Reads what was encrypted for the given people; one query, however many they are."""

    def __init__(self, person_ids: Iterable[int]):
        self._keys = {key.pk: key for key in PersonKey.objects.filter(pk__in=set(person_ids)).exclude(wrapped="")}

    def read(self, person_id: int, token: str, *, place: str) -> str | None:
        """The text; None if the person's key was destroyed or the site's key is another one now."""
        if person_id not in self._keys:
            return None
        try:
            return secrecy.decrypt(_unwrapped(self._keys[person_id]), token, place=place)
        except secrecy.Unreadable:
            return None


def destroy(person: Person) -> None:
    """Makes everything encrypted for the person unreadable, for good; no further key is made."""
    PersonKey.objects.update_or_create(person_id=person.pk, defaults={"wrapped": "", "destroyed_at": timezone.now()})


def _fresh(person_id: int) -> str:
    return secrecy.wrap(_site_key(), secrecy.random_key(), place=_place(person_id))


def _unwrapped(stored: PersonKey) -> bytes:
    return secrecy.unwrap(_site_key(), stored.wrapped, place=_place(stored.pk))


def _site_key() -> bytes:
    return secrecy.derive("keys of people")


def _place(person_id: int) -> str:
    return f"key of person {person_id}"
