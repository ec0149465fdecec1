from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.enums import DueKind, ManagerScope, Recurrence
from courses.models.fields import CodeListField


class Assignment(models.Model):
    """A rule: who must complete a course or a learning path, until when, how often, and because of what.

    It asks people by their primary posting: in one of its units, with one of the position groups and employment
    types (an empty list asks all of them). A rule is never rewritten once it has asked anybody: it is retired
    and another one takes its place, so that what was asked on a day can always be told.

    `due_on` is the day of a rule with a fixed day, `due_days` the number of days of the others. A yearly rule
    has its first window from `window_opens_on` to `due_on`; every later year moves both by one year. Whoever
    comes into a rule late has at least `newcomer_days`. `target_percent` is the share of those asked that reports
    measure a completion rate against; without one there is nothing to measure against.

    pii: who made and who retired the rule.
    """

    course = models.ForeignKey(
        "courses.CoursePage",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("course"),
    )
    path = models.ForeignKey(
        "courses.LearningPath",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("learning path"),
    )
    position_groups = CodeListField(_("position groups"))
    employment_types = CodeListField(_("employment types"))
    managers = models.CharField(_("leading others"), max_length=10, choices=ManagerScope, default=ManagerScope.ANY)
    due_kind = models.CharField(_("due"), max_length=12, choices=DueKind, default=DueKind.FIXED)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    recurrence = models.CharField(_("how often"), max_length=10, choices=Recurrence, default=Recurrence.NONE)
    window_opens_on = models.DateField(_("window opens on"), null=True, blank=True)
    newcomer_days = models.PositiveSmallIntegerField(_("days for whoever comes later"), default=30)
    target_percent = models.PositiveSmallIntegerField(
        _("target, percent"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    directive = models.ForeignKey(
        "courses.Directive", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("directive")
    )
    owner_unit = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("asked by")
    )
    active_from = models.DateField(_("asks from"), default=timezone.localdate)
    active_to = models.DateField(_("asks until"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(course__isnull=False, path__isnull=True) | Q(course__isnull=True, path__isnull=False),
                name="assignment_asks_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(due_kind=DueKind.FIXED, due_on__isnull=False)
                | (~Q(due_kind=DueKind.FIXED) & Q(due_days__isnull=False)),
                name="assignment_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(recurrence=Recurrence.NONE)
                | Q(due_kind=DueKind.FIXED, window_opens_on__isnull=False, window_opens_on__lte=models.F("due_on")),
                name="assignment_yearly_has_window",
            ),
        ]

    def __str__(self):
        return str(self.course or self.path)


class AssignmentUnit(models.Model):
    """A unit whose people a rule asks, with or without all that stands below it.

    pii: none.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="units")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="assignment_units", verbose_name=_("unit"))
    with_subtree = models.BooleanField(_("with all units below"), default=True)

    class Meta:
        verbose_name = _("unit of an assignment")
        verbose_name_plural = _("units of assignments")
        constraints = [models.UniqueConstraint(fields=["assignment", "unit"], name="assignment_unit_once")]

    def __str__(self):
        return f"{self.assignment_id} → {self.unit_id}"
