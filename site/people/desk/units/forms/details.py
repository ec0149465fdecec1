from django import forms
from django.utils.translation import gettext_lazy

from people.desk.choosers import PersonChooserViewSet
from people.models import Person


class HeadForm(forms.Form):
    head = forms.ModelChoiceField(
        Person.objects.filter(is_superuser=False),
        label=gettext_lazy("Head"),
        required=False,
        widget=PersonChooserViewSet().widget_class,
        help_text=gettext_lazy("Reads the training records of the unit and everything below it. May be left empty."),
    )


class AliasesForm(forms.Form):
    aliases = forms.CharField(
        label=gettext_lazy("Other names, one on each line"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Lists of staff that write the unit so are recognised, without regard to marks and case."
        ),
    )

    def clean_aliases(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["aliases"].splitlines()]
        too_long = next((line for line in lines if len(line) > 250), None)
        if too_long:
            raise forms.ValidationError(gettext_lazy("A name may have at most 250 characters."))
        return [line for line in lines if line]
