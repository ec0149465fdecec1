from django.db import models
from django.utils.translation import gettext_lazy as _


class AttemptState(models.TextChoices):
    IN_PROGRESS = "in_progress", _("In progress")
    SUBMITTED = "submitted", _("Submitted")


class SubmitReason(models.TextChoices):
    """Who closed the attempt."""

    LEARNER = "learner", _("Submitted by the learner")
    TIME = "time", _("Time ran out")
