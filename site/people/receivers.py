"""What the room notes when something happens at the door."""

import time

from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from people.domain import audit
from people.sign_in import idleness, second_factor


@receiver(user_logged_in, dispatch_uid="people.begin_session")
def begin_session(sender, request, user, **kwargs):
    """The session remembers when it began; what was found out about its former owner is forgotten."""
    request.session[idleness.SIGNED_IN_AT] = int(time.time())
    request.session.pop(second_factor.VERDICT, None)
    if second_factor.is_asked_of_anybody() and not settings.OIDC:  # a provider's proof is noted only later
        request.session[second_factor.VERDICT] = second_factor.verdict_for(request, user)


@receiver(authenticator_added, dispatch_uid="people.factor_added")
def note_added_factor(sender, request, user, authenticator, **kwargs):
    _reconsider(request)
    audit.record(user, "second_factor.added", user, kind=authenticator.type)


@receiver(authenticator_removed, dispatch_uid="people.factor_removed")
def note_removed_factor(sender, request, user, authenticator, **kwargs):
    _reconsider(request)
    audit.record(user, "second_factor.removed", user, kind=authenticator.type)


@receiver(authenticator_reset, dispatch_uid="people.factor_reset")
def note_new_recovery_codes(sender, request, user, authenticator, **kwargs):
    audit.record(user, "second_factor.new_codes", user, kind=authenticator.type)


def _reconsider(request):
    if request is not None:
        request.session.pop(second_factor.VERDICT, None)
