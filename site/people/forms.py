from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """Sign-in by name or work e-mail; one message for every kind of failure, so that accounts cannot be guessed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Sign-in name or work e-mail")
        self.fields["login"].widget.attrs = {"autocomplete": "username", "autocapitalize": "none", "required": True}
        self.fields["password"].label = _("Password")
        self.fields["password"].widget.attrs = {"autocomplete": "current-password", "required": True}
        self.fields.pop("remember", None)
