"""What may be typed on the screens that follow an examination."""

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminDateInput

from people.models import Person
from quizzes.domain.accommodations import Terms
from quizzes.enums import Decision
from quizzes.kinds.texts import in_language
from quizzes.models import Attempt, QuestionVersion, Quiz

_STEM_LETTERS = 90


class PersonField(forms.CharField):
    """A person by staff number or sign-in name, typed in full: authors do not browse the staff."""

    def __init__(self, **kwargs):
        help_text = gettext_lazy("Staff number or sign-in name, in full.")
        super().__init__(**{"max_length": 150, "help_text": help_text} | kwargs)

    def clean(self, value):
        typed = super().clean(value)
        found = Person.objects.filter(Q(staff_number=typed) | Q(username=typed), is_active=True)
        person = found.first() if typed else None
        if typed and (person is None or found.count() > 1):
            raise forms.ValidationError(_("Nobody with this staff number or sign-in name was found."))
        return person


def reason_field():
    return forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("It is kept and logged.")
    )


class ReopenForm(forms.Form):
    minutes = forms.IntegerField(label=gettext_lazy("Minutes from now"), min_value=5, max_value=7 * 24 * 60, initial=30)
    reason = reason_field()
    approved_by = PersonField(label=gettext_lazy("Approved by"))


class MarkAgainForm(forms.Form):
    reason = reason_field()
    approved_by = PersonField(label=gettext_lazy("Approved by"))


class AccommodationForm(forms.Form):
    person = PersonField(label=gettext_lazy("For whom"))
    minutes = forms.IntegerField(label=gettext_lazy("Extra minutes"), min_value=0, max_value=600, initial=0)
    attempts = forms.IntegerField(label=gettext_lazy("Extra attempts"), min_value=0, max_value=20, initial=0)
    valid_from = forms.DateField(label=gettext_lazy("From"), widget=AdminDateInput, initial=timezone.localdate)
    valid_until = forms.DateField(label=gettext_lazy("Until"), widget=AdminDateInput)
    reason = reason_field()
    approved_by = PersonField(label=gettext_lazy("Approved by"))

    def granted(self) -> tuple[Person, Terms]:
        data = dict(self.cleaned_data)
        return data.pop("person"), Terms(**data)


class RulingForm(forms.Form):
    """Which version, what is decided, and for another key: from which version it is taken."""

    version = forms.ModelChoiceField(
        QuestionVersion.objects.none(), label=gettext_lazy("Question as it was examined"), empty_label=None
    )
    decision = forms.ChoiceField(label=gettext_lazy("Decision"), choices=Decision, widget=forms.RadioSelect)
    key_version = forms.ModelChoiceField(
        QuestionVersion.objects.none(),
        label=gettext_lazy("Version with the right key"),
        required=False,
        help_text=gettext_lazy(
            "Only for another key: first correct the question, which makes a new version, then choose it here."
        ),
    )
    reason = reason_field()
    approved_by = PersonField(label=gettext_lazy("Approved by"))

    def __init__(self, *args, quiz: Quiz, **kwargs):
        super().__init__(*args, **kwargs)
        examined = kept_versions(quiz)
        self.fields["version"].queryset = examined
        later = QuestionVersion.objects.filter(question__versions__in=examined).distinct()
        self.fields["key_version"].queryset = later.select_related("question").order_by("question__code", "-number")
        for name in ("version", "key_version"):
            self.fields[name].label_from_instance = version_in_words


def kept_versions(quiz: Quiz):
    """The versions that papers of the quiz have, newest papers first looked at; by code."""
    ids: set[int] = set()
    papers = Attempt.objects.filter(quiz=quiz).order_by("-pk").values_list("paper", flat=True)
    for paper in papers.iterator(chunk_size=500):
        ids |= {slot["version"] for slot in paper["slots"]}
    return QuestionVersion.objects.filter(pk__in=ids).select_related("question").order_by("question__code", "number")


def version_in_words(version: QuestionVersion) -> str:
    stem = in_language(version.content["stem"], get_language() or "vi")
    cut = stem if len(stem) <= _STEM_LETTERS else f"{stem[:_STEM_LETTERS]}…"
    return _("%(code)s, version %(number)s: %(stem)s") % {
        "code": version.question.code,
        "number": version.number,
        "stem": cut,
    }
