"""allauth's forms about passwords and letters, in our words."""

from allauth.account import forms as allauth
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.forms.access_fields import as_code_field, as_password_field
from people.passwords import shortest_password


def password_help(person) -> str:
    return gettext(
        "At least %(count)d characters; several words in a row are easy to remember. Not the name, staff number, "
        "telephone or e-mail address."
    ) % {"count": shortest_password(person)}


class _ChoosesPassword:
    """A form with a password typed twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        as_password_field(self.fields["password1"], _("New password"), new=True, help_text=password_help(self.user))
        as_password_field(self.fields["password2"], _("New password once more"), new=True)


class ChangePasswordForm(_ChoosesPassword, allauth.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        as_password_field(self.fields["oldpassword"], _("Current password"), new=False)


class SetPasswordForm(_ChoosesPassword, allauth.SetPasswordForm):
    pass


class NewPasswordForm(_ChoosesPassword, allauth.ResetPasswordKeyForm):
    pass


class ForgottenPasswordForm(allauth.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _as_address(self.fields["email"])


class ConfirmByPasswordForm(allauth.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        as_password_field(self.fields["password"], _("Password"), new=False)


class RequestCodeForm(allauth.RequestLoginCodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _as_address(self.fields["email"])


class ConfirmCodeForm(allauth.ConfirmLoginCodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        as_code_field(self.fields["code"], _("Code from the letter"))


def _as_address(field):
    field.label = _("Work e-mail")
    field.widget.attrs = {"autocomplete": "email", "autocapitalize": "none", "inputmode": "email"}
