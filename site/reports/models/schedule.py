from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.documents.kinds import FileFormat, ReportKind
from reports.enums import StopReason


class Schedule(models.Model):
    """A report a person wants every month, as of a day of the month, told by e-mail when its file is ready.

    It ends by hand, or by itself when the unit is in the person's scope no more; what was stopped is not begun
    again.

    pii: which reports a person has sent to them; deleted with their account's data.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="report_schedules")
    report = models.CharField(_("report"), max_length=20, choices=ReportKind)
    file_format = models.CharField(_("kind of file"), max_length=5, choices=FileFormat, default=FileFormat.PDF)
    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="+", verbose_name=_("unit"))
    course = models.ForeignKey(
        "courses.CoursePage", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("course")
    )
    day_of_month = models.PositiveSmallIntegerField(
        _("day of the month"), default=1, validators=[MinValueValidator(1), MaxValueValidator(28)]
    )
    created_at = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True)
    stop_reason = models.CharField(max_length=10, choices=StopReason, blank=True)

    class Meta:
        verbose_name = _("monthly report")
        verbose_name_plural = _("monthly reports")
        ordering = ["stopped_at", "day_of_month", "pk"]
        indexes = [
            models.Index(fields=["day_of_month"], condition=models.Q(stopped_at__isnull=True), name="schedule_running"),
        ]

    def __str__(self):
        return f"{self.get_report_display()} · {self.unit}"


class ScheduleRun(models.Model):
    """A month's report: `period` is the day it is as of. One for each schedule and day, however often it is tried.

    pii: as the schedule.
    """

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="runs")
    period = models.DateField()
    export = models.ForeignKey("reports.Export", models.SET_NULL, null=True, related_name="runs")

    class Meta:
        verbose_name = _("run of a monthly report")
        verbose_name_plural = _("runs of monthly reports")
        constraints = [models.UniqueConstraint(fields=["schedule", "period"], name="schedule_run_once")]

    def __str__(self):
        return f"{self.schedule_id} {self.period}"
