"""The roles people hold: granted ones that are in force, and heads of units, which follow from the units."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from people.models import Person, RoleGrant, Unit

from .dates import held_on


def grants_in_force(day: date | None = None) -> QuerySet[RoleGrant]:
    """The role grants that hold on `day` (today if not given)."""
    return RoleGrant.objects.filter(held_on(day or timezone.localdate()))


def roles_of(person: Person) -> frozenset[str]:
    """All roles the person holds today, on whatever unit; kept on the instance for the length of a request."""
    if not person.is_authenticated:
        return frozenset()
    if not hasattr(person, "_roles_held"):
        person._roles_held = frozenset(grants_in_force().filter(person=person).values_list("role", flat=True))
    return person._roles_held


def unit_heads(units: QuerySet[Unit]) -> QuerySet[Person]:
    """Who heads the given units."""
    return Person.objects.filter(units_headed__in=units).distinct()
