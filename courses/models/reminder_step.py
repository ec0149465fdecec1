from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enums import ReminderKind


class ReminderStep(models.Model):
    """A step of the ladder of reminders: whom it reaches, and how many days before or after the due day.

    `days` counts before the due day for steps before it, after it for the others; the step about a new duty has
    none. A step is known by what it is and its days (`key`): changed days make another step.

    pii: none.
    """

    kind = models.CharField(_("step"), max_length=10, choices=ReminderKind)
    days = models.PositiveSmallIntegerField(
        _("days"), default=0, validators=[MaxValueValidator(365)], help_text=_("Before or after the due day.")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("step of the reminders")
        verbose_name_plural = _("steps of the reminders")
        ordering = ["kind", "days"]
        constraints = [models.UniqueConstraint(fields=["kind", "days"], name="reminder_step_once")]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.days}"

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.days}"
