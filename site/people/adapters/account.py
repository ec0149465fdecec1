import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from people import language
from people.domain import access, audit
from people.sign_in import tries
from people.sign_in.accounts import find_account

RESTING = "resting_account"  # session key: whose right password was given for an account that rests


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from HR, never from the sign-in page: there is no open sign-up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The sign-in name or password is not right. Please check both."),
        "too_many_login_attempts": _(
            "Sign-in is locked for a while after too many failed attempts. Please try again after %(minutes)d "
            "minutes or ask the HR officer of the unit."
        ),
        "incorrect_code": _("The code is not right."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The current password is not right."),
        "rate_limited": _("That was too often in a short time. Please wait a few minutes."),
        "account_inactive": _("This account is closed. The HR officer of the unit can tell more."),
    }

    def is_open_for_signup(self, request):
        return False

    # --- Attempts, and how many --------------------------------------------------------------------------

    def authenticate(self, request, **credentials):
        """Counts attempts by account, whichever of its names was typed."""
        request.account_asked_for = find_account(credentials.get("username") or credentials.get("email"))
        return super().authenticate(request, **credentials)

    def pre_authenticate(self, request, **credentials):
        """Counts this try as a failed one; `authenticate` takes that back where it was none."""
        self._login_failed_rl_usage = tries.count(request, self._get_login_attempts_cache_key(request, **credentials))
        if not self._login_failed_rl_usage:
            self._note_lock(request)
            raise self.validation_error("too_many_login_attempts")

    def validation_error(self, code, *args):
        if code == "too_many_login_attempts":
            text = self.error_messages[code] % {"minutes": settings.SIGN_IN_LOCK_MINUTES}
            return ValidationError(text, code=code)
        return super().validation_error(code, *args)

    def _get_login_attempts_cache_key(self, request, **credentials):
        typed = credentials.get("username") or credentials.get("email") or ""
        asked_for = request.account_asked_for if hasattr(request, "account_asked_for") else find_account(typed)
        return f"account:{asked_for.pk}" if asked_for else f"name:{typed.lower()}"

    def _note_lock(self, request):
        """One entry in the log for each lock, not for each further attempt."""
        person = getattr(request, "account_asked_for", None)
        if person and cache.add(f"sign-in-locked-{person.pk}", True, settings.SIGN_IN_LOCK_MINUTES * 60):
            audit.record(None, "sign_in.locked", person)

    # --- Getting in ---------------------------------------------------------------------------------------

    def pre_login(self, request, user, **kwargs):
        """A closed account stays closed; one that rests is told how to wake it, once the proof was right."""
        response = super().pre_login(request, user, **kwargs)
        if response is None and access.is_resting(user):
            clear_login(request)
            request.session[RESTING] = user.pk
            return redirect("wake_account")
        return response

    def post_login(self, request, user, **kwargs):
        """The account's language follows its owner to every computer; without a choice the browser's stays."""
        response = super().post_login(request, user, **kwargs)
        if language.is_offered(user.language):
            language.remember(response, user.language)
        return response

    def is_reauthentication_required(self, *, app, **kwargs):
        """Who has just signed in need not prove it again."""
        records = get_authentication_records(self.request, self.request.user)
        latest = max((record.get("at", 0) for record in records), default=0)
        if time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def set_password(self, user, password):
        access.choose_password(user, password)

    def get_password_change_redirect_url(self, request):
        return "/tai-khoan/"

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Being signed in is seen on the page; it needs no message on top."""
        if message_template != "account/messages/logged_in.txt":
            super().add_message(request, level, message_template, message_context, extra_tags, message)
