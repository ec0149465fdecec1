from django import forms
from django.core.validators import FileExtensionValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.snippets.widgets import AdminSnippetChooser

from media import wording
from media.domain import consent as consents
from media.domain import consent_requests
from media.enums import Channel, ConsentMeans, ConsentScope, ExemplarKind
from media.models import Consent, ConsentRequest, Exemplar, StoryPage
from shared.errors import DomainError
from shared.forms import DayField

LARGEST_EVIDENCE = 10 * 1024 * 1024
SCOPES_ASKED = {
    ConsentScope.NAMES: _("My name may be shown"),
    ConsentScope.POSITION: _("My position and unit may be shown"),
    ConsentScope.PORTRAIT: _("Pictures of me may be shown"),
    ConsentScope.STORY: _("My story may be told"),
}
CHANNELS_ASKED = {
    Channel.SITE: _("On this site"),
    Channel.SOCIAL: _("On social networks"),
    Channel.PRINT: _("In print"),
}


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


class ConsentAnswerForm(forms.Form):
    """The answer of the person asked: a box for each thing asked for, none of them ticked beforehand."""

    expires_on = DayField(
        label=_("My consent holds until"),
        required=False,
        help_text=_("The last day. Empty: until it is withdrawn."),
    )
    given_by = forms.CharField(label=_("Full name, as a signature"), max_length=160, required=False)
    confirmed = forms.BooleanField(
        label=_("I have read the wording above and sign it."),
        error_messages={"required": _("Tick that the wording has been read, then sign.")},
    )

    def __init__(self, *args, asked, signs_by_name: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.scope_fields = [self._box(scope.value, SCOPES_ASKED[scope]) for scope in asked.scopes]
        self.channel_fields = [self._box(f"on_{channel.value}", CHANNELS_ASKED[channel]) for channel in asked.channels]
        self.fields["expires_on"].initial = asked.expires_on
        if signs_by_name:
            self.fields["given_by"].required = True
            if asked.exemplar.kind == ExemplarKind.CHILD:
                self.fields["given_by"].label = _("Full name of the guardian, as a signature")
        else:
            del self.fields["given_by"]

    def _box(self, name: str, label) -> str:
        self.fields[name] = forms.BooleanField(label=label, required=False)
        return name

    def scope_boxes(self):
        return [self[name] for name in self.scope_fields]

    def channel_boxes(self):
        return [self[name] for name in self.channel_fields]

    def clean(self):
        data = super().clean()
        if not any(data.get(name) for name in self.scope_fields):
            raise forms.ValidationError(_("Tick at least one thing that may be shown, or decline."))
        if not any(data.get(name) for name in self.channel_fields):
            raise forms.ValidationError(_("Tick at least one place where it may be shown, or decline."))
        return data

    def clean_expires_on(self):
        day = self.cleaned_data["expires_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose a later one, or leave it empty."))
        if self.asked.expires_on and (day is None or day > self.asked.expires_on):
            return self.asked.expires_on  # never longer than what was asked for
        return day

    @property
    def scopes(self) -> list[ConsentScope]:
        return [ConsentScope(name) for name in self.scope_fields if self.cleaned_data.get(name)]

    @property
    def channels(self) -> list[Channel]:
        return [Channel(name.removeprefix("on_")) for name in self.channel_fields if self.cleaned_data.get(name)]


class ConsentRequestForm(forms.ModelForm):
    """The press office asks somebody; the boxes here only say what they will be asked."""

    class Meta:
        model = ConsentRequest
        fields = (
            "exemplar",
            "story",
            "names",
            "position",
            "portrait",
            "story_told",
            "on_site",
            "on_social",
            "on_print",
            "expires_on",
            "email",
        )
        widgets = {
            "exemplar": AdminSnippetChooser(Exemplar),
            "expires_on": AdminDateInput,
            "story": forms.Select,
        }
        labels = {
            "names": _("Ask to show the name"),
            "position": _("Ask to show position and unit"),
            "portrait": _("Ask to show pictures of them"),
            "story_told": _("Ask to tell their story"),
            "on_site": _("On this site"),
            "on_social": _("On social networks"),
            "on_print": _("In print"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["story"].queryset = StoryPage.objects.order_by("-latest_revision_created_at", "-pk")

    def clean(self):
        data = super().clean()
        exemplar = data.get("exemplar")
        if exemplar and not exemplar.person_id and not data.get("email"):
            self.add_error(
                "email",
                _("This person has no account here. Give an e-mail address for the link, or use a paper form."),
            )
        return data

    def ask(self, actor) -> ConsentRequest:
        data = self.cleaned_data
        return consent_requests.ask(
            data["exemplar"],
            actor=actor,
            scopes=[scope for scope in ConsentScope if data.get(_asked_field(scope))],
            channels=[channel for channel in Channel if data.get(f"on_{channel.value}")],
            story=data["story"],
            expires_on=data["expires_on"],
            email=data["email"],
        )


def _asked_field(scope: ConsentScope) -> str:
    return "story_told" if scope == ConsentScope.STORY else scope.value
