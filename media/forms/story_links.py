from django import forms
from wagtail.admin.widgets import AdminDateTimeInput

from media.domain import story_links
from media.enums import LinkPurpose
from media.models import StoryLink, StoryPage


class StoryLinkForm(forms.ModelForm):
    """For whom, what for, and until when."""

    class Meta:
        model = StoryLink
        fields = ("story", "purpose", "name", "role", "email", "expires_at")
        widgets = {"story": forms.Select, "purpose": forms.RadioSelect, "expires_at": AdminDateTimeInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["story"].queryset = StoryPage.objects.order_by("-latest_revision_created_at", "-pk")
        self.fields["purpose"].choices = LinkPurpose.choices

    def make(self, actor) -> StoryLink:
        data = dict(self.cleaned_data)
        return story_links.make(data.pop("story"), actor=actor, **data | {"purpose": LinkPurpose(data["purpose"])})
