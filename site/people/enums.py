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
