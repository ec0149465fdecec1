"""What the editor's screens of the room show beside plain fields."""

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.panels import Panel


class ConsentPanel(Panel):
    """Who still has to consent to the stored version of the story, and where to record it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "media/admin/consent_panel.html"

        def get_context_data(self, parent_context=None):
            from media.domain.consent import missing_for

            context = super().get_context_data(parent_context)
            missing = missing_for(self.instance, timezone.localdate()) if self.instance.pk else []
            return context | {
                "missing": missing,
                "record_url": reverse("consents:add"),
                "ask_url": reverse("consent_requests:add"),
                "story": self.instance,
            }


class LinkPanel(Panel):
    """The personal links made for this story, what became of them, and where to make one."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "media/admin/link_panel.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            links = self.instance.links.all() if self.instance.pk else []
            return context | {"links": links, "make_url": reverse("story_links:add"), "story": self.instance}
