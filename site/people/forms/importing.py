"""The form a list is uploaded with."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from people.sheets.limits import MAX_BYTES


class UploadForm(forms.Form):
    """`units` are the units of the importer's scope as (id, indented name); administrators may leave it empty."""

    file = forms.FileField(
        label=_("List"),
        help_text=_("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV, up to 20 MB and 100,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )
    unit = forms.TypedChoiceField(
        label=_("For the unit"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Rows may name this unit and the units below it; rows that name no unit belong here."),
    )
    effective_on = forms.DateField(
        label=_("Effective date"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        help_text=_("From this day on the positions and moves of the list hold. What was before stays recorded."),
    )

    def __init__(self, *args, units: list[tuple[int, str]], may_import_all: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("All units"))] * may_import_all + units
        self.fields["unit"].required = not may_import_all

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB. Split it by unit."))
        return file

    @property
    def chosen_unit(self) -> Unit | None:
        pk = self.cleaned_data["unit"]
        return Unit.objects.get(pk=pk) if pk else None
