"""The room's pages outside the Wagtail admin: one's own account, and the HR desk for people."""

from people.views.account import account_page

__all__ = ["account_page"]
