from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Obligation(models.Model):
    """One person must complete one course, once (`cycle` 1) or once a year (`cycle` is the year its window opens).

    One row however many rules ask: `due_on` is the earliest of their days (later after a deferral), the rules
    with the days on which each of them asked are its `reasons`. Obliged on a day is who has a reason on it
    (`since` <= day < `until`); `obliged_from` and `obliged_to` are the first and, once nothing asks any more,
    the last of those days (exclusive). `fulfilled_on` is the day of the completion, or of the recognition of an
    equivalent; completions from `counts_from` on count (None: all). Written by `domain.obligations` alone,
    set-wise.

    pii: a duty of a person; kept with the training records.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="obligations")
    course = models.ForeignKey("courses.CoursePage", models.PROTECT, related_name="obligations")
    cycle = models.PositiveSmallIntegerField(default=1)
    counts_from = models.DateTimeField(null=True)
    obliged_from = models.DateField()
    obliged_to = models.DateField(null=True)
    due_on = models.DateField()
    fulfilled_on = models.DateField(null=True)
    completion = models.ForeignKey("courses.Completion", models.PROTECT, null=True, related_name="obligations")
    equivalence = models.ForeignKey("courses.Exemption", models.PROTECT, null=True, related_name="obligations")

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        constraints = [models.UniqueConstraint(fields=["person", "course", "cycle"], name="obligation_once_per_cycle")]
        indexes = [
            models.Index(fields=["course", "person", "due_on"], name="obligation_by_course"),
            models.Index(
                fields=["due_on", "person"],
                condition=Q(fulfilled_on__isnull=True, obliged_to__isnull=True),
                name="obligation_waiting",
            ),
        ]

    def __str__(self):
        return f"{self.person_id} → {self.course_id}"


class ObligationReason(models.Model):
    """A rule asks a person: from `since` up to, not including, `until`. Coming back begins another row.

    `due_on` is the day this rule alone would ask for.

    pii: as the obligation.
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="reasons")
    assignment = models.ForeignKey("courses.Assignment", models.PROTECT, related_name="reasons")
    since = models.DateField()
    until = models.DateField(null=True)
    due_on = models.DateField()

    class Meta:
        verbose_name = _("reason of an obligation")
        verbose_name_plural = _("reasons of obligations")
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "assignment"], condition=Q(until__isnull=True), name="reason_open_once"
            ),
        ]

    def __str__(self):
        return f"{self.assignment_id} → {self.obligation_id}"
