from django.db import models
from django.utils.translation import gettext_lazy as _


class ShareCard(models.Model):
    """The picture social networks show with a link to a story: a public file with an unguessable name.

    pii: likeness and name of consenting people; deleted as soon as the story is unpublished.
    """

    story = models.OneToOneField("media.StoryPage", models.CASCADE, related_name="share_card")
    file = models.ImageField(upload_to="share-cards/")
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("share card")
        verbose_name_plural = _("share cards")

    def __str__(self):
        return self.file.name
