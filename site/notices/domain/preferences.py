"""What a person wants by e-mail, and the addresses that work without signing in: a signature stands for the person."""

from collections.abc import Iterable

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from notices.domain import topics
from notices.models import Preference
from people.models import Person

_UNSUBSCRIBING = "notices.unsubscribe"
_CALENDAR = "notices.calendar"


def without(person_id: int) -> set[str]:
    """The optional topics the person does not want by e-mail."""
    stored = Preference.objects.filter(person=person_id).values_list("without", flat=True).first()
    return set(stored or ())


def without_of(people: Iterable[int]) -> dict[int, set[str]]:
    """The same of several people; whoever never chose is left out. One query."""
    return {pk: set(keys) for pk, keys in Preference.objects.filter(person__in=people).values_list("person", "without")}


@transaction.atomic
def set_without(person_id: int, keys: set[str]) -> None:
    """Stores the topics not wanted; required ones among them are ignored."""
    optional = {topic.key for topic in topics.all_topics() if topic.is_optional}
    Preference.objects.update_or_create(person_id=person_id, defaults={"without": sorted(keys & optional)})


def stop_optional(person_id: int) -> None:
    """No optional topic by e-mail any more."""
    set_without(person_id, {topic.key for topic in topics.all_topics() if topic.is_optional})


def unsubscribing_path(person_id: int) -> str:
    return reverse("notices:unsubscribe", args=[signing.dumps(person_id, salt=_UNSUBSCRIBING)])


def unsubscriber(token: str) -> Person | None:
    """Whose letters the link in a letter is about; None for a link nobody wrote."""
    return _person(_loaded(token, _UNSUBSCRIBING))


def calendar_path(person: Person) -> str:
    """The address under which a calendar program fetches the person's due dates."""
    serial = Preference.objects.filter(person=person).values_list("calendar_serial", flat=True).first() or 0
    return reverse("notices:calendar", args=[signing.dumps([person.pk, serial], salt=_CALENDAR)])


def calendar_reader(token: str) -> Person | None:
    """Whose calendar it is; None for addresses nobody wrote and for those replaced since."""
    value = _loaded(token, _CALENDAR)
    if not isinstance(value, list) or len(value) != 2:
        return None
    person_id, serial = value
    stored = Preference.objects.filter(person=person_id).values_list("calendar_serial", flat=True).first() or 0
    return _person(person_id) if serial == stored else None


@transaction.atomic
def renew_calendar(person_id: int) -> None:
    """From now on only a new address works."""
    Preference.objects.get_or_create(person_id=person_id)
    Preference.objects.filter(person=person_id).update(calendar_serial=F("calendar_serial") + 1)


def _loaded(token: str, salt: str):
    try:
        return signing.loads(token, salt=salt)
    except signing.BadSignature:
        return None


def _person(person_id) -> Person | None:
    if not isinstance(person_id, int):
        return None
    return Person.objects.filter(pk=person_id, is_active=True, erased_at__isnull=True).first()
