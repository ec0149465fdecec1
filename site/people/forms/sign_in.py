from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _

from people.forms.access_fields import name_field


class SignInForm(LoginForm):
    """One field for every name of an account; one message for every kind of failure, so that none can be guessed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = name_field()
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = {"autocomplete": "current-password", "required": True}
        self.fields.pop("remember", None)
        self.order_fields(["login", "password"])
