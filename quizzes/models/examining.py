from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quizzes.enums import Decision, ScoreChangeKind


class Accommodation(models.Model):
    """More time or one more attempt at one quiz for one person, granted for a reason by somebody who may.

    Counts from `valid_from` to `valid_until`, both included, unless withdrawn.

    pii: that a person needs other conditions, and why; kept with the training records, shown to examiners of the quiz.
    """

    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        related_name="accommodations",
        verbose_name=pgettext_lazy("of a link", "for whom"),
    )
    quiz = models.ForeignKey("quizzes.Quiz", models.PROTECT, related_name="accommodations")
    extra_minutes = models.PositiveSmallIntegerField(
        _("extra time in minutes"), default=0, validators=[MaxValueValidator(600)]
    )
    extra_attempts = models.PositiveSmallIntegerField(
        _("extra attempts"), default=0, validators=[MaxValueValidator(20)]
    )
    reason = models.CharField(_("reason"), max_length=300)
    approved_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("approved by"))
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"))
    granted_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("accommodation")
        verbose_name_plural = _("accommodations")
        indexes = [models.Index(fields=["quiz", "person"], name="accommodation_by_quiz")]

    def __str__(self):
        return f"{self.quiz_id}: {self.person_id}"


class Ruling(models.Model):
    """A decision about a question version that a quiz has examined: another key, or void.

    Proposed first, so that one sees whom it would change; in force once confirmed, for attempts submitted before
    (graded again, `applied_at` says when the last one was) and after. The latest confirmed one of a version counts.

    pii: none.
    """

    quiz = models.ForeignKey("quizzes.Quiz", models.PROTECT, related_name="rulings")
    version = models.ForeignKey("quizzes.QuestionVersion", models.PROTECT, related_name="+")
    decision = models.CharField(_("decision"), max_length=14, choices=Decision)
    key_version = models.ForeignKey("quizzes.QuestionVersion", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    approved_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("approved by"))
    proposed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("decision on a question")
        verbose_name_plural = _("decisions on questions")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.quiz_id}: {self.version_id} {self.decision}"


class ScoreChange(models.Model):
    """The result an attempt had before it was graded again, marked again or reopened. Append-only.

    `old_points` are the points by slot as they were: {"0": "1.0000"}.

    pii: examination results of a person; kept with the training records.
    """

    attempt = models.ForeignKey("quizzes.Attempt", models.PROTECT, related_name="score_changes")
    kind = models.CharField(max_length=10, choices=ScoreChangeKind)
    ruling = models.ForeignKey(Ruling, models.PROTECT, null=True, related_name="score_changes")
    reason = models.CharField(max_length=300)
    approved_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    changed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    old_score = models.DecimalField(max_digits=8, decimal_places=2)
    old_max_points = models.DecimalField(max_digits=8, decimal_places=2)
    old_passed = models.BooleanField()
    old_submitted_at = models.DateTimeField()
    old_submit_reason = models.CharField(max_length=10)
    old_points = models.JSONField()
    new_score = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    new_max_points = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    new_passed = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("changed result")
        verbose_name_plural = _("changed results")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "ruling"],
                condition=models.Q(kind="regraded"),
                name="score_change_once_a_ruling",
            )
        ]

    def __str__(self):
        return f"{self.attempt_id}: {self.old_score}"
