from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Audience(models.TextChoices):
    """Whom a module is addressed to: required of them, optional for everybody else."""

    EVERYONE = "everyone", _("Everyone")
    MANAGERS = "managers", _("Leaders and managers")
    ONE_STOP = "one_stop", _("One-stop staff")


class ReviewStatus(models.TextChoices):
    DRAFT = "draft", _("Draft awaiting expert review")
    APPROVED = "approved", _("Approved")


class ProgressStatus(models.TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    COMPLETED = "completed", _("Completed")


class CertificateKind(models.TextChoices):
    """Titles a certificate may bear. The last two are regulated terms an agency must choose itself."""

    COMPLETION = "completion", _("Certificate of course completion")
    ATTESTATION = "attestation", _("Attestation (decided by the agency)")
    TRAINING = "training", _("Training certificate (assigned institutions only)")


# Certificates are documents: their titles are Vietnamese whatever the interface language.
CERTIFICATE_TITLES = {
    CertificateKind.COMPLETION: "Giấy xác nhận hoàn thành khóa học",
    CertificateKind.ATTESTATION: "Giấy chứng nhận hoàn thành khóa học",
    CertificateKind.TRAINING: "Chứng chỉ bồi dưỡng",
}


class CertificateState(models.TextChoices):
    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    SUPERSEDED = "superseded", _("Superseded")
    REVOKED = "revoked", _("Revoked")


class DoubtOutcome(models.TextChoices):
    """What becomes of a completion whose result changed afterwards."""

    KEPT = "kept", _("The completion stands")
    REVOKED = "revoked", _("The certificate is revoked")


class ManagerScope(models.TextChoices):
    """Whom a rule asks, as to leading others."""

    ANY = "any", _("Leaders and staff")
    ONLY = "only", _("Only leaders and managers")
    WITHOUT = "without", _("Only staff without a leading position")


class DueKind(models.TextChoices):
    """How the day is found until which a rule asks."""

    FIXED = "fixed", _("A fixed day")
    AFTER_JOINING = "joining", _("A number of days after joining the service")
    AFTER_ASSIGNMENT = "assignment", _("A number of days after being asked")


class Recurrence(models.TextChoices):
    NONE = "none", _("Once")
    YEARLY = "yearly", _("Every year")


class ExemptionKind(models.TextChoices):
    """What may stand in the place of completing a course in time."""

    EXEMPTION = "exemption", _("Exemption")
    DEFERRAL = "deferral", _("Deferral")
    EQUIVALENCE = "equivalence", _("Recognised equivalent")


class ExemptionState(models.TextChoices):
    REQUESTED = "requested", pgettext_lazy("exemption", "Waiting for a decision")
    APPROVED = "approved", pgettext_lazy("exemption", "Approved")
    REFUSED = "refused", pgettext_lazy("exemption", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("exemption", "Withdrawn")


class ReminderKind(models.TextChoices):
    """The steps of the ladder of reminders."""

    ASSIGNED = "assigned", _("A new duty, to the learner")
    BEFORE = "before", _("Before the due day, to the learner")
    OVERDUE = "overdue", _("After the due day, to the learner")
    HEAD = "head", _("After the due day, to the head of the unit")
    SUPERIOR = "superior", _("After the due day, to the superior unit (figures only)")


class UnitDutyState(models.TextChoices):
    OPEN = "open", pgettext_lazy("duty of a unit", "Not handed in")
    HANDED_IN = "handed_in", pgettext_lazy("duty of a unit", "Handed in")
    ACCEPTED = "accepted", pgettext_lazy("duty of a unit", "Accepted")
    RETURNED = "returned", pgettext_lazy("duty of a unit", "Given back")


class AttendanceMeans(models.TextChoices):
    """How it is known that somebody was present."""

    CODE = "code", _("Code on the screen")
    LIST = "list", _("Ticked on the list")
