"""May this person do that with activities and libraries? The lists in `queries` agree with these answers.

Two rights are kept apart: creating activities, and installing libraries. A library is code that runs in every
learner's browser, so that only library managers and administrators may bring one in.
"""

from people import queries as people_queries
from people.enums import Role
from people.rules import can_manage_h5p_libraries

CREATING_ROLES = frozenset({Role.COURSE_AUTHOR, Role.ADMINISTRATOR})


def can_create_content(actor) -> bool:
    """Import activities; libraries in their packages are left out."""
    if not actor.is_authenticated:
        return False
    return actor.is_superuser or bool(people_queries.roles_of(actor) & CREATING_ROLES)


def can_install_libraries(actor) -> bool:
    """Install, replace, switch off and remove libraries."""
    return actor.is_authenticated and (actor.is_superuser or can_manage_h5p_libraries(actor))


def can_enter_desk(actor) -> bool:
    """Open the H5P screens of the admin at all."""
    return can_create_content(actor) or can_install_libraries(actor)


def can_use_library(actor, library) -> bool:
    """Create activities of this type: not while it is switched off; restricted ones only by library managers."""
    if not library.enabled:
        return False
    return not library.restricted or can_install_libraries(actor)


def can_see_upload(actor, upload) -> bool:
    """Look at the report of an uploaded package and decide about it: whoever uploaded it, and library managers.
    The counterpart of `queries.uploads_for`."""
    return can_install_libraries(actor) or (can_enter_desk(actor) and upload.uploaded_by_id == actor.pk)
