from django.db import models
from django.utils.translation import gettext_lazy as _


class Mark(models.Model):
    """What an examiner gave one answer, criterion by criterion. Append-only: the newest of a slot counts.

    `given` is {criterion id: points as text}; what it makes of the question's points is computed from it.

    pii: an assessment of a person's work and who made it; kept with the training records.
    """

    attempt = models.ForeignKey("quizzes.Attempt", models.PROTECT, related_name="marks")
    slot = models.PositiveSmallIntegerField()
    given = models.JSONField()
    comment = models.TextField(_("comment"), blank=True)
    marker = models.ForeignKey("people.Person", models.PROTECT, related_name="marks_given")
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["pk"]
        indexes = [models.Index(fields=["attempt", "slot"], name="mark_of_slot")]

    def __str__(self):
        return f"{self.attempt_id}/{self.slot}"
