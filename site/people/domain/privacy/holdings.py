"""What the room of people enters in the register of personal data, for itself and for the packages that sign in."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.domain.audit import removing
from people.domain.privacy import keys, removal
from people.domain.privacy.anonymity import empty_account, empty_postings, empty_requests, leave_headships
from people.models import ImportRow, ImportRowBefore, Session
from people.personal_data import DataClass, Fate, Holding, Retention, deletes, not_personal, register


def declare() -> None:
    register(ACCOUNT, *_ACCOUNT_MODELS)
    register(POSTINGS, *_POSTING_MODELS)
    register(SIGN_IN, *_SIGN_IN_MODELS)
    register(LOG, *_LOG_MODELS)
    register(REQUESTS, *_REQUEST_MODELS)
    register(IMPORTS, *_IMPORT_MODELS)
    not_personal(
        "Names of units, groups, sites and programs, not of people.",
        "people.UnitName",
        "auth.Group",
        "auth.Permission",
        "socialaccount.SocialApp",
    )
    not_personal(
        "Which of the site's few groups an account is in; follows from the roles held.",
        "people.Person_groups",
        "people.Person_user_permissions",
    )


def remove_sessions(moment: datetime, limit: int) -> int:
    """Sign-ins whose time is over, with what allauth noted about their devices."""
    with transaction.atomic():
        over = list(Session.objects.filter(expire_date__lt=moment).values_list("pk", flat=True)[:limit])
        removal.forget_sessions(over)
    return len(over)


ACCOUNT = DataClass(
    key="account",
    label=_("Identity and account"),
    what=_(
        "Full name, staff number, sign-in name, work e-mail, phone, date of birth, gender, form of address and "
        "interface language. Of the national ID number only a fingerprint, by which it can be recognised; where "
        "the unit has decided so, the number itself, encrypted and never shown in full."
    ),
    why=_("To know who learns and to give training results to the right person."),
    kept=_("While the person serves, and as long as their training records must be kept."),
    place=10,
)
_ACCOUNT_MODELS = (
    Holding(
        "people.Person",
        Fate.ANONYMISED,
        person=("pk",),
        shows={
            "full_name": _("Full name"),
            "username": _("Sign-in name"),
            "staff_number": _("Staff number"),
            "work_email": _("Work e-mail"),
            "phone": _("Phone"),
            "birth_date": _("Birth date"),
            "gender": _("Gender"),
            "form_of_address": _("Form of address"),
            "language": _("Interface language"),
            "date_joined": _("Account created"),
            "last_login": _("Last sign-in"),
            "restricted_at": _("Use restricted since"),
        },
        erase=empty_account,
    ),
    Holding(
        "account.EmailAddress",
        Fate.DELETED,
        person=("user",),
        shows={"email": _("E-mail"), "verified": _("Verified")},
        erase=deletes("account.EmailAddress", "user"),
    ),
    Holding("account.EmailConfirmation", Fate.DELETED, person=("email_address__user",)),
    Holding("people.PersonKey", Fate.DELETED, person=("person",), erase=keys.destroy),
)

POSTINGS = DataClass(
    key="postings",
    label=_("Positions and duties"),
    what=_("Units, positions, grades and kinds of employment with their dates; roles on this platform."),
    why=_("To assign the right courses, to count by unit, and to decide who may see what."),
    kept=_("With the training records."),
    place=20,
)
_POSTING_MODELS = (
    Holding(
        "people.Posting",
        Fate.ANONYMISED,
        person=("person",),
        shows={
            "unit__name": _("Unit"),
            "position_title": _("Position"),
            "job_title": _("Professional title"),
            "grade": _("Grade"),
            "position_group": _("Position group"),
            "employment_type": _("Employment type"),
            "is_manager": _("Leader or manager"),
            "is_primary": _("Primary"),
            "valid_from": _("From"),
            "valid_to": _("To"),
        },
        erase=empty_postings,
    ),
    Holding(
        "people.RoleGrant",
        Fate.DELETED,
        person=("person",),
        shows={"role": _("Role"), "unit__name": _("Unit"), "granted_at": _("Granted")},
        erase=deletes("people.RoleGrant"),
    ),
    Holding(
        "people.Unit", Fate.ANONYMISED, person=("head",), shows={"name": _("Head of the unit")}, erase=leave_headships
    ),
)

SIGN_IN = DataClass(
    key="sign-in",
    label=_("Sign-ins and their protection"),
    what=_(
        "The password as a fingerprint, the second factor encrypted, activation codes as fingerprints; where and "
        "when the account is signed in (address and browser)."
    ),
    why=_("To keep others out of the account, as information security asks."),
    kept=_("Sign-ins until they end; codes and rests of the account one year; the second factor until it is removed."),
    place=30,
    retention=Retention("sessions", 0, remove_sessions),
)
_SIGN_IN_MODELS = (
    Holding(
        "usersessions.UserSession",
        Fate.DELETED,
        person=("user",),
        shows={
            "created_at": _("Signed in"),
            "last_seen_at": _("Last seen"),
            "ip": _("Address"),
            "user_agent": _("Browser"),
        },
        erase=removal.forget_sessions_of,
    ),
    Holding(
        "mfa.Authenticator",
        Fate.DELETED,
        person=("user",),
        shows={"type": _("Kind"), "created_at": _("Set up"), "last_used_at": _("Last used")},
        erase=deletes("mfa.Authenticator", "user"),
    ),
    Holding(
        "socialaccount.SocialAccount",
        Fate.DELETED,
        person=("user",),
        shows={"provider": _("Sign-in service"), "last_login": _("Last sign-in")},
        erase=deletes("socialaccount.SocialAccount", "user"),
    ),
    Holding(
        "people.ActivationCode",
        Fate.DELETED,
        person=("person",),
        shows={"made_at": _("Made"), "expires_at": _("Ends"), "used_at": _("Used")},
        erase=deletes("people.ActivationCode"),
    ),
    Holding("people.ActivationSheet", Fate.KEPT),
    Holding(
        "people.Dormancy",
        Fate.DELETED,
        person=("person",),
        shows={"since": _("Resting since"), "ended_at": _("Until")},
        erase=deletes("people.Dormancy"),
    ),
    Holding("people.ShortPassword", Fate.DELETED, person=("person",), erase=deletes("people.ShortPassword")),
    Holding("people.EmergencyAccount", Fate.KEPT, person=("person",), shows={"made_at": _("Made")}),
    Holding("people.Session", Fate.DELETED, person=("person",), erase=deletes("people.Session")),
    Holding("sessions.Session", Fate.DELETED),  # of Django; nothing is written there
)

LOG = DataClass(
    key="log",
    label=_("Log of changes"),
    what=_(
        "Who changed what and who looked at another person's results, when and from which address; values before "
        "and after a change, encrypted with the person's own key."
    ),
    why=_("To answer for changes and to find misuse, as information security asks."),
    kept=_("Twelve months unless the province has set another time."),
    place=70,
    retention=Retention("log", 365, removing.remove_before),
)
_LOG_MODELS = (
    Holding(
        "people.AuditEntry",
        Fate.KEPT,
        person=("about", "actor"),
        shows={
            "at": _("When"),
            "action": _("What"),
            "actor__full_name": _("Who"),
            "address": _("From"),
            "about__full_name": _("About whom"),
        },
    ),
)

REQUESTS = DataClass(
    key="requests",
    label=_("Requests about personal data"),
    what=_("What was asked, when, by whom it was answered and how."),
    why=_("To answer in time and to prove it."),
    kept=_("Two years after the answer unless the province has set another time."),
    place=80,
    retention=Retention("requests", 730, removal.remove_answered_requests),
)
_REQUEST_MODELS = (
    Holding(
        "people.DataRequest",
        Fate.ANONYMISED,
        person=("person",),
        shows={
            "kind": _("What is asked for"),
            "text": _("In their own words"),
            "received_at": _("Received"),
            "due_on": _("Answer due"),
            "state": pgettext_lazy("request", "State"),
            "answered_at": _("Answered"),
            "answer": _("Answer"),
        },
        erase=empty_requests,
    ),
    Holding(
        "people.DataRequestStep",
        Fate.ANONYMISED,
        person=("request__person",),
        shows={"at": _("When"), "action": _("What"), "text": _("Text")},
    ),
)


def _forget_imports(moment: datetime, limit: int) -> int:
    from people.domain.importing.intake import forget_closed_before

    return forget_closed_before(moment, 1)  # one may have as many rows as the province has people


def _forget_staged_rows(person) -> None:
    rows = ImportRow.objects.filter(person=person)
    ImportRowBefore.objects.filter(row__in=rows).delete()
    rows.delete()


IMPORTS = DataClass(
    key="imports",
    label=_("Imported lists"),
    what=_("Staff lists as HR uploaded them, and what each row was taken to say."),
    why=_("To check a list before it takes effect, and to undo it."),
    kept=_("A month after the import unless the province has set another time. Who imported what, and when, stays."),
    place=65,
    retention=Retention("imports", 30, _forget_imports),
)
_IMPORT_MODELS = (
    Holding(
        "people.ImportRow",
        Fate.DELETED,
        person=("person",),
        shows={
            "people_import__created_at": _("Imported"),
            "people_import__file_name": _("File"),
            "sheet": _("Sheet"),
            "number": _("Row"),
        },
        erase=_forget_staged_rows,
        by_hand=_("The uploaded file itself goes with the import, by its own time."),
    ),
    Holding("people.ImportRowBefore", Fate.DELETED, person=("row__person",)),
    Holding("people.PeopleImport", Fate.KEPT),
)
