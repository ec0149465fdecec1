from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.certificate import private_storage
from shared.text.fields import DerivedTextField, NormalisedTextField
from shared.text.fold import fold


class Directive(models.Model):
    """A document that training rests on: directive, plan, decision. Facts of law are data, never text in code.

    pii: the signer's name as printed on a public document.
    """

    number = models.CharField(_("number and symbol"), max_length=60)
    title = NormalisedTextField(_("title"), max_length=400)
    issuer = NormalisedTextField(_("issuer"), max_length=200)
    signer = models.CharField(_("signer"), max_length=120, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    checked_on = models.DateField(_("last checked on"), null=True, blank=True)
    summary = models.TextField(_("in short"), max_length=1500, blank=True)
    file = models.FileField(
        _("file"),
        upload_to="directives/%Y",
        storage=private_storage,
        blank=True,
        validators=[FileExtensionValidator(["pdf"])],
    )
    quiz = models.ForeignKey(
        "quizzes.Quiz", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("short quiz")
    )
    search_key = DerivedTextField(source=("number", "title", "issuer"), derive=fold, max_length=700)

    class Meta:
        verbose_name = _("directive")
        verbose_name_plural = _("directives")
        ordering = ["-issued_on", "number"]
        constraints = [models.UniqueConstraint(fields=["number", "issuer"], name="directive_number_by_issuer")]

    def __str__(self):
        return self.number

    @property
    def is_over(self) -> bool:
        """No longer in force: its last day has passed."""
        return self.valid_to is not None and self.valid_to < timezone.localdate()

    @property
    def file_name(self) -> str:
        return self.file.name.rpartition("/")[2] if self.file else ""


class DirectiveHop(models.Model):
    """A directive reached a unit: sent down by the unit above, received there; each hop with its day.

    Nothing is dated back: both moments are the server's.

    pii: who sent and who received it.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="hops")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="directive_hops")
    from_unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    confirm_by = models.DateField(_("to be confirmed by"), null=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("step of a directive")
        verbose_name_plural = _("steps of directives")
        constraints = [models.UniqueConstraint(fields=["directive", "unit"], name="directive_once_per_unit")]

    def __str__(self):
        return f"{self.directive_id} → {self.unit_id}"


class DirectiveReceipt(models.Model):
    """A person was handed a directive; when they first opened it and when they confirmed. No reading time.

    `unit` is the unit the person was posted in when it was handed out: what was so that day stays so.

    pii: that a person opened and confirmed a document; kept with the training records.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="receipts")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="directive_receipts")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    confirm_by = models.DateField(null=True)
    opened_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("receipt of a directive")
        verbose_name_plural = _("receipts of directives")
        constraints = [models.UniqueConstraint(fields=["directive", "person"], name="directive_once_per_person")]
        indexes = [
            models.Index(fields=["person"], condition=Q(confirmed_at__isnull=True), name="receipt_to_confirm"),
            models.Index(fields=["directive", "unit"], name="receipt_by_unit"),
        ]

    def __str__(self):
        return f"{self.directive_id} → {self.person_id}"

    @property
    def is_late(self) -> bool:
        return self.confirmed_at is None and self.confirm_by is not None and self.confirm_by < timezone.localdate()


class LessonCitation(models.Model):
    """A published lesson names a directive as its legal basis. Kept in step when the lesson is published.

    pii: none.
    """

    lesson = models.ForeignKey("courses.LessonPage", models.CASCADE, related_name="citations")
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="citations")

    class Meta:
        verbose_name = _("citation of a directive")
        verbose_name_plural = _("citations of directives")
        constraints = [models.UniqueConstraint(fields=["lesson", "directive"], name="citation_once")]

    def __str__(self):
        return f"{self.lesson_id} → {self.directive_id}"
