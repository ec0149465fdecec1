"""The accounts a viewer administers, and those whose access an HR officer manages."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from people.enums import Role
from people.models import Person, RoleGrant, Unit

from .dates import not_over_on
from .persons import kept_people_for
from .roles import roles_of
from .units import kept_units_for


def accounts_for(viewer: Person) -> QuerySet[Person]:
    """The accounts `viewer` administers, sorted as names are: the list of `rules.can_administer`."""
    accounts = Person.objects.order_by("sort_key", "pk")
    if viewer.is_superuser:
        return accounts
    return accounts.filter(is_superuser=False) if Role.ADMINISTRATOR in roles_of(viewer) else accounts.none()


def managed_accounts_for(viewer: Person) -> QuerySet[Person]:
    """Whose access `viewer` manages: open and close the account, give new codes, change what one signs in with.

    The list of `rules.can_manage_account`. Administrators manage all; HR officers those of their scope who hold
    no role, now or from a later day, and head no unit outside it: a code handed out for an account is a way into
    it, and nobody shall come by a right that way.
    """
    people = kept_people_for(viewer)
    if Role.ADMINISTRATOR in roles_of(viewer):
        return people
    granted = RoleGrant.objects.filter(not_over_on(timezone.localdate()), person=OuterRef("pk"))
    heading_others = Unit.objects.filter(head=OuterRef("pk")).exclude(pk__in=kept_units_for(viewer))
    return people.filter(~Exists(granted), ~Exists(heading_others), is_staff=False)
