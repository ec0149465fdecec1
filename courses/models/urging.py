from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Urging(models.Model):
    """An HR officer's own words to people who have not completed a course: sent once, kept as it was sent.

    To whom it went stands among the matters and letters of `notices`, by the number of this row.

    pii: who urged; the text may name nobody but by placeholders filled in for each reader.
    """

    text = models.TextField(_("text"), max_length=2000)
    sent_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("sent by"))
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    recipients = models.PositiveIntegerField(_("people"), default=0)

    class Meta:
        verbose_name = _("urging")
        verbose_name_plural = _("urgings")
        ordering = ["-sent_at"]

    def __str__(self):
        return f"{self.sent_at:%d/%m/%Y} {self.sent_by_id}"
