from django.db import models
from django.utils.translation import gettext_lazy as _


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
