from django import forms
from django.core.validators import FileExtensionValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.snippets.widgets import AdminSnippetChooser

from media import wording
from media.domain import consent as consents
from media.enums import Channel, ConsentMeans, ConsentScope
from media.models import Consent, Exemplar
from shared.errors import DomainError

LARGEST_EVIDENCE = 10 * 1024 * 1024


class ConsentForm(forms.ModelForm):
    """Records a consent signed on paper. No box is ever ticked beforehand: the editor copies the paper."""

    class Meta:
        model = Consent
        fields = (
            "exemplar",
            "given_by",
            *(scope.value for scope in ConsentScope),
            *(f"on_{channel.value}" for channel in Channel),
            "obtained_on",
            "expires_on",
            "evidence",
            "text_version",
            "text_shown",
        )
        widgets = {
            "exemplar": AdminSnippetChooser(Exemplar),
            "obtained_on": AdminDateInput,
            "expires_on": AdminDateInput,
        }
        labels = {
            "names": _("May show the name"),
            "position": _("May show position and unit"),
            "portrait": _("May show pictures of them"),
            "story": _("May tell their story"),
            "on_site": _("On this site"),
            "on_social": _("On social networks"),
            "on_print": _("In print"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text_version"].initial = wording.VERSION
        self.fields["text_shown"].initial = wording.TEXT
        self.fields["evidence"].validators.append(FileExtensionValidator(["pdf", "jpg", "jpeg", "png"]))
        self.fields["evidence"].help_text = _("The signed paper: PDF, JPG or PNG, at most 10 MB.")

    def clean_evidence(self):
        evidence = self.cleaned_data["evidence"]
        if evidence and evidence.size > LARGEST_EVIDENCE:
            raise forms.ValidationError(_("This file is larger than 10 MB. Scan it in a lower resolution."))
        return evidence

    def clean(self):
        data = super().clean()
        try:
            consents.check_record(
                self._ticked_scopes(),
                self._ticked_channels(),
                data.get("text_shown") or "",
                data.get("obtained_on") or timezone.localdate(),
                data.get("expires_on"),
            )
        except DomainError as problem:
            raise forms.ValidationError(problem.message) from problem
        return data

    def record(self, actor) -> Consent:
        """Through the domain, which writes the log entry in the same transaction."""
        copied = (
            "exemplar",
            "given_by",
            "obtained_on",
            "expires_on",
            "evidence",
            "text_version",
            "text_shown",
        )
        return consents.record_consent(
            actor=actor,
            scopes=self._ticked_scopes(),
            channels=self._ticked_channels(),
            obtained_how=ConsentMeans.PAPER,
            **{name: self.cleaned_data[name] for name in copied},
        )

    def _ticked_scopes(self) -> list[ConsentScope]:
        return [scope for scope in ConsentScope if self.cleaned_data.get(scope.value)]

    def _ticked_channels(self) -> list[Channel]:
        return [channel for channel in Channel if self.cleaned_data.get(f"on_{channel.value}")]
