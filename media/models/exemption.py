from django.db import models
from django.utils.translation import gettext_lazy as _

from shared.text.fields import NormalisedTextField


class PictureExemption(models.Model):
    """A picture of a public event may be shown without asking everybody in it (Civil Code, article 32).

    It never covers whoever a story is about, a portrait, or somebody who withdrew or declined; and whoever
    approves it has neither uploaded the picture nor written the story (`media.queries.cleared_on`).

    pii: names of the approver and of who asked; kept with the picture.
    """

    photograph = models.ForeignKey(
        "media.Photograph", models.CASCADE, related_name="exemptions", verbose_name=_("photograph")
    )
    event = NormalisedTextField(_("public event"), max_length=200)
    event_place = NormalisedTextField(_("place"), max_length=150)
    event_on = models.DateField(_("day of the event"))
    reason = models.TextField(
        _("why nobody's honour is harmed"), max_length=1000, help_text=_("And on which legal basis it may be shown.")
    )
    approved_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("approved by"))
    approved_at = models.DateTimeField(_("approved at"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("exemption for a public event")
        verbose_name_plural = _("exemptions for public events")
        ordering = ["-approved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["photograph"], condition=models.Q(revoked_at__isnull=True), name="exemption_one_open"
            )
        ]

    def __str__(self):
        return f"{self.photograph} · {self.event}"
