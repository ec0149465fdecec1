from django.db import models
from django.utils.translation import gettext_lazy as _


class PressKit(models.Model):
    """A story's text and high-resolution pictures with captions and credits, as one ZIP for newspapers.

    Made only while everybody in the story consents to print. `pictures` tells what is in it: title, size in pixels
    and bytes, for the page.

    pii: text and likeness of consenting people; deleted as soon as the story is unpublished.
    """

    story = models.OneToOneField("media.StoryPage", models.CASCADE, related_name="press_kit")
    file = models.FileField(upload_to="press-kits/", max_length=200)
    size = models.PositiveIntegerField(_("size"))
    pictures = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("press kit")
        verbose_name_plural = _("press kits")

    def __str__(self):
        return self.file.name
