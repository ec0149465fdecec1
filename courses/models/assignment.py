from django.db import models
from django.utils.translation import gettext_lazy as _


class Assignment(models.Model):
    """A course required of a unit and everything below it, until a day, because of a directive.

    pii: none.
    """

    course = models.ForeignKey(
        "courses.CoursePage", models.PROTECT, related_name="assignments", verbose_name=_("course")
    )
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="assignments", verbose_name=_("unit"))
    directive = models.ForeignKey(
        "courses.Directive", models.PROTECT, null=True, blank=True, verbose_name=_("directive")
    )
    due_on = models.DateField(_("due on"))
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["due_on"]

    def __str__(self):
        return f"{self.course} → {self.unit}"


class Obligation(models.Model):
    """One person must complete one course by a day: what an assignment means for that person.

    pii: a duty of a person; kept with the training records.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="obligations")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="obligations")
    course = models.ForeignKey("courses.CoursePage", models.PROTECT, related_name="obligations")
    cycle = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField()

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        constraints = [
            models.UniqueConstraint(fields=["person", "assignment", "cycle"], name="obligation_once_per_cycle")
        ]
        indexes = [models.Index(fields=["course", "person", "due_on"], name="obligation_by_course")]

    def __str__(self):
        return f"{self.person_id} → {self.course_id}"
