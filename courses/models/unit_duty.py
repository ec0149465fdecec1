from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.enums import UnitDutyState
from courses.models.certificate import private_storage
from courses.models.fields import CodeListField
from shared.text.fields import NormalisedTextField


class UnitRequirement(models.Model):
    """Something units must do as units: issue their internal rules, register for a movement with a plan.

    Asked of every unit of the given kinds (all of them, if none is given) in `under` and below it.

    pii: who made it.
    """

    title = NormalisedTextField(_("title"), max_length=200)
    what = models.TextField(_("what is to be done, and what to hand in"), max_length=1500, blank=True)
    under = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("of the units in"))
    unit_kinds = CodeListField(_("kinds of units"))
    due_on = models.DateField(_("due on"))
    directive = models.ForeignKey(
        "courses.Directive", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("directive")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("requirement of units")
        verbose_name_plural = _("requirements of units")
        ordering = ["-created_at"]

    def __str__(self):
        return self.title


class UnitDuty(models.Model):
    """One unit and one requirement: open, handed in with a file, accepted, or given back with a word why.

    pii: who handed in and who decided.
    """

    requirement = models.ForeignKey(UnitRequirement, models.PROTECT, related_name="duties")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="duties")
    state = models.CharField(max_length=10, choices=UnitDutyState, default=UnitDutyState.OPEN)
    note = NormalisedTextField(_("note"), max_length=500, blank=True)
    evidence = models.FileField(_("evidence"), upload_to="unit-duties/%Y", storage=private_storage, blank=True)
    evidence_name = models.CharField(max_length=200, blank=True)
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decision_note = NormalisedTextField(_("note on the decision"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("duty of a unit")
        verbose_name_plural = _("duties of units")
        constraints = [models.UniqueConstraint(fields=["requirement", "unit"], name="unit_duty_once")]
        indexes = [models.Index(fields=["unit", "state"], name="unit_duty_by_unit")]

    def __str__(self):
        return f"{self.requirement_id} → {self.unit_id}"

    @property
    def is_late(self) -> bool:
        waits = self.state in (UnitDutyState.OPEN, UnitDutyState.RETURNED)
        return waits and self.requirement.due_on < timezone.localdate()
