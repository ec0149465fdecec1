"""Passing a directive on: to units below, or to the people of a unit."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.assigning.forms import UnitChoices
from people.forms.fields import DayField, UnitField
from people.models import Person, Unit
from people.queries import kept_units_for
from people.unit_tree import tree_of


class SendDownForm(forms.Form):
    units = forms.TypedMultipleChoiceField(label=_("To the units"), coerce=int, widget=UnitChoices)
    confirm_by = DayField(label=_("To be confirmed by"), required=False)

    def __init__(self, *args, viewer: Person, **kwargs):
        super().__init__(*args, auto_id="gui_%s", **kwargs)
        nodes = tree_of(kept_units_for(viewer), timezone.localdate()).open_units()
        self.fields["units"].choices = [(node.pk, node.name) for node in nodes]
        self.fields["units"].widget.depths = {str(node.pk): node.depth for node in nodes}
        self.fields["from_unit"] = UnitField(viewer=viewer, label=_("From the unit"), required=False)

    def chosen(self) -> list[Unit]:
        found = Unit.objects.in_bulk(self.cleaned_data["units"])
        sender = self.cleaned_data["from_unit"]
        return [found[pk] for pk in self.cleaned_data["units"] if sender is None or pk != sender.pk]


class HandOutForm(forms.Form):
    with_subtree = forms.BooleanField(label=_("With all units below"), required=False)
    confirm_by = DayField(label=_("To be confirmed by"), required=False)

    def __init__(self, *args, viewer: Person, **kwargs):
        super().__init__(*args, auto_id="phat_%s", **kwargs)
        self.fields["unit"] = UnitField(viewer=viewer, label=_("To everybody in"))
        self.order_fields(["unit", "with_subtree", "confirm_by"])
