from django import forms
from wagtail.admin.widgets import AdminDateInput
from wagtail.images.widgets import AdminImageChooser

from media.domain import exemptions
from media.models import PictureExemption


class PictureExemptionForm(forms.ModelForm):
    """A named approver says that a picture of a public event may be shown without asking everybody in it."""

    class Meta:
        model = PictureExemption
        fields = ("photograph", "event", "event_place", "event_on", "reason")
        widgets = {"photograph": AdminImageChooser, "event_on": AdminDateInput}

    def grant(self, actor) -> PictureExemption:
        return exemptions.grant(actor=actor, **self.cleaned_data)
