"""Where allauth asks us: accounts, second factors, single sign-on."""

from people.adapters.account import AccountAdapter
from people.adapters.second_factor import SecondFactorAdapter
from people.adapters.single_sign_on import SingleSignOnAdapter

__all__ = ["AccountAdapter", "SecondFactorAdapter", "SingleSignOnAdapter"]
