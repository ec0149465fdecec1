"""Granting and withdrawing roles. Roles that work in the Wagtail admin also bring the matching group."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from people.domain import audit
from people.enums import Role
from people.models import Person, RoleGrant, Unit
from shared.errors import DomainError

# Group names are also the keys under which permissions are set up (home.domain.site_setup).
GROUP_OF_ROLE = {
    Role.COURSE_AUTHOR: "Course authors",
    Role.PRESS_OFFICER: "Press office",
    Role.ADMINISTRATOR: "Administrators",
}


@transaction.atomic
def grant_role(person: Person, role: Role, unit: Unit, *, actor: Person | None) -> RoleGrant:
    """Grants `role` on `unit` and its subtree; granting twice changes nothing."""
    grant, created = RoleGrant.objects.get_or_create(
        person=person, role=role, unit=unit, defaults={"granted_by": actor}
    )
    if created:
        audit.record(actor, "role.granted", person, role=str(role), unit=unit.pk)
        _follow_in_groups(person)
    return grant


@transaction.atomic
def withdraw_role(grant: RoleGrant, *, actor: Person | None) -> None:
    """Takes the role away. Raises DomainError for one's own administration: nobody locks themselves out."""
    person = grant.person
    if actor is not None and actor.pk == person.pk and grant.role == Role.ADMINISTRATOR:
        raise DomainError(_("You cannot withdraw your own administration; another administrator can."))
    audit.record(actor, "role.withdrawn", person, role=grant.role, unit=grant.unit_id)
    grant.delete()
    _follow_in_groups(person)


def _follow_in_groups(person: Person) -> None:
    """Group membership and entry to the admin follow from the roles held."""
    held = set(RoleGrant.objects.filter(person=person).values_list("role", flat=True))
    for role, name in GROUP_OF_ROLE.items():
        group, _created = Group.objects.get_or_create(name=name)
        (person.groups.add if role in held else person.groups.remove)(group)
