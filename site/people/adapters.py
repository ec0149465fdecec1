from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from HR, never from the sign-in page: there is no open sign-up."""

    def is_open_for_signup(self, request):
        return False
