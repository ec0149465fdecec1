from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.domain import units
from people.models import Person, Unit

from .base import ChangeForm, unit_field


class RenameForm(ChangeForm):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=250,
        help_text=gettext_lazy("Certificates and completions keep the name the unit had when they were written."),
    )
    short_name = forms.CharField(label=gettext_lazy("Short name"), max_length=120, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial = {"name": self.unit.name, "short_name": self.unit.short_name} | self.initial

    def clean(self):
        data = super().clean()
        if (data.get("name"), data.get("short_name")) == (self.unit.name, self.unit.short_name):
            self.add_error("name", _("The unit is called so already."))
        return data

    def carry_out(self, actor: Person) -> None:
        data = self.cleaned_data
        units.rename_unit(self.unit, data["name"], data["short_name"], **self.decided(actor))


class MoveForm(ChangeForm):
    parent = unit_field(
        gettext_lazy("Part of"), gettext_lazy("The unit directly above from that day on."), required=False
    )
    on_its_own = forms.BooleanField(
        label=gettext_lazy("The unit stands on its own"),
        required=False,
        help_text=gettext_lazy("Tick this instead of choosing a unit above."),
    )

    def clean(self):
        data = super().clean()
        if "parent" in data and bool(data["parent"]) == bool(data.get("on_its_own")):
            self.add_error("parent", _("Choose either the unit above or that this one stands on its own."))
        return data

    def beside(self) -> list[Unit | None]:
        return [self.cleaned_data["parent"]]

    def carry_out(self, actor: Person) -> None:
        units.move_unit(self.unit, self.cleaned_data["parent"], **self.decided(actor))
