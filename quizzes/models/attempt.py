from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.enums import AttemptState, SubmitReason


class Attempt(models.Model):
    """One person's try at a quiz, with everything it needs frozen when it started.

    `paper` is {"title": str, "slots": [{"version": id, "arrangement": …, "topic": str}, …]}: the question versions
    in this attempt's order and the order of their options, and "honour", the statement accepted before it began, if
    there was one. Later edits of quiz or questions do not touch it. `reached` is the first slot still open where
    pages can only be turned forward. `earned` holds the points of each answered slot once it is graded:
    {"slot": "1.5000"}, null for one that waits for an examiner. `rulings` says by which decision a slot was graded:
    {"slot": Ruling's id}.

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
    questions_per_page = models.PositiveSmallIntegerField(default=1)
    practice = models.BooleanField(default=False)
    one_way = models.BooleanField(default=False)
    reached = models.PositiveSmallIntegerField(default=0)
    networks = models.TextField(blank=True)
    max_points = models.DecimalField(max_digits=8, decimal_places=2)
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submit_reason = models.CharField(max_length=10, choices=SubmitReason, blank=True)
    score = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    passed = models.BooleanField(null=True)
    earned = models.JSONField(default=dict)
    rulings = models.JSONField(default=dict)

    is_new = False  # of the one `attempts.start` has just made: nothing can be answered yet

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

    def points_of(self, slot: int) -> Decimal | None:
        """What the answer in a slot (0-based) earned; None without an answer, and before it is graded."""
        points = self.earned.get(str(slot))
        return None if points is None else Decimal(points)

    @property
    def is_open(self) -> bool:
        return self.state == AttemptState.IN_PROGRESS

    @property
    def attempts_left(self) -> int:
        return max(0, self.max_attempts - self.number)


class Response(models.Model):
    """The newest acknowledged answer to one slot. What it earned stands in `Attempt.earned`.

    `sequence` and `key` are those of the event it came from: a save with a lower sequence number never replaces it.
    `checked_at`: in practice, when the learner had the answer checked; it stands from then on.

    pii: answers of a person; kept with the training records, shown to that person only.
    """

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="responses")
    slot = models.PositiveSmallIntegerField()
    sequence = models.BigIntegerField(default=0)
    key = models.CharField(max_length=36, blank=True)
    answer = models.JSONField(null=True)
    saved_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [models.UniqueConstraint(fields=["attempt", "slot"], name="response_one_per_slot")]

    def __str__(self):
        return f"{self.attempt_id}/{self.slot}"


class AnswerEvent(models.Model):
    """Every acknowledged answer, also those replaced since. Append-only: written with the response it made.

    `sequence` orders the changes of one slot as the learner made them; `key` names one change, however often it
    is sent.

    pii: answers of a person; kept with the training records, shown to that person only.
    """

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="answer_events")
    slot = models.PositiveSmallIntegerField()
    sequence = models.BigIntegerField()
    key = models.CharField(max_length=36)
    answer = models.JSONField(null=True)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer event")
        verbose_name_plural = _("answer events")
        constraints = [models.UniqueConstraint(fields=["attempt", "slot", "key"], name="answer_event_once")]

    def __str__(self):
        return f"{self.attempt_id}/{self.slot} #{self.sequence}"
