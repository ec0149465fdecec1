from django.conf import settings
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from media.blocks import StoryBody, photographs_in
from media.page_forms import StoryPageForm
from media.panels import ConsentPanel, LinkPanel
from shared.pages import PreviewAtPhoneWidth, SavedWhileTyping

WORDS_A_MINUTE = 220  # Vietnamese words are written syllable by syllable and read faster than English ones


class StoryIndexPage(PreviewAtPhoneWidth, Page):
    """All published stories, newest first.

    pii: none.
    """

    introduction = models.TextField(_("introduction"), max_length=400, blank=True)

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["media.StoryPage"]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of stories")

    def serve(self, request, *args, **kwargs):
        from media.views.pages import show_story_list

        return show_story_list(request, self)

    def serve_preview(self, request, mode_name):
        return self.serve(request)


class StoryPage(PreviewAtPhoneWidth, SavedWhileTyping, Page):
    """A story about exemplary people. It is live only while everybody named or pictured consents.

    The rule is kept at three places: the editor's actions (wagtail_hooks, middleware), every write (`save`
    here, receivers for Wagtail's base record) and every reading (`queries.stories_for`).

    pii: names, pictures and deeds of consenting people; unpublished at once when a consent is withdrawn.
    """

    rows_once = {"people": "exemplar_id"}

    standfirst = models.TextField(
        _("standfirst"),
        max_length=500,
        help_text=_("Two or three sentences that make people want to read on."),
    )
    main_photograph = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("main photograph"),
    )
    body = StreamField(StoryBody(), verbose_name=_("body"))
    byline = models.CharField(
        _("byline"), max_length=160, blank=True, help_text=_("As printed: who wrote and who photographed.")
    )
    is_fictional = models.BooleanField(
        _("fictional"),
        default=False,
        help_text=_("The story says that its people and events are an illustration."),
    )
    related_course = models.ForeignKey(
        "courses.CoursePage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="stories",
        verbose_name=_("course to learn it in"),
    )

    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_("Nobody reads the story before, even if it is published; newspapers get a personal link."),
    )

    base_form_class = StoryPageForm
    parent_page_types = ["media.StoryIndexPage"]
    subpage_types = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("standfirst"),
        FieldPanel("main_photograph"),
        FieldPanel("body"),
        MultiFieldPanel(
            [InlinePanel("people", label=_("Person or collective")), ConsentPanel()],
            heading=_("People in the story and their consent"),
            help_text=_("Everybody who is named or can be recognised in a picture."),
        ),
        MultiFieldPanel(
            [FieldPanel("byline"), FieldPanel("is_fictional"), FieldPanel("related_course")],
            heading=_("About the story"),
        ),
        FieldPanel("embargo_until"),
        MultiFieldPanel([LinkPanel()], heading=_("Approval and reading before publication")),
        InlinePanel(
            "notices_to_readers", label=_("Correction or retraction"), heading=_("Corrections and retractions")
        ),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("standfirst"),
        index.SearchField("body"),
        index.SearchField("byline"),
    ]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def save(self, *args, **kwargs):
        """Refuses to go or stay live without consent. Noting a draft beside a live row is no publication.

        Raises PublicationRefused.
        """
        if self.live and self._writes_public_content(kwargs.get("update_fields")):
            from media.domain import publishing

            publishing.require_consent(self)
        return super().save(*args, **kwargs)

    def publish(self, revision, log_action=True, **kwargs):
        """As Wagtail's, but a refused appointment (`publish_scheduled`) is cancelled; no other page waits."""
        from media.domain import publishing

        if log_action == "wagtail.publish.scheduled" and publishing.cancel_if_refused(revision):
            return None
        return super().publish(revision, log_action=log_action, **kwargs)

    def serve(self, request, *args, **kwargs):
        from media.views.pages import show_story

        return show_story(request, self)

    def serve_preview(self, request, mode_name):
        from media.views.pages import preview_story

        return preview_story(request, self)

    def get_sitemap_urls(self, request=None):
        from media import queries

        is_open = queries.stories_for(None).filter(pk=self.pk).exists()
        return super().get_sitemap_urls(request) if is_open else []

    def photograph_ids(self) -> set[int]:
        """Every photograph this version of the story shows: main picture, body, portraits."""
        shown = photographs_in(self.body.raw_data)
        shown |= {person.portrait_id for person in self.people.all()}
        shown.add(self.main_photograph_id)
        return {photograph_id for photograph_id in shown if photograph_id}

    @property
    def reading_minutes(self) -> int:
        text = f"{self.standfirst} {strip_tags(str(self.body))}"
        return max(1, round(len(text.split()) / WORDS_A_MINUTE))

    @staticmethod
    def _writes_public_content(update_fields) -> bool:
        return update_fields is None or bool({"live", "body", "main_photograph"} & set(update_fields))


class StoryPerson(Orderable):
    """An exemplar as a story shows them.

    pii: that a person is in a story; goes with the story.
    """

    story = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="people")
    exemplar = models.ForeignKey(
        "media.Exemplar", models.PROTECT, related_name="appearances", verbose_name=_("person or collective")
    )
    named = models.BooleanField(_("named in the story"), default=True)
    pictured = models.BooleanField(_("recognisable in a picture"), default=True)
    portrait = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("portrait"),
        help_text=_("Shown beside the story."),
    )

    panels = [
        FieldPanel("exemplar"),
        FieldPanel("named"),
        FieldPanel("pictured"),
        FieldPanel("portrait"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("person in a story")
        verbose_name_plural = _("people in a story")
        constraints = [
            models.UniqueConstraint(fields=["story", "exemplar"], name="story_person_once"),
            models.CheckConstraint(
                condition=models.Q(named=True) | models.Q(pictured=True),
                name="story_person_named_or_pictured",
                violation_error_message=_("Everybody listed here is named or pictured in the story."),
            ),
        ]

    def __str__(self):
        return f"{self.exemplar} · {self.story}"


class StoryPhotograph(models.Model):
    """A photograph the stored version of a story shows, wherever in it: read from the story on every write.

    It makes the pictures in the body visible to queries and keeps photographs in use from being deleted.

    pii: none of its own.
    """

    story = models.ForeignKey(StoryPage, models.CASCADE, related_name="photographs_used")
    photograph = models.ForeignKey(settings.WAGTAILIMAGES_IMAGE_MODEL, models.PROTECT, related_name="used_in_stories")

    class Meta:
        verbose_name = _("photograph in a story")
        verbose_name_plural = _("photographs in stories")
        constraints = [models.UniqueConstraint(fields=["story", "photograph"], name="story_photograph_once")]

    def __str__(self):
        return f"{self.photograph} · {self.story}"
