"""What the room of courses enters in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from people.domain.privacy.anonymity import HIDDEN_NAME
from people.personal_data import EDITING, DataClass, Fate, Holding, register

TRAINING = DataClass(
    key="training",
    label=_("Learning"),
    what=_("Courses assigned and begun, lessons done and when, completions with unit and position at that time."),
    why=_("To prove who completed which course, and to report completion by unit."),
    kept=_("As long as training records must be kept."),
    place=40,
)
CERTIFICATES = DataClass(
    key="certificates",
    label=_("Register of certificates"),
    what=_("Number, name and unit as printed, course, date and state of each certificate; its PDF."),
    why=_("So that anybody who is shown a certificate can check it."),
    kept=_("As long as the register must be kept."),
    place=45,
)


def declare() -> None:
    register(
        TRAINING,
        Holding(
            "courses.Obligation",
            Fate.KEPT,
            person=("person",),
            shows={
                "course__title": _("Course"),
                "cycle": _("Cycle"),
                "obliged_from": _("Obliged from"),
                "obliged_to": _("Obliged until"),
                "due_on": _("Due on"),
                "fulfilled_on": _("Fulfilled on"),
            },
        ),
        Holding(
            "courses.ObligationReason",
            Fate.KEPT,
            person=("obligation__person",),
            shows={
                "obligation__course__title": _("Course"),
                "since": _("Obliged from"),
                "until": _("Obliged until"),
                "due_on": _("Due on"),
            },
        ),
        Holding(
            "courses.Exemption",
            Fate.ANONYMISED,
            person=("person",),
            shows={
                "course__title": _("Course"),
                "kind": _("Kind"),
                "state": _("State"),
                "reason": _("Reason"),
                "evidence_issuer": _("Issued by"),
                "evidence_date": _("Issued on"),
                "valid_from": _("Valid from"),
                "valid_to": _("Valid to"),
                "decided_at": _("Decided"),
            },
            erase=_empty_exemptions,
        ),
        Holding(
            "courses.Enrolment",
            Fate.KEPT,
            person=("person",),
            shows={
                "course__title": _("Course"),
                "cycle": _("Cycle"),
                "enrolled_at": _("Begun"),
                "last_opened_at": _("Last opened"),
                "completed_at": _("Completed on"),
            },
        ),
        Holding(
            "courses.LessonRecord",
            Fate.KEPT,
            person=("enrolment__person",),
            shows={
                "enrolment__course__title": _("Course"),
                "lesson__title": _("Lesson"),
                "first_opened_at": _("First opened"),
                "done_at": _("Done"),
            },
        ),
        Holding(
            "courses.Completion",
            Fate.ANONYMISED,
            person=("person",),
            shows={
                "course__title": _("Course"),
                "completed_at": _("Completed on"),
                "score": _("Score"),
                "max_points": _("Out of"),
                "duration_minutes": _("Minutes"),
                "unit_name": _("Unit at that time"),
                "position_title": _("Position at that time"),
            },
            erase=_empty_completions,
        ),
        Holding(
            "courses.Doubt",
            Fate.KEPT,
            person=("completion__person",),
            shows={
                "completion__course__title": _("Course"),
                "raised_at": _("Changed"),
                "outcome": _("Decision"),
                "reason": _("Reason"),
            },
        ),
    )
    register(
        TRAINING,
        Holding(
            "courses.DirectiveReceipt",
            Fate.KEPT,
            person=("person",),
            shows={
                "directive__number": _("Document"),
                "given_at": _("Handed out"),
                "confirm_by": _("To be confirmed by"),
                "opened_at": _("First opened"),
                "confirmed_at": _("Confirmed"),
            },
        ),
    )
    register(
        TRAINING,
        Holding(
            "courses.GroupAttendance",
            Fate.KEPT,
            person=("person",),
            shows={
                "session__course__title": _("Course"),
                "session__opened_at": _("Group session"),
                "means": _("Known by"),
                "noted_at": _("Noted"),
            },
        ),
    )
    register(
        CERTIFICATES,
        Holding(
            "courses.Certificate",
            Fate.ANONYMISED,
            person=("person",),
            shows={
                "wording__course": _("Course"),
                "wording__full_name": _("Issued to"),
                "number": _("Register number"),
                "year": _("Year"),
                "code": _("Code"),
                "issuer": _("Issuer"),
                "issued_at": _("Issued"),
                "state": _("Certificate"),
            },
            erase=_hide_on_certificates,
        ),
    )
    register(
        EDITING,
        Holding("courses.Assignment", Fate.KEPT),
        Holding("courses.Directive", Fate.KEPT),
        Holding("courses.Urging", Fate.KEPT),
        Holding("courses.DirectiveHop", Fate.KEPT),
        Holding("courses.UnitRequirement", Fate.KEPT),
        Holding("courses.GroupSession", Fate.KEPT),
        Holding("courses.UnitDuty", Fate.KEPT),
    )


def _empty_exemptions(person) -> None:
    """The reason and the evidence go; that something was granted stays, for the rates of those days."""
    from courses.models import Exemption

    for exemption in Exemption.objects.filter(person=person).exclude(evidence=""):
        exemption.evidence.delete(save=False)
    Exemption.objects.filter(person=person).update(
        reason="", evidence="", evidence_name="", evidence_issuer="", evidence_date=None, decision_note=""
    )


def _empty_completions(person) -> None:
    from courses.models import Completion

    Completion.objects.filter(person=person).update(position_title="")


def _hide_on_certificates(person) -> None:
    from courses.domain.certificates import hide_name

    hide_name(person, HIDDEN_NAME)
