from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enums import ExemptionKind, ExemptionState
from courses.models.certificate import private_storage
from shared.text.fields import NormalisedTextField


class Exemption(models.Model):
    """Why a person need not complete a course, may do so later, or has shown something that counts as much.

    * exemption: nothing asks the person for the course from `valid_from` up to, not including, `valid_to`;
    * deferral: it is due on `valid_to` at the earliest;
    * equivalence: what is open is fulfilled; renewals whose window opens before `valid_to` are too.

    It takes effect when somebody who keeps the person's records approves it. Never rewritten: a withdrawn one
    stays readable.

    pii: reasons that may tell of health or family, with the evidence handed in; kept with the training records.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="exemptions", verbose_name=_("person"))
    course = models.ForeignKey(
        "courses.CoursePage", models.PROTECT, related_name="exemptions", verbose_name=_("course")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=ExemptionKind)
    state = models.CharField(max_length=10, choices=ExemptionState, default=ExemptionState.REQUESTED)
    reason = NormalisedTextField(_("reason"), max_length=600)
    evidence = models.FileField(_("evidence"), upload_to="exemptions/%Y", storage=private_storage, blank=True)
    evidence_name = models.CharField(max_length=200, blank=True)
    evidence_issuer = NormalisedTextField(_("issued by"), max_length=200, blank=True)
    evidence_date = models.DateField(_("issued on"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    requested_at = models.DateTimeField(auto_now_add=True)
    requested_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decision_note = NormalisedTextField(_("note on the decision"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        ordering = ["-requested_at"]
        indexes = [models.Index(fields=["person", "course", "state"], name="exemption_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="exemption_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=ExemptionKind.DEFERRAL) | models.Q(valid_to__isnull=False),
                name="deferral_has_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.person_id} → {self.course_id}"
