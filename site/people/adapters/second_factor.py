from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.domain import access
from people.sign_in import second_factor
from shared import secrecy


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are encrypted in the database, and where one is required the last one stays."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code is not right. Codes change every half minute."),
        "cannot_delete_authenticator": _(
            "This is the only second factor of the account, which needs one. Another one has to be added first."
        ),
    }

    def is_mfa_enabled(self, user, types=None):
        """What was found with the account at the door is not asked for again."""
        if types is not None and set(types) == set(second_factor.REAL_FACTORS) and hasattr(user, "has_factor"):
            return user.has_factor
        return super().is_mfa_enabled(user, types)

    def encrypt(self, text):
        return secrecy.encrypt(_key(), text)

    def decrypt(self, encrypted_text):
        return secrecy.decrypt(_key(), encrypted_text)

    def can_delete_authenticator(self, authenticator):
        """The last one stays where it is required, or where the password is too short to stand alone."""
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=second_factor.REAL_FACTORS)
        if others.exclude(pk=authenticator.pk).exists():
            return True
        person = authenticator.user
        return not (second_factor.is_required_of(person) or access.has_short_password(person))

    def get_totp_label(self, user):
        return user.username

    def get_totp_issuer(self):
        return settings.SITE_NAME

    def generate_authenticator_name(self, user, type):
        """What a passkey is called until its owner names it."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": settings.SITE_NAME}

    def get_public_key_credential_user_entity(self, user):
        return super().get_public_key_credential_user_entity(user) | {"name": user.username}


def _key() -> bytes:
    return secrecy.derive("second factors")
