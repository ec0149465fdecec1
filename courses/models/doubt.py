from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enums import DoubtOutcome


class Doubt(models.Model):
    """A completion whose quiz attempt is no longer passed after it was graded again.

    Nothing is revoked by itself: whoever answers for the course decides, for a reason.

    pii: that a training result is in question; kept with the training records, shown to who keeps the course.
    """

    completion = models.ForeignKey("courses.Completion", models.PROTECT, related_name="doubts")
    change = models.OneToOneField("quizzes.ScoreChange", models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    outcome = models.CharField(_("decision"), max_length=8, choices=DoubtOutcome, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("completion in question")
        verbose_name_plural = _("completions in question")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.completion_id}"
