from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from people.desk.choosers import UnitChooserViewSet
from people.enums import Role
from people.models import Person, Unit

PERSON_FIELDS = ("username", "full_name", "staff_number", "work_email", "phone", "form_of_address")


class PersonForm(forms.ModelForm):
    """An account's own data. Positions come from HR, roles and the password have screens of their own."""

    class Meta:
        model = Person
        fields = PERSON_FIELDS
        help_texts = {
            "full_name": _("As in the staff records: family name first, given name last."),
            "staff_number": _("The number by which staff records and imports know the person."),
            "work_email": _("Also a way to sign in. Many have none: leave it empty then."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        username = self.fields["username"]
        username.help_text = _("Letters without marks, digits and . - _ only.")
        username.validators.append(RegexValidator(r"^[A-Za-z0-9._-]+\Z", username.help_text))

    def clean_username(self):
        """Sign-in does not distinguish capitals, so neither may names."""
        username = self.cleaned_data["username"]
        if self._others().filter(username__iexact=username).exists():
            raise forms.ValidationError(_("This sign-in name is taken."))
        return username

    def clean_staff_number(self):
        number = self.cleaned_data["staff_number"]
        holder = self._others().filter(staff_number=number).first() if number else None
        if holder:
            raise forms.ValidationError(_("%(person)s has this staff number already.") % {"person": holder})
        return number

    def clean_work_email(self):
        address = self.cleaned_data["work_email"]
        holder = self._others().filter(work_email__iexact=address).first() if address else None
        if holder:
            raise forms.ValidationError(_("%(person)s has this e-mail address already.") % {"person": holder})
        return address

    def _others(self):
        return Person.objects.exclude(pk=self.instance.pk)


class PasswordForm(SetPasswordForm):
    """A password given by an administrator, checked by the same validators as everybody's own."""


class GrantForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role)
    unit = forms.ModelChoiceField(
        Unit.objects.all(),
        label=_("On the unit"),
        widget=UnitChooserViewSet().widget_class,
        help_text=_("The role holds for this unit and everything below it."),
    )
    valid_from = forms.DateField(
        label=_("Holds from"), required=False, widget=AdminDateInput, help_text=_("Leave empty for at once.")
    )
    valid_to = forms.DateField(
        label=_("Holds no longer from"), required=False, widget=AdminDateInput, help_text=_("Leave empty for no end.")
    )
