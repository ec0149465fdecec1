from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enums import CertificateKind, CertificateState


def private_storage():
    return storages["private"]


class RegisterCounter(models.Model):
    """The last number given in an issuer's register of one year. Numbers are never used again.

    pii: none.
    """

    issuer = models.CharField(max_length=250)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("register counter")
        verbose_name_plural = _("register counters")
        constraints = [models.UniqueConstraint(fields=["issuer", "year"], name="register_counter_once")]

    def __str__(self):
        return f"{self.issuer} {self.year}: {self.last_number}"


class Certificate(models.Model):
    """An entry of the register: every word on the paper is frozen here when it is issued.

    The PDF is rendered afterwards from these fields and may be rendered again; the register is the truth.

    pii: name and unit at the time of issue; kept as long as the register must be kept.
    """

    completion = models.OneToOneField("courses.Completion", models.PROTECT, related_name="certificate")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="certificates")
    code = models.CharField(max_length=14, unique=True)
    issuer = models.CharField(max_length=250)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=CertificateKind)
    wording = models.JSONField()
    issued_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=CertificateState, default=CertificateState.VALID)
    revoked_at = models.DateTimeField(null=True)
    revocation_reason = models.CharField(max_length=300, blank=True)
    pdf = models.FileField(upload_to="certificates/%Y", storage=private_storage, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    rendered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "year", "number"], name="certificate_number_once"),
        ]

    def __str__(self):
        return f"{self.register_number} {self.code}"

    @property
    def pdf_size(self) -> int:
        """Bytes of the PDF; 0 when its file was lost."""
        try:
            return self.pdf.size
        except FileNotFoundError:
            return 0

    @property
    def register_number(self) -> str:
        return f"{self.number}/{self.year}"
