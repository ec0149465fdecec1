"""Fields the HR desk's forms share: days, a unit of one's scope, a phone."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from people.queries import kept_units_for
from people.sign_in.accounts import phone_digits
from people.unit_tree import tree_of
from shared.forms import DayField, TextField

__all__ = ["DayField", "PhoneField", "TextField", "UnitField"]


class UnitField(forms.TypedChoiceField):
    """A unit the viewer keeps, as a tree of choices. A unit outside is as unknown as one that does not exist."""

    default_error_messages = {"invalid_choice": _("Choose a unit of your scope.")}

    def __init__(self, *, viewer, **kwargs):
        units = tree_of(kept_units_for(viewer), timezone.localdate()).open_units()
        choices = [("", "—"), *((str(node.pk), node.indented) for node in units)]
        super().__init__(choices=choices, coerce=lambda pk: Unit.objects.get(pk=pk), empty_value=None, **kwargs)


class PhoneField(forms.CharField):
    """A telephone number, kept as digits beginning with 0."""

    def clean(self, value):
        typed = super().clean(value)
        digits = phone_digits(typed) if typed else ""
        if typed and not digits:
            raise forms.ValidationError(_("Give a telephone number with 9 to 11 digits, beginning with 0."))
        return digits
