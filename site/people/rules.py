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
