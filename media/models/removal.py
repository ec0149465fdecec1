from django.db import models
from django.utils.translation import gettext_lazy as _


class StoryRemoval(models.Model):
    """“Gỡ bài”: that a public story was taken down, when, and why. Readers learn only that it was, and when.

    pii: the internal reason may concern the person the story was about; read by the press office only.
    """

    story = models.ForeignKey("media.StoryPage", models.CASCADE, related_name="removals", verbose_name=_("story"))
    removed_at = models.DateTimeField(_("taken down at"), auto_now_add=True)
    removed_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken down by")
    )
    reason = models.TextField(_("internal reason"), max_length=2000)

    class Meta:
        verbose_name = _("removal of a story")
        verbose_name_plural = _("removals of stories")
        ordering = ["-removed_at", "-pk"]

    def __str__(self):
        return f"{self.story} · {self.removed_at:%d/%m/%Y}"
