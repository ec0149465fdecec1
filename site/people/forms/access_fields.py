"""Fields that the forms for getting in share."""

from django import forms
from django.utils.translation import gettext_lazy as _


def name_field() -> forms.CharField:
    """Any name of an account."""
    return forms.CharField(
        label=_("Sign-in name, staff number, work e-mail or phone"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )


def as_code_field(field: forms.Field, label, *, digits: bool = False, help_text="") -> None:
    """Turns a field of allauth's into one for a code: telephones show digits and offer codes from letters."""
    field.label, field.help_text = label, help_text
    field.widget.attrs = {
        "autocomplete": "one-time-code",
        "autocapitalize": "characters",
        "inputmode": "numeric" if digits else "text",
        "spellcheck": "false",
        "class": "code-field",
    }


def as_password_field(field: forms.Field, label, *, new: bool, help_text="") -> None:
    field.label, field.help_text = label, help_text
    field.widget.attrs = {"autocomplete": "new-password" if new else "current-password"}
