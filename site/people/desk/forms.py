from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.validators import RegexValidator
from django.utils import timezone
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


class NewUnitForm(forms.ModelForm):
    parent = forms.ModelChoiceField(
        Unit.objects.all(),
        label=_("Part of"),
        required=False,
        widget=UnitChooserViewSet().widget_class,
        help_text=_("The unit directly above. Leave empty for a unit that stands on its own."),
    )

    class Meta:
        model = Unit
        fields = ("code", "name", "short_name", "kind", "line", "active_from")
        widgets = {"active_from": AdminDateInput}
        error_messages = {"code": {"unique": _("Another unit has this code. Codes are never used twice.")}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["code", "name", "short_name", "parent", "kind", "line", "active_from"])
        self.fields["active_from"].initial = timezone.localdate()
        self.fields["active_from"].help_text = _("From this day on the unit exists and its people are counted.")

    def clean(self):
        data = super().clean()
        parent, start = data.get("parent"), data.get("active_from")
        if parent and start and start < parent.active_from:
            message = _("%(unit)s exists only from %(day)s on.")
            day = parent.active_from.strftime("%d/%m/%Y")
            self.add_error("active_from", message % {"unit": parent, "day": day})
        return data


class RenameUnitForm(forms.ModelForm):
    class Meta:
        model = Unit
        fields = ("name", "short_name")
        help_texts = {
            "name": _("Certificates and completions keep the name the unit had when they were written."),
        }


class GrantForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role)
    unit = forms.ModelChoiceField(
        Unit.objects.all(),
        label=_("On the unit"),
        widget=UnitChooserViewSet().widget_class,
        help_text=_("The role holds for this unit and everything below it."),
    )
