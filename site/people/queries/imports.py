"""The imports of lists a viewer may see."""

from django.db.models import QuerySet

from people.enums import Role
from people.models import PeopleImport, Person

from .roles import roles_of
from .units import KEEPING, units_for


def imports_for(viewer: Person) -> QuerySet[PeopleImport]:
    """The imports `viewer` may see, confirm and undo, the newest first: `rules.can_see_import`.

    HR officers those made for units of theirs; administrators all.
    """
    imports = PeopleImport.objects.select_related("unit", "created_by", "applied_by", "undone_by")
    if not viewer.is_authenticated:
        return imports.none()
    if viewer.is_superuser or Role.ADMINISTRATOR in roles_of(viewer):
        return imports
    return imports.filter(unit__in=units_for(viewer, KEEPING))
