"""The people of units, and the people a viewer may see or keep records of."""

from collections.abc import Callable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from people.enums import Role
from people.models import Person, Posting, Unit, UnitClosure
from shared.text.fold import fold

from .dates import current_on, not_over_on
from .postings import deciding_postings, postings_in, serving_postings
from .roles import roles_of
from .units import KEEPING, READING, units_for


def people_in(units, day: date | None = None) -> QuerySet[Person]:
    """The people counted in `units` on `day`, by their primary posting."""
    return Person.objects.filter(pk__in=postings_in(units, day).values("person"))


def people_in_subtree(unit: Unit, day: date) -> QuerySet[Person]:
    """Who was counted in `unit` or anywhere below it on `day`, by given name: for any day, past or to come.

    By primary postings, as `people_in`; people whose account has been closed since are among them, because what was
    so on a day stays so. One query; the closure's index finds the units, the postings' index the people.
    """
    return Person.objects.filter(pk__in=_held_in_subtree(unit, day).values("person")).order_by("sort_key", "pk")


def count_in_subtree(unit: Unit, day: date) -> int:
    """How many `people_in_subtree` are, without reading people: everybody has one primary posting on a day."""
    return _held_in_subtree(unit, day).count()


def _held_in_subtree(unit: Unit, day: date) -> QuerySet[Posting]:
    below = UnitClosure.objects.filter(current_on(day), ancestor=unit)
    return Posting.objects.filter(current_on(day), unit__in=below.values("descendant"), is_primary=True)


def people_for(viewer: Person) -> QuerySet[Person]:
    """The people whose staff record `viewer` may see, by given name: `rules.can_see_person`."""
    return _people_of_scope(viewer, READING)


def serving_people(viewer: Person, narrowed: Callable = lambda postings: postings) -> QuerySet[Person]:
    """Of `people_for` those who serve in the viewer's units or will, by a posting that `narrowed` leaves over."""
    held = narrowed(serving_postings(viewer)).values("person")
    return _shown_people().filter(pk__in=held)


def kept_people_for(viewer: Person) -> QuerySet[Person]:
    """The people whose staff record `viewer` may change, by given name: `rules.can_keep_person`."""
    return _people_of_scope(viewer, KEEPING)


def people_whose_national_id_shows_for(viewer: Person) -> QuerySet[Person]:
    """Whose national ID `viewer` sees, masked: `rules.can_see_national_id`.

    HR officers, of people who hold a posting in a unit of theirs that keeps the numbers.
    """
    if Role.HR_OFFICER not in roles_of(viewer):
        return Person.objects.none()
    keeping = units_for(viewer, KEEPING).filter(keeps_national_ids=True)
    held = Posting.objects.filter(current_on(timezone.localdate()), unit__in=keeping)
    return Person.objects.filter(pk__in=held.values("person"), is_superuser=False)


def similar_people(people: QuerySet[Person], full_name: str, birth_date: date | None, unit) -> QuerySet[Person]:
    """Those of `people` who have this name, read without marks, and the birth date or a posting in the unit.

    A name is no key: this is for asking a human, never for merging.
    """
    shares = Q(pk__in=Posting.objects.filter(not_over_on(timezone.localdate()), unit=unit).values("person"))
    if birth_date:
        shares |= Q(birth_date=birth_date)
    namesakes = people.filter(search_key__startswith=fold(full_name)).filter(shares)
    return namesakes.filter(pk__in=[one.pk for one in namesakes if fold(one.full_name) == fold(full_name)])


def _shown_people() -> QuerySet[Person]:
    shown = Person.objects.filter(is_superuser=False, restricted_at__isnull=True, erased_at__isnull=True)
    return shown.order_by("sort_key", "pk")


def _people_of_scope(viewer: Person, roles: tuple[Role, ...]) -> QuerySet[Person]:
    people = _shown_people()
    if not viewer.is_authenticated:
        return people.none()
    if Role.ADMINISTRATOR in roles_of(viewer):
        return people
    return people.filter(pk__in=deciding_postings(viewer, roles).values("person"))
