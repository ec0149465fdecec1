from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from media.enums import NoticeToReaders


class StoryNotice(Orderable):
    """What readers are told about a story after its publication: what was corrected, or what is retracted.

    pii: none beyond the story's own.
    """

    story = ParentalKey("media.StoryPage", on_delete=models.CASCADE, related_name="notices_to_readers")
    kind = models.CharField(_("kind"), max_length=10, choices=NoticeToReaders)
    dated_on = models.DateField(_("date"), default=timezone.localdate)
    text = models.TextField(
        _("text"), max_length=1000, help_text=_("What was wrong and how it reads now; plain, without excuses.")
    )

    panels = [FieldPanel("kind"), FieldPanel("dated_on"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("notice to readers")
        verbose_name_plural = _("notices to readers")

    def __str__(self):
        return f"{self.get_kind_display()} · {self.dated_on:%d/%m/%Y}"
