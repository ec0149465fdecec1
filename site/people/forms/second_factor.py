"""allauth's forms about second factors, in our words."""

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

from people.forms.access_fields import as_code_field


class SecondFactorForm(base.AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        as_code_field(self.fields["code"], _("Code from the app, or a recovery code"), digits=True)


class ConfirmBySecondFactorForm(base.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        as_code_field(self.fields["code"], _("Code from the app, or a recovery code"), digits=True)


class ActivateTOTPForm(totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        as_code_field(self.fields["code"], _("The six digits the app shows now"), digits=True)


class _NamesPasskey:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What to call it")
        self.fields["name"].help_text = _("For example “Office computer” or “My telephone”.")
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs = {"maxlength": 60}


class AddPasskeyForm(_NamesPasskey, webauthn.AddWebAuthnForm):
    """Passkeys are made so that they can stand in for the password: they ask for a fingerprint, face or PIN."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "passwordless" in self.fields:
            self.fields["passwordless"].label = _("Also sign in with it without a password")
            self.fields["passwordless"].help_text = _("Asks for fingerprint, face or PIN on the device.")
            self.fields["passwordless"].initial = True


class RenamePasskeyForm(_NamesPasskey, webauthn.EditWebAuthnForm):
    pass
