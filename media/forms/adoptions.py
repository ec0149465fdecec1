from pathlib import Path

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media import queries
from media.forms.nominations import FILE_KINDS, LARGEST_FILE
from people.models import Unit
from people.unit_tree import tree_of


class AdoptionForm(forms.Form):
    """What a unit did after a story's example, without anybody's name, and the proof."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=lambda pk: Unit.objects.get(pk=pk), empty_value=None)
    text = forms.CharField(
        label=_("What was done"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What was taken over, since when, and what changed. No names of people."),
    )
    proof = forms.FileField(label=_("Proof"), help_text=_("PDF, JPG, PNG or DOCX of at most 10 MB."))

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        units = tree_of(queries.nominating_units_for(viewer).distinct(), timezone.localdate()).open_units()
        self.fields["unit"].choices = [(str(node.pk), node.indented) for node in units]

    def clean_proof(self):
        file = self.cleaned_data["proof"]
        if file.size > LARGEST_FILE or Path(file.name).suffix.lower() not in FILE_KINDS - {".xlsx"}:
            raise forms.ValidationError(_("The proof is a PDF, JPG, PNG or DOCX of at most 10 MB."))
        return file
