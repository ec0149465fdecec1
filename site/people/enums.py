"""The fixed vocabularies of people and organisation (see the glossary)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UnitLine(models.TextChoices):
    """The line of authority a unit belongs to; several lines share one territory."""

    STATE = "state", pgettext_lazy("line of authority", "State")
    PARTY = "party", _("Party")
    FRONT = "front", _("Front and mass organisations")
    VERTICAL = "vertical", _("Vertical agency")


class UnitKind(models.TextChoices):
    """Kinds of units since the two-level reform of 1 July 2025: there is no district."""

    PROVINCE = "province", _("Province")
    PARTY_OFFICE = "party_office", _("Party office or committee")
    FRONT_ORG = "front_org", _("Front or mass organisation")
    COUNCIL_OFFICE = "council_office", _("Office of the People's Council")
    DEPARTMENT = "department", _("Department")
    DIVISION = "division", _("Division")
    COMMUNE = "commune", _("Commune-level People's Committee")
    SERVICE_CENTRE = "service_centre", _("Public administrative service centre")
    SCHOOL = "school", _("School")
    HEALTH = "health", _("Health facility")
    PUBLIC_SERVICE = "public_service", _("Public service unit")
    OTHER = "other", _("Other")


class EmploymentType(models.TextChoices):
    OFFICIAL = "official", _("Official (elected or appointed for a term)")
    CIVIL_SERVANT = "civil_servant", _("Civil servant")
    PUBLIC_EMPLOYEE = "public_employee", _("Public employee")
    CONTRACT_WORKER = "contract_worker", _("Contract worker")


class PositionGroup(models.TextChoices):
    """What a position does, as far as training is addressed to it."""

    LEADER = "leader", _("Leader or manager")
    PROFESSIONAL = "professional", _("Professional staff")
    ONE_STOP = "one_stop", _("One-stop unit")
    TEACHING = "teaching", _("Teaching staff")
    MEDICAL = "medical", _("Medical staff")
    SUPPORT = "support", _("Support staff")


class Gender(models.TextChoices):
    """As HR's records hold it; blank where they do not."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")


class Role(models.TextChoices):
    """Rights a person may be granted on a unit and its subtree. Learner is everyone; unit head is derived."""

    HR_OFFICER = "hr_officer", _("HR officer")
    COURSE_AUTHOR = "course_author", _("Course author")
    PRESS_OFFICER = "press_officer", _("Press officer")
    REVIEWER = "reviewer", _("Reviewer (emulation council)")
    SIGNATORY = "signatory", _("Signatory")
    CLERK = "clerk", _("Records clerk")
    INSPECTOR = "inspector", _("Inspector")
    OBSERVER = "observer", _("Observer")
    H5P_LIBRARY_MANAGER = "h5p_library_manager", _("H5P library manager")
    ADMINISTRATOR = "administrator", _("Administrator")


class FormOfAddress(models.TextChoices):
    """The salutation of letters and documents; screens avoid pronouns."""

    FORMAL = "formal", _("Ông/Bà")
    FRIENDLY = "friendly", _("Anh/Chị")
    COMRADE = "comrade", _("Đồng chí")


class UnitEvent(models.TextChoices):
    """What can happen to a unit on a day, by a decision of its superiors."""

    CREATED = "created", pgettext_lazy("event of a unit", "Created")
    RENAMED = "renamed", pgettext_lazy("event of a unit", "Renamed")
    MOVED = "moved", pgettext_lazy("event of a unit", "Moved")
    MERGED = "merged", pgettext_lazy("event of a unit", "Merged")
    SPLIT = "split", pgettext_lazy("event of a unit", "Split")
    CLOSED = "closed", pgettext_lazy("event of a unit", "Closed")


class RequestKind(models.TextChoices):
    """What people may ask for about their own data."""

    SEE = "see", _("See what is held")
    CORRECT = "correct", _("Correct something")
    RESTRICT = "restrict", _("Restrict the use")
    OBJECT = "object", _("Object to a use")
    ERASE = "erase", _("Erase the data")


class RequestState(models.TextChoices):
    OPEN = "open", pgettext_lazy("request", "Open")
    GRANTED = "granted", pgettext_lazy("request", "Granted")
    REFUSED = "refused", pgettext_lazy("request", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Withdrawn")


class SheetState(models.TextChoices):
    """How far a print of activation slips has come."""

    MAKING = "making", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")
    GONE = "gone", _("File removed")


class CodeKind(models.TextChoices):
    """What an activation code was made for."""

    SLIP = "slip", _("Activation slip")
    EMERGENCY = "emergency", _("Emergency sign-in")


class ImportState(models.TextChoices):
    """How far an import of a list has come."""

    CHOOSING = "choosing", _("Sheets to be chosen")
    STAGING = "staging", _("Being read")
    READY = "ready", _("Ready to be checked")
    REFUSED = "refused", _("File refused")
    APPLIED = "applied", _("Imported")
    UNDONE = "undone", _("Undone")
    DISCARDED = "discarded", _("Discarded")


class RowKind(models.TextChoices):
    """What an import would do with a row of a list."""

    CREATE = "create", pgettext_lazy("row of a list", "Create")
    CHANGE = "change", pgettext_lazy("row of a list", "Change")
    MOVE = "move", pgettext_lazy("row of a list", "Move")
    UNCHANGED = "unchanged", pgettext_lazy("row of a list", "Left alone")
    DOUBTFUL = "doubtful", pgettext_lazy("row of a list", "To be decided")
    REFUSED = "refused", pgettext_lazy("row of a list", "Refused")


class RowDecision(models.TextChoices):
    """What a human decided about a doubtful row."""

    SAME = "same", _("The same person")
    NEW = "new", _("Another person")
    SKIP = "skip", _("Do not import this row")
