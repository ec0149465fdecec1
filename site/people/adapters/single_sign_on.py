from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings

from people.domain import single_sign_on


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Sign-in through the identity provider: finds the account HR opened, and opens none unless told to."""

    def pre_social_login(self, request, sociallogin):
        """Connects the provider's identity with the account of that staff number or verified work e-mail.

        Of what the provider tells, only its name for the person is kept.
        """
        claims = _claims(sociallogin.account.extra_data)
        if not sociallogin.is_existing:
            person = single_sign_on.account_for(claims)
            if person is not None:
                sociallogin.connect(request, person)
        sociallogin.account.extra_data = {}
        if sociallogin.account.pk:
            sociallogin.account.save(update_fields=["extra_data"])

    def list_apps(self, request, provider=None, client_id=None):
        """The provider stands in the settings; where there is none, no table is asked."""
        return super().list_apps(request, provider, client_id) if settings.OIDC else []

    def is_open_for_signup(self, request, sociallogin):
        return bool(settings.OIDC and settings.OIDC["creates_accounts"])

    def populate_user(self, request, sociallogin, data):
        single_sign_on.fill_in(sociallogin.user, _claims(sociallogin.account.extra_data))
        return sociallogin.user

    def save_user(self, request, sociallogin, form=None):
        person = super().save_user(request, sociallogin, form)
        single_sign_on.note_opened(person)
        return person


def _claims(extra_data: dict) -> dict:
    """What the provider says about the person; its answer to a direct question goes before the token."""
    return extra_data.get("id_token", {}) | extra_data.get("userinfo", {})
