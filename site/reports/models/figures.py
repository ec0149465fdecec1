"""Figures kept ready for wide scopes. Nothing here is evidence: all of it can be counted anew from the obligations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class _Figures(models.Model):
    """Counts of a unit's own people, as `reports.domain.on_date` counts them; without a course: of all courses."""

    course = models.ForeignKey("courses.CoursePage", models.CASCADE, null=True, related_name="+")
    people = models.PositiveIntegerField(default=0)
    obliged = models.PositiveIntegerField(default=0)
    fulfilled = models.PositiveIntegerField(default=0)
    certified = models.PositiveIntegerField(default=0)
    in_progress = models.PositiveIntegerField(default=0)
    not_started = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    due_soon = models.PositiveIntegerField(default=0)
    exempt = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class PresentFigures(_Figures):
    """Today's counts of a unit's own people of one kind: one group, employment type, gender, leading others or not.

    pii: none by itself, yet a count may be of one person alone: read by those who read the unit's records only.
    """

    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="+")
    position_group = models.CharField(max_length=20)
    employment_type = models.CharField(max_length=20)
    is_manager = models.BooleanField()
    gender = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name = _("figures of today")
        verbose_name_plural = _("figures of today")
        indexes = [models.Index(fields=["course", "unit"], name="present_figures_by_course")]

    def __str__(self):
        return f"{self.unit_id}, {self.course_id}: {self.fulfilled}/{self.obliged}"


class MonthFigures(_Figures):
    """The counts of the last day of a month, fixed when the month was over; later corrections leave them as they are.

    pii: none by itself, as today's figures; without kinds of people, kept as long as the training records.
    """

    day = models.DateField()
    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("figures of a month")
        verbose_name_plural = _("figures of months")
        indexes = [models.Index(fields=["course", "day", "unit"], name="month_figures_by_course")]

    def __str__(self):
        return f"{self.day:%m/%Y}, {self.unit_id}: {self.fulfilled}/{self.obliged}"


class DayFigures(models.Model):
    """The counts of a former day somebody with a wide scope asked for, of one course or of all of them together.

    `counts` is a list of rows: the unit, its four marks of a kind of people, and the counts in the order of
    `reports.domain.on_date.COUNTED`. One text for a course instead of ten thousand rows: it is written once and read
    whole. Counted anew when asked for again later, and removed after a week.

    pii: none by itself, as today's figures.
    """

    day = models.DateField()
    course = models.ForeignKey("courses.CoursePage", models.CASCADE, null=True, related_name="+")
    made_at = models.DateTimeField()
    counts = models.JSONField()

    class Meta:
        verbose_name = _("figures of a former day")
        verbose_name_plural = _("figures of former days")
        constraints = [models.UniqueConstraint(fields=["day", "course"], nulls_distinct=False, name="day_figures_once")]

    def __str__(self):
        return f"{self.day:%d/%m/%Y}, {self.course_id}"


class FiguresKept(models.Model):
    """When today's figures were last counted to the end: one row.

    pii: none.
    """

    day = models.DateField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("time of the figures")
        verbose_name_plural = _("times of the figures")

    def __str__(self):
        return f"{self.made_at:%H:%M %d/%m/%Y}"
