"""May this person do that to this unit or person? The lists in `queries` agree with these answers.

`can_…(actor)` says whether a desk is open to somebody at all; `can_…(actor, thing)` decides on one thing and is
the counterpart of the list named in its docstring.
"""

from people import queries
from people.enums import Role

REPORT_ROLES = (Role.HR_OFFICER, Role.INSPECTOR, Role.ADMINISTRATOR)
KEEPING_ROLES = (Role.HR_OFFICER, Role.ADMINISTRATOR)
READING_ROLES = (*KEEPING_ROLES, Role.INSPECTOR)
DESK_ROLES = frozenset({Role.COURSE_AUTHOR, Role.PRESS_OFFICER, Role.H5P_LIBRARY_MANAGER, Role.ADMINISTRATOR})


# --- Desks ----------------------------------------------------------------------------------------------


def can_see_reports(actor) -> bool:
    """HR officers, inspectors and administrators see reports of their scope; heads those of the units they head."""
    if not actor.is_authenticated:
        return False
    return bool(queries.roles_of(actor) & set(REPORT_ROLES)) or queries.heads_units(actor)


def can_see_people(actor) -> bool:
    """Open the HR desk's list of people: HR officers, administrators, and inspectors, who only read."""
    return bool(queries.roles_of(actor) & set(READING_ROLES))


def can_keep_people(actor) -> bool:
    """Keep records of people on the HR desk: HR officers in their units, administrators in all."""
    return bool(queries.roles_of(actor) & set(KEEPING_ROLES))


def can_see_aggregates(actor) -> bool:
    """See figures of units without anybody's name: observers."""
    return Role.OBSERVER in queries.roles_of(actor)


def can_enter_admin(actor) -> bool:
    return actor.is_authenticated and (actor.is_superuser or bool(queries.roles_of(actor) & DESK_ROLES))


def can_manage_h5p_libraries(actor) -> bool:
    """Add and withdraw H5P libraries, which serve the whole platform, wherever the role was granted."""
    return bool(queries.roles_of(actor) & {Role.H5P_LIBRARY_MANAGER, Role.ADMINISTRATOR})


# --- Units ----------------------------------------------------------------------------------------------


def can_see_reports_of(actor, unit) -> bool:
    """Read training records of the unit's people: `queries.report_units_for`."""
    return _among(unit, queries.report_units_for(actor))


def can_see_people_of(actor, unit) -> bool:
    """Read the staff records of the unit: `queries.readable_units_for`."""
    return _among(unit, queries.readable_units_for(actor))


def can_keep_people_of(actor, unit) -> bool:
    """Add people to the unit and keep their postings there: `queries.kept_units_for`."""
    return _among(unit, queries.kept_units_for(actor))


def can_see_aggregates_of(actor, unit) -> bool:
    """See the unit's figures without names: `queries.observed_units_for`."""
    return _among(unit, queries.observed_units_for(actor))


def can_review_for(actor, unit) -> bool:
    """Decide on nominations of the unit as a member of its emulation council: `queries.reviewed_units_for`."""
    return _among(unit, queries.reviewed_units_for(actor))


def can_sign_for(actor, unit) -> bool:
    """Sign certificates and letters in the unit's name: `queries.signed_units_for`."""
    return _among(unit, queries.signed_units_for(actor))


def can_seal_for(actor, unit) -> bool:
    """Keep the unit's register and publish under its seal what has been signed: `queries.sealed_units_for`."""
    return _among(unit, queries.sealed_units_for(actor))


# --- People ---------------------------------------------------------------------------------------------


def can_see_person(actor, person) -> bool:
    """Read the person's staff record: `queries.people_for`."""
    return _among(person, queries.people_for(actor))


def can_keep_person(actor, person) -> bool:
    """Change the person's staff record: `queries.kept_people_for`."""
    return _among(person, queries.kept_people_for(actor))


def can_see_national_id(actor, person) -> bool:
    """See the person's national ID, masked: `queries.people_whose_national_id_shows_for`."""
    return _among(person, queries.people_whose_national_id_shows_for(actor))


def can_manage_account(actor, person) -> bool:
    """Open or close the account, give new codes, change what one signs in with: `queries.managed_accounts_for`."""
    return _among(person, queries.managed_accounts_for(actor))


def can_see_posting(actor, posting) -> bool:
    """See the posting: `queries.postings_for`."""
    return _among(posting, queries.postings_for(actor))


def can_see_reports_of_posting(actor, posting) -> bool:
    """Count what somebody learned while in this posting: `queries.report_postings_for`."""
    return _among(posting, queries.report_postings_for(actor))


def can_keep_posting(actor, posting) -> bool:
    """Change, end or correct the posting: `queries.kept_postings_for`."""
    return _among(posting, queries.kept_postings_for(actor))


def can_see_import(actor, people_import) -> bool:
    """See, confirm and undo an import of a list: `queries.imports_for`."""
    return _among(people_import, queries.imports_for(actor))


# --- Administration -------------------------------------------------------------------------------------


def can_administer_people(actor) -> bool:
    """Administrators keep accounts, units and roles of the whole platform, wherever their role was granted."""
    return actor.is_authenticated and (actor.is_superuser or Role.ADMINISTRATOR in queries.roles_of(actor))


def can_administer(actor, person) -> bool:
    """Change this account: administrators; the technical superuser's only another superuser."""
    return can_administer_people(actor) and (actor.is_superuser or not person.is_superuser)


def can_answer_requests(actor) -> bool:
    """Open the desk for requests about personal data: administrators, and HR officers for corrections."""
    return can_administer_people(actor) or Role.HR_OFFICER in queries.roles_of(actor)


def can_answer_request(actor, request) -> bool:
    """See and answer the request: `queries.data_requests_for`."""
    return _among(request, queries.data_requests_for(actor))


def can_erase(actor, person) -> bool:
    """See what erasing the person's data would do, and do it: administrators, never themselves."""
    return can_administer(actor, person) and actor.pk != person.pk


def can_grant(actor, role, unit) -> bool:
    """Grant or withdraw `role` on `unit`: administrators, every role on every unit; HR officers none."""
    return can_administer_people(actor)


def _among(thing, things) -> bool:
    return things.filter(pk=thing.pk).exists()
