from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from media.enums import LinkAnswer, LinkPurpose
from shared.text.fields import NormalisedTextField


class StoryLink(models.Model):
    """A personal, signed link to a story that is not public: for the person portrayed or a leader to approve it, or
    for a newspaper to read it before the embargo ends. It expires; its opening and its answer are logged.

    pii: name and address of who got it, and their answer; kept with the story.
    """

    story = models.ForeignKey("media.StoryPage", models.CASCADE, related_name="links", verbose_name=_("story"))
    purpose = models.CharField(_("purpose"), max_length=8, choices=LinkPurpose)
    name = NormalisedTextField(pgettext_lazy("of a link", "for whom"), max_length=160)
    role = NormalisedTextField(
        _("as what"), max_length=160, blank=True, help_text=_("For example: person portrayed, head of the unit.")
    )
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Empty: hand the link over another way."))
    expires_at = models.DateTimeField(_("works until"))
    made_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    opened_at = models.DateTimeField(_("first opened"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=8, choices=LinkAnswer, blank=True)
    comment = models.TextField(_("comment"), max_length=4000, blank=True)
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("version answered about"),
    )

    class Meta:
        verbose_name = _("personal link to a story")
        verbose_name_plural = _("personal links to stories")
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.name} · {self.story}"

    @property
    def works(self) -> bool:
        return timezone.now() < self.expires_at

    @property
    def state_label(self) -> str:
        if self.answer:
            return str(LinkAnswer(self.answer).label)
        if not self.works:
            return gettext("Expired")
        return gettext("Opened") if self.opened_at else gettext("Not opened yet")
