from allauth.account.adapter import DefaultAccountAdapter

from people import language


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from HR, never from the sign-in page: there is no open sign-up."""

    def is_open_for_signup(self, request):
        return False

    def post_login(self, request, user, **kwargs):
        """The account's language follows its owner to every computer; without a choice the browser's stays."""
        response = super().post_login(request, user, **kwargs)
        if language.is_offered(user.language):
            language.remember(response, user.language)
        return response
