from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.domain import access, activation
from people.forms.access_fields import as_code_field, as_password_field, name_field
from people.forms.passwords import password_help
from people.sign_in.accounts import find_account


class ActivationForm(forms.Form):
    """Name and code of a slip. Wrong tries count like wrong passwords, and the message is one for all failures."""

    name = name_field()
    code = forms.CharField(max_length=40)

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        as_code_field(self.fields["code"], _("One-time code"), help_text=_("Ten letters and digits, from the slip."))

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        adapter = get_adapter(self.request)
        person = self.request.account_asked_for = find_account(data["name"])
        adapter.pre_authenticate(self.request, username=data["name"])
        self.code = activation.find_code(person, data["code"])
        if self.code is None:
            raise ValidationError(_("The sign-in name or code is not right, or the code has been used or has run out."))
        adapter._rollback_login_failed_rl_usage()
        return data


class FirstPasswordForm(forms.Form):
    """A password typed twice."""

    password1 = forms.CharField(strip=False, widget=forms.PasswordInput)
    password2 = forms.CharField(strip=False, widget=forms.PasswordInput)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        as_password_field(self.fields["password1"], _("New password"), new=True, help_text=password_help(user))
        as_password_field(self.fields["password2"], _("New password once more"), new=True)

    def clean_password1(self):
        password = self.cleaned_data["password1"]
        access.validate_password(self.user, password)
        return password

    def clean(self):
        data = super().clean()
        if data.get("password1") and data.get("password2") and data["password1"] != data["password2"]:
            self.add_error("password2", _("The two passwords are not the same."))
        return data
