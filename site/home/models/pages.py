from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from people import personal_data
from shared.pages import PreviewAtPhoneWidth


class HomePage(PreviewAtPhoneWidth, Page):
    """The public front page; a signed-in learner sees “Việc học” at the same address.

    pii: none.
    """

    headline = models.CharField(_("headline"), max_length=120)
    introduction = models.TextField(_("introduction"), max_length=400, blank=True)
    organisation = models.CharField(
        _("organisation"), max_length=200, blank=True, help_text=_("Shown in the footer: who runs this site.")
    )

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("introduction"),
        FieldPanel("organisation"),
    ]

    class Meta:
        verbose_name = _("home page")

    def serve(self, request, *args, **kwargs):
        from home.views.pages import show_home

        return show_home(request, self)

    def serve_preview(self, request, mode_name):
        from home.views.pages import show_public_home

        return show_public_home(request, self)


class StandardPage(PreviewAtPhoneWidth, Page):
    """A page of plain text: help, accessibility, contact, privacy.

    pii: none.
    """

    introduction = models.TextField(_("introduction"), blank=True)
    body = RichTextField(_("body"), features=["h2", "h3", "bold", "italic", "ul", "ol", "link", "document-link"])

    shows_register = models.BooleanField(
        _("show the register of personal data below"),
        default=False,
        help_text=_("What is held about people, why and how long, as the program itself keeps it."),
    )

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("shows_register"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    template = "home/standard_page.html"

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        if self.shows_register:
            context["data_classes"] = personal_data.classes()
        return context
