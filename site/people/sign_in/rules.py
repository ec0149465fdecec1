"""May this person wake that account, see that print of slips? The lists in `people.sign_in.queries` agree.

Who may give a code for an account is `people.rules.can_manage_account`.
"""

from people import rules
from people.enums import SheetState
from people.models import ActivationSheet, Dormancy, Person, Unit


def can_wake(actor, person: Person) -> bool:
    """Open a resting account again: whoever keeps the person's record. It gives nobody a way into the account."""
    resting = Dormancy.objects.filter(person=person, ended_at__isnull=True)
    return rules.can_keep_person(actor, person) and resting.exists()


def can_make_slips_for(actor, unit: Unit) -> bool:
    """Print slips for a unit: whoever keeps its staff records."""
    return rules.can_keep_people_of(actor, unit)


def can_see_sheet(actor, sheet: ActivationSheet) -> bool:
    return actor.is_authenticated and sheet.made_by_id == actor.pk


def can_download(actor, sheet: ActivationSheet) -> bool:
    """The maker, while the file is there and the work is still theirs."""
    return can_see_sheet(actor, sheet) and sheet.state == SheetState.READY and rules.can_keep_people(actor)
