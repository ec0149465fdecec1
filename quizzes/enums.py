from django.db import models
from django.utils.translation import gettext_lazy as _


class AttemptState(models.TextChoices):
    IN_PROGRESS = "in_progress", _("In progress")
    MARKING = "marking", _("Waiting to be marked")
    SUBMITTED = "submitted", _("Submitted")


class SubmitReason(models.TextChoices):
    """Who closed the attempt."""

    LEARNER = "learner", _("Submitted by the learner")
    TIME = "time", _("Time ran out")


class QuizMode(models.TextChoices):
    """Whether a quiz helps to learn or examines."""

    EXAMINATION = "examination", _("Examination: nothing is told before submission")
    PRACTICE = "practice", _("Practice: each question can be checked at once")


class Shown(models.TextChoices):
    """What the learner sees of a submitted attempt; each one shows what stands before it too."""

    NOTHING = "nothing", _("Only that and when it was submitted")
    SCORE = "score", _("Score, passed or not")
    OUTCOMES = "outcomes", _("And which answers were right")
    ANSWERS = "answers", _("And the right answers")
    EXPLANATIONS = "explanations", _("And the explanations")

    def includes(self, other: "Shown") -> bool:
        order = list(type(self))
        return order.index(self) >= order.index(other)


class ShownWhen(models.TextChoices):
    """From when on the learner sees it."""

    AT_ONCE = "at_once", _("At once after submission")
    AFTER_CLOSE = "after_close", _("After the quiz has closed for everybody")
    NEVER = "never", _("Never")


class Decision(models.TextChoices):
    """What was decided about a question that had been examined already."""

    CORRECTED = "corrected", _("Graded by the key of a later version")
    POINTS_FOR_ALL = "points_for_all", _("Void: everybody gets its points")
    TAKEN_OUT = "taken_out", _("Void: taken out of the total")


class ScoreChangeKind(models.TextChoices):
    """Why a result that had been given is no longer the attempt's."""

    REGRADED = "regraded", _("Graded again")
    REOPENED = "reopened", _("Attempt reopened")
    REMARKED = "remarked", _("Marked again")


class BankRight(models.TextChoices):
    """What a shared bank is shared for; each right holds those before it."""

    USE = "use", _("use the questions, without their keys")
    KEYS = "keys", _("use the questions and see their keys")
    EDIT = "edit", _("use, see and edit the questions")
