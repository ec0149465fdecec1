"""Granting and withdrawing roles. Roles that work in the Wagtail admin also bring the matching group."""

from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain import audit
from people.enums import Role
from people.models import Person, RoleGrant, Unit
from people.queries import grants_in_force
from people.rules import can_grant
from shared.errors import DomainError

# Group names are also the keys under which permissions are set up (home.domain.site_setup).
GROUP_OF_ROLE = {
    Role.COURSE_AUTHOR: "Course authors",
    Role.PRESS_OFFICER: "Press office",
    Role.H5P_LIBRARY_MANAGER: "H5P library managers",
    Role.ADMINISTRATOR: "Administrators",
}


@transaction.atomic
def grant_role(
    person: Person,
    role: Role,
    unit: Unit,
    *,
    actor: Person | None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> RoleGrant:
    """Grants `role` on `unit` and its subtree, from and up to, not including, the given days, else at once for good.

    Granted again with other days, it holds from and to those; with the same, nothing changes. Raises DomainError
    for actors who may not grant it, for an end before the beginning or past, and for units that are closed.
    """
    _require_right(actor, role, unit)
    _check_days(unit, valid_from, valid_to)
    days = {"valid_from": valid_from, "valid_to": valid_to}
    grant, created = RoleGrant.objects.select_for_update().get_or_create(
        person=person, role=role, unit=unit, defaults=days | {"granted_by": actor}
    )
    said = {"role": str(role), "unit": unit.pk} | {name: day.isoformat() for name, day in days.items() if day}
    if created:
        audit.record(actor, "role.granted", person, **said)
    elif (grant.valid_from, grant.valid_to) != (valid_from, valid_to):
        _refuse_own_end(actor, grant)
        grant.valid_from, grant.valid_to, grant.granted_by = valid_from, valid_to, actor
        grant.save(update_fields=["valid_from", "valid_to", "granted_by"])
        audit.record(actor, "role.redated", person, **said)
    else:
        return grant
    follow_in_groups(person)
    return grant


@transaction.atomic
def withdraw_role(grant: RoleGrant, *, actor: Person | None) -> None:
    """Takes the role away. Raises DomainError for one's own administration: nobody locks themselves out."""
    _require_right(actor, grant.role, grant.unit)
    _refuse_own_end(actor, grant)
    person = grant.person
    audit.record(actor, "role.withdrawn", person, role=grant.role, unit=grant.unit_id)
    grant.delete()
    follow_in_groups(person)


def follow_in_groups(person: Person) -> None:
    """Group membership and entry to the admin follow from the roles in force today."""
    held = set(grants_in_force().filter(person=person).values_list("role", flat=True))
    for role, name in GROUP_OF_ROLE.items():
        group, _created = Group.objects.get_or_create(name=name)
        (person.groups.add if role in held else person.groups.remove)(group)


def follow_dates() -> int:
    """Brings the groups in step with roles that began or ended by date; returns for how many people.

    Runs every night. What the rules decide follows the dates by itself.
    """
    dated = RoleGrant.objects.filter(role__in=GROUP_OF_ROLE).exclude(valid_from=None, valid_to=None)
    people = Person.objects.filter(pk__in=dated.values("person"))
    for person in people:
        with transaction.atomic():
            follow_in_groups(person)
    return len(people)


def _require_right(actor: Person | None, role: str, unit: Unit) -> None:
    if actor is not None and not can_grant(actor, role, unit):
        raise DomainError(_("Roles are granted and withdrawn by administrators."))


def _refuse_own_end(actor: Person | None, grant: RoleGrant) -> None:
    if actor is not None and actor.pk == grant.person_id and grant.role == Role.ADMINISTRATOR:
        raise DomainError(_("You cannot withdraw your own administration; another administrator can."))


def _check_days(unit: Unit, valid_from: date | None, valid_to: date | None) -> None:
    today = timezone.localdate()
    if valid_to is not None and valid_to <= (valid_from or today):
        raise DomainError(_("A role must end after it begins, and not before tomorrow."))
    if unit.active_to is not None and unit.active_to <= (valid_from or today):
        raise DomainError(_("%(unit)s is closed by then; choose the unit that took its place.") % {"unit": unit})
