from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from media.storage import private_storage


class Adoption(models.Model):
    """“We applied this too”: another unit followed a story's example and shows how. Public once the press accepts it.

    pii: who sent it in; the proof is read by the press office only.
    """

    story = models.ForeignKey("media.StoryPage", models.CASCADE, related_name="adoptions", verbose_name=_("story"))
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="adoptions", verbose_name=_("unit"))
    text = models.TextField(_("what was done"), max_length=1000)
    proof = models.FileField(
        _("proof"),
        upload_to="adoptions/%Y",
        storage=private_storage,
        validators=[FileExtensionValidator(["pdf", "jpg", "jpeg", "png", "docx"])],
    )
    sent_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("sent by"))
    sent_at = models.DateTimeField(_("sent at"), auto_now_add=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("accepted by")
    )

    class Meta:
        verbose_name = _("example applied elsewhere")
        verbose_name_plural = _("examples applied elsewhere")
        ordering = ["-sent_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["story", "unit"], name="adoption_once")]

    def __str__(self):
        return f"{self.unit} · {self.story}"
