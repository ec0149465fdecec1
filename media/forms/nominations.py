"""Nominating, and the council's papers. There is no form for telling anything bad about anybody."""

from pathlib import Path

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from media import queries
from media.enums import NominationKind, Pillar, VoteValue
from media.models import EmulationLevel, EmulationSlogan, Nomination
from people.models import Person, Unit
from people.queries import people_in_subtree, reviewed_units_for
from people.unit_tree import tree_of
from shared.forms import DayField, TextField

MOST_FILES, LARGEST_FILE = 10, 10 * 1024 * 1024
FILE_KINDS = {".pdf", ".jpg", ".jpeg", ".png", ".docx", ".xlsx"}


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Up to ten files of at most 10 MB; each that does not fit is named."""

    widget = SeveralFilesInput

    def clean(self, data, initial=None):
        files = [super(SeveralFilesField, self).clean(one) for one in data or []]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("At most %(count)s files.") % {"count": MOST_FILES})
        faults = [_("%(file)s: larger than 10 MB.") % {"file": file.name} for file in files if file.size > LARGEST_FILE]
        faults += [
            _("%(file)s: only PDF, JPG, PNG, DOCX or XLSX.") % {"file": file.name}
            for file in files
            if Path(file.name).suffix.lower() not in FILE_KINDS
        ]
        if faults:
            raise forms.ValidationError(faults)
        return files


class NominationForm(forms.ModelForm):
    """A unit puts a person, a worker, a collective or a good model forward."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=lambda pk: Unit.objects.get(pk=pk), empty_value=None)
    staff_number = TextField(
        label=_("Staff number of the nominee"),
        required=False,
        help_text=_("Or of the collective's representative. They are told on this platform at once."),
    )
    told_offline_on = DayField(
        label=_("Told in person on"),
        required=False,
        help_text=_("Only for nominees without an account here: the day on which they were told and could say no."),
    )
    pillars = forms.MultipleChoiceField(
        label=_("Pillars of service culture"), choices=Pillar, widget=forms.CheckboxSelectMultiple
    )
    evidence = SeveralFilesField(
        label=_("Evidence"), required=False, help_text=_("PDF, JPG, PNG, DOCX or XLSX; at most 10 files of 10 MB.")
    )

    class Meta:
        model = Nomination
        fields = ("unit", "kind", "display_name", "position_title", "achievement", "pillars", "level", "slogan")
        widgets = {"kind": forms.RadioSelect, "achievement": forms.Textarea(attrs={"rows": 8})}
        labels = {"display_name": _("Name of the person, the collective or the model")}
        help_texts = {"achievement": _("What was done, for whom, and what changed. Facts and figures, no praise.")}

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        units = tree_of(queries.nominating_units_for(viewer).distinct(), timezone.localdate()).open_units()
        self.fields["unit"].choices = [("", "—"), *((str(node.pk), node.indented) for node in units)]
        self.fields["kind"].choices = NominationKind.choices
        self.fields["level"].queryset = EmulationLevel.objects.filter(is_active=True)
        self.fields["slogan"].queryset = EmulationSlogan.objects.filter(is_active=True)

    def clean(self):
        data = super().clean()
        number, unit = data.get("staff_number"), data.get("unit")
        data["person"] = None
        if number and unit:
            data["person"] = self._person(number, unit)
            if data["person"] is None:
                self.add_error("staff_number", _("Nobody with this staff number is posted in the unit."))
        elif not data.get("told_offline_on"):
            self.add_error(
                "staff_number", _("Give the staff number, or the day on which the nominee was told in person.")
            )
        return data

    def _person(self, number: str, unit) -> Person | None:
        return people_in_subtree(unit, timezone.localdate()).filter(staff_number=number).first()

    @property
    def facts(self) -> dict:
        names = ("kind", "display_name", "position_title", "achievement", "pillars", "level", "slogan")
        return {name: self.cleaned_data[name] for name in (*names, "person", "told_offline_on")}


class SessionForm(forms.Form):
    """Calls a meeting of the council."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=lambda pk: Unit.objects.get(pk=pk), empty_value=None)
    title = TextField(label=_("Title"), max_length=200, help_text=_("For example: first round of the year 2026."))
    held_on = DayField(label=_("Day of the meeting"))

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        units = tree_of(reviewed_units_for(viewer), timezone.localdate()).open_units()
        self.fields["unit"].choices = [(str(node.pk), node.indented) for node in units]


class MinutesForm(forms.Form):
    minutes = forms.CharField(
        label=pgettext_lazy("council", "Minutes"),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Who was there, what was said, how it was decided."),
    )
    minutes_file = forms.FileField(label=_("Signed minutes (PDF)"), required=False)

    def clean_minutes_file(self):
        file = self.cleaned_data["minutes_file"]
        if file and (Path(file.name).suffix.lower() != ".pdf" or file.size > LARGEST_FILE):
            raise forms.ValidationError(_("The signed minutes are a PDF of at most 10 MB."))
        return file


class VoteForm(forms.Form):
    value = forms.ChoiceField(choices=VoteValue)


class DecisionForm(forms.Form):
    """The facts of the decision; needed when the votes recognise the nominee."""

    level = forms.ModelChoiceField(label=_("Level"), queryset=EmulationLevel.objects.filter(is_active=True))
    award_form = TextField(label=_("Form of the award"), max_length=150, required=False)
    decision_number = TextField(label=_("Decision number"), max_length=60, required=False)
    decided_on = DayField(label=_("Date of the decision"), required=False)
    issuer = TextField(label=_("Issued by"), max_length=200, required=False)
