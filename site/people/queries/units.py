"""The units of a viewer: where a role is held, with everything below; and what each role is for."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from people.enums import Role
from people.models import Person, Unit, UnitClosure

from .dates import current_on
from .roles import grants_in_force, roles_of

KEEPING = (Role.HR_OFFICER,)
READING = (Role.HR_OFFICER, Role.INSPECTOR)
REPORT_READING = (Role.HR_OFFICER, Role.INSPECTOR, Role.ADMINISTRATOR)


def subtree_of(unit_ids, day: date | None = None) -> QuerySet[Unit]:
    """The units and everything below them on `day` (today if not given)."""
    below = UnitClosure.objects.filter(current_on(day or timezone.localdate()), ancestor__in=unit_ids)
    return Unit.objects.filter(pk__in=below.values("descendant"))


def granted_units(viewer: Person, roles: tuple[Role, ...]):
    """The ids of the units on which `viewer` holds one of `roles` today, without what is below them."""
    return grants_in_force().filter(person=viewer, role__in=roles).values("unit")


def units_for(viewer: Person, roles: tuple[Role, ...], day: date | None = None) -> QuerySet[Unit]:
    """The units on which `viewer` holds one of `roles` today, with what stands below them on `day` (today).

    Nobody's scope is wider than that.
    """
    if not viewer.is_authenticated:
        return Unit.objects.none()
    return subtree_of(granted_units(viewer, roles), day)


def units_headed_by(viewer: Person, day: date | None = None) -> QuerySet[Unit]:
    """The units `viewer` heads today, with what stands below them on `day` (today)."""
    if not viewer.is_authenticated:
        return Unit.objects.none()
    return subtree_of(Unit.objects.filter(head=viewer).values("pk"), day)


def heads_units(viewer: Person) -> bool:
    """Whether `viewer` heads a unit today; kept on the instance for the length of a request."""
    if not viewer.is_authenticated:
        return False
    if not hasattr(viewer, "_heads_units"):
        viewer._heads_units = units_headed_by(viewer).exists()
    return viewer._heads_units


def report_units_for(viewer: Person, day: date | None = None) -> QuerySet[Unit]:
    """The units whose training records `viewer` reads, with what was below on `day`: `rules.can_see_reports_of`."""
    return units_for(viewer, REPORT_READING, day) | units_headed_by(viewer, day)


def readable_units_for(viewer: Person) -> QuerySet[Unit]:
    """The units whose staff records `viewer` reads: `rules.can_see_people_of`. Administrators read all."""
    return _all_to_administrators(viewer, READING)


def kept_units_for(viewer: Person) -> QuerySet[Unit]:
    """The units whose staff records `viewer` keeps: `rules.can_keep_people_of`. Administrators keep all."""
    return _all_to_administrators(viewer, KEEPING)


def reviewed_units_for(viewer: Person) -> QuerySet[Unit]:
    """The units whose nominations `viewer` decides on: `rules.can_review_for`."""
    return units_for(viewer, (Role.REVIEWER,))


def signed_units_for(viewer: Person) -> QuerySet[Unit]:
    """The units in whose name `viewer` signs: `rules.can_sign_for`."""
    return units_for(viewer, (Role.SIGNATORY,))


def sealed_units_for(viewer: Person) -> QuerySet[Unit]:
    """The units whose register and seal `viewer` keeps: `rules.can_seal_for`."""
    return units_for(viewer, (Role.CLERK,))


def observed_units_for(viewer: Person) -> QuerySet[Unit]:
    """The units whose aggregates `viewer` sees: `rules.can_see_aggregates_of`."""
    return units_for(viewer, (Role.OBSERVER,))


def _all_to_administrators(viewer: Person, roles: tuple[Role, ...]) -> QuerySet[Unit]:
    if Role.ADMINISTRATOR in roles_of(viewer):
        return Unit.objects.all()
    return units_for(viewer, roles)
