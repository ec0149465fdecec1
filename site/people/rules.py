"""May this person do that to this unit or person? The lists in `queries` agree with these answers."""

from people import queries
from people.enums import Role

REPORT_ROLES = (Role.HR_OFFICER, Role.INSPECTOR, Role.ADMINISTRATOR)
DESK_ROLES = frozenset({Role.COURSE_AUTHOR, Role.PRESS_OFFICER, Role.ADMINISTRATOR})


def can_see_reports(actor) -> bool:
    """HR officers, inspectors and administrators see reports of their scope; heads those of the units they head."""
    if not actor.is_authenticated:
        return False
    return bool(queries.roles_of(actor) & set(REPORT_ROLES)) or actor.units_headed.exists()


def can_enter_admin(actor) -> bool:
    return actor.is_authenticated and (actor.is_superuser or bool(queries.roles_of(actor) & DESK_ROLES))


def can_administer_people(actor) -> bool:
    """Administrators keep accounts, units and roles of the whole platform, wherever their role was granted."""
    return actor.is_authenticated and (actor.is_superuser or Role.ADMINISTRATOR in queries.roles_of(actor))


def can_administer(actor, person) -> bool:
    """Change this account: administrators; the technical superuser's only another superuser."""
    return can_administer_people(actor) and (actor.is_superuser or not person.is_superuser)
