"""Forms about personal data: asking, answering, erasing, the table of holidays."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.enums import RequestKind
from people.forms.fields import DayField, TextField
from people.models import SpecialDay

_LONGEST = 2000


class DataRequestForm(forms.Form):
    """What a person asks for about their own data."""

    kind = forms.ChoiceField(label=_("What is asked for"), choices=RequestKind, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("In your own words"),
        help_text=_("What exactly, and why. Needed for a correction and for an objection."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=_LONGEST,
        required=False,
    )


class AnswerForm(forms.Form):
    """The answer to a request, or a note to its log."""

    text = forms.CharField(
        label=_("Answer"),
        help_text=_("The person reads this: what was done, or why it was not."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=_LONGEST,
    )


class EraseForm(forms.Form):
    """The last question before an erasure: the name typed out."""

    confirmed_name = TextField(label=_("Type the person's full name to confirm"), max_length=120)

    def __init__(self, *args, person, **kwargs):
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_confirmed_name(self):
        typed = self.cleaned_data["confirmed_name"]
        if typed != self.person.full_name:
            raise forms.ValidationError(_("This is not the name of the person whose data would be erased."))
        return typed


class SpecialDayForm(forms.ModelForm):
    """A public holiday, or a weekend day worked in exchange for one."""

    day = DayField(label=_("Day"))
    occasion = TextField(label=_("Occasion"), max_length=120, help_text=_("For example: Tết Nguyên đán."))

    class Meta:
        model = SpecialDay
        fields = ("day", "occasion", "is_worked")
