"""Which units and people a viewer may see. Every list in every room starts here."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from people.enums import Role
from people.models import Person, Posting, RoleGrant, Unit, UnitClosure


def current_on(day: date, prefix: str = "") -> Q:
    """Condition: a dated row holds on `day` (from inclusive, to exclusive)."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    )


def subtree_of(unit_ids, day: date | None = None) -> QuerySet[Unit]:
    """The units and everything below them on `day` (today if not given)."""
    below = UnitClosure.objects.filter(current_on(day or timezone.localdate()), ancestor__in=unit_ids)
    return Unit.objects.filter(pk__in=below.values("descendant"))


def units_for(viewer: Person, roles: tuple[Role, ...]) -> QuerySet[Unit]:
    """The units on which `viewer` holds one of `roles`, with their subtrees. Nobody's scope is wider than that."""
    if not viewer.is_authenticated:
        return Unit.objects.none()
    granted = RoleGrant.objects.filter(person=viewer, role__in=roles).values("unit")
    return subtree_of(granted)


def units_headed_by(viewer: Person) -> QuerySet[Unit]:
    """The units `viewer` heads, with their subtrees."""
    if not viewer.is_authenticated:
        return Unit.objects.none()
    return subtree_of(Unit.objects.filter(head=viewer).values("pk"))


def postings_in(units, day: date | None = None) -> QuerySet[Posting]:
    """Primary postings held in `units` on `day`: one row for each person counted there."""
    return Posting.objects.filter(
        current_on(day or timezone.localdate()), unit__in=units, is_primary=True, person__is_active=True
    )


def people_in(units, day: date | None = None) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=postings_in(units, day).values("person"))


def primary_posting(person: Person, day: date | None = None) -> Posting | None:
    """The person's primary posting on `day`, with its unit; None for guests of the platform."""
    return (
        Posting.objects.filter(current_on(day or timezone.localdate()), person=person, is_primary=True)
        .select_related("unit")
        .first()
    )


def roles_of(person: Person) -> frozenset[str]:
    """All roles the person holds anywhere; kept on the instance for the length of a request."""
    if not person.is_authenticated:
        return frozenset()
    if not hasattr(person, "_roles_held"):
        person._roles_held = frozenset(RoleGrant.objects.filter(person=person).values_list("role", flat=True))
    return person._roles_held


def accounts_for(viewer: Person) -> QuerySet[Person]:
    """The accounts `viewer` administers, sorted as names are: the list of `rules.can_administer`."""
    accounts = Person.objects.order_by("sort_key", "pk")
    if viewer.is_superuser:
        return accounts
    return accounts.filter(is_superuser=False) if Role.ADMINISTRATOR in roles_of(viewer) else accounts.none()
