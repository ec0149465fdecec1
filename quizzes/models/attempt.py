from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.enums import AttemptState, SubmitReason


class Attempt(models.Model):
    """One person's try at a quiz, with everything it needs frozen when it started.

    `paper` is {"title": str, "slots": [{"version": id, "arrangement": …, "topic": str}, …]}: the question versions
    in this attempt's order and the order of their options. Later edits of quiz or questions do not touch it.

    pii: examination results of a person; kept with the training records.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="attempts")
    quiz = models.ForeignKey("quizzes.Quiz", models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=AttemptState, default=AttemptState.IN_PROGRESS)
    paper = models.JSONField()
    seed = models.BigIntegerField()
    pass_percent = models.PositiveSmallIntegerField()
    max_attempts = models.PositiveSmallIntegerField()
    grace_seconds = models.PositiveSmallIntegerField()
    max_points = models.DecimalField(max_digits=8, decimal_places=2)
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submit_reason = models.CharField(max_length=10, choices=SubmitReason, blank=True)
    score = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    passed = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.UniqueConstraint(fields=["person", "quiz", "number"], name="attempt_number_once"),
            models.UniqueConstraint(
                fields=["person", "quiz"],
                condition=models.Q(state="in_progress"),
                name="attempt_one_in_progress",
            ),
        ]
        indexes = [
            models.Index(
                fields=["deadline_at"], condition=models.Q(state="in_progress"), name="attempt_open_by_deadline"
            ),
        ]

    def __str__(self):
        return f"{self.quiz_id}/{self.number}"

    @property
    def slots(self) -> list[dict]:
        return self.paper["slots"]

    @property
    def is_open(self) -> bool:
        return self.state == AttemptState.IN_PROGRESS

    @property
    def attempts_left(self) -> int:
        return max(0, self.max_attempts - self.number)


class Response(models.Model):
    """The last acknowledged answer to one slot; its points are filled in when the attempt is graded.

    pii: answers of a person; kept with the training records, shown to that person only.
    """

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="responses")
    slot = models.PositiveSmallIntegerField()
    answer = models.JSONField(null=True)
    saved_at = models.DateTimeField()
    points = models.DecimalField(max_digits=8, decimal_places=4, null=True)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [models.UniqueConstraint(fields=["attempt", "slot"], name="response_one_per_slot")]

    def __str__(self):
        return f"{self.attempt_id}/{self.slot}"
