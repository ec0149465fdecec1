from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from media.blocks import CampaignBody
from shared.pages import PreviewAtPhoneWidth, SavedWhileTyping


class CampaignIndexPage(PreviewAtPhoneWidth, Page):
    """All campaigns.

    pii: none.
    """

    introduction = models.TextField(_("introduction"), max_length=400, blank=True)

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["media.CampaignPage"]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of campaigns")

    def serve(self, request, *args, **kwargs):
        from media.views.pages import show_campaign_list

        return show_campaign_list(request, self)

    def serve_preview(self, request, mode_name):
        return self.serve(request)


class CampaignPage(PreviewAtPhoneWidth, SavedWhileTyping, Page):
    """A communication campaign: its message, its time, and its stories in the order the press office sets.

    pii: none; people appear only through stories.
    """

    rows_once = {"campaign_stories": "story_id", "campaign_courses": "course_id"}

    summary = models.TextField(_("summary"), max_length=500)
    slogan = models.CharField(_("slogan"), max_length=160, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True, help_text=_("The last day."))
    lead_unit = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead unit")
    )
    press_partners = models.TextField(
        _("press partners"), max_length=1000, blank=True, help_text=_("One newspaper or station a line.")
    )
    front_page_order = models.PositiveSmallIntegerField(
        _("place on the front page"), null=True, blank=True, help_text=_("Small numbers come first; empty: by date.")
    )
    is_fictional = models.BooleanField(
        _("fictional"), default=False, help_text=_("The page says that the campaign is an illustration.")
    )
    body = StreamField(CampaignBody(), verbose_name=_("body"), blank=True)

    parent_page_types = ["media.CampaignIndexPage"]
    subpage_types = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("slogan"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("lead_unit"),
        FieldPanel("press_partners"),
        FieldPanel("front_page_order"),
        FieldPanel("is_fictional"),
        FieldPanel("body"),
        InlinePanel("campaign_stories", label=_("Story"), heading=_("Stories")),
        InlinePanel("campaign_courses", label=_("Course"), heading=_("Courses")),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("slogan"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    def clean(self):
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The campaign ends before it begins. Check both dates.")})

    @property
    def partners(self) -> list[str]:
        return [line.strip() for line in self.press_partners.splitlines() if line.strip()]

    def serve(self, request, *args, **kwargs):
        from media.views.pages import show_campaign

        return show_campaign(request, self)

    def serve_preview(self, request, mode_name):
        request.is_preview = True
        return self.serve(request)


class CampaignCourse(Orderable):
    """A course that belongs to a campaign. Readers see it while it is published.

    pii: none.
    """

    campaign = ParentalKey(CampaignPage, on_delete=models.CASCADE, related_name="campaign_courses")
    course = models.ForeignKey(
        "courses.CoursePage", models.CASCADE, related_name="campaign_places", verbose_name=_("course")
    )

    panels = [FieldPanel("course")]

    class Meta(Orderable.Meta):
        verbose_name = _("course in a campaign")
        verbose_name_plural = _("courses in a campaign")
        constraints = [models.UniqueConstraint(fields=["campaign", "course"], name="campaign_course_once")]

    def __str__(self):
        return f"{self.campaign} · {self.course}"


class CampaignStory(Orderable):
    """A story's place in a campaign. Readers see it only while the story itself may be seen.

    pii: none.
    """

    campaign = ParentalKey(CampaignPage, on_delete=models.CASCADE, related_name="campaign_stories")
    story = models.ForeignKey(
        "media.StoryPage", models.CASCADE, related_name="campaign_places", verbose_name=_("story")
    )

    panels = [FieldPanel("story")]

    class Meta(Orderable.Meta):
        verbose_name = _("story in a campaign")
        verbose_name_plural = _("stories in a campaign")
        constraints = [models.UniqueConstraint(fields=["campaign", "story"], name="campaign_story_once")]

    def __str__(self):
        return f"{self.campaign} · {self.story}"
