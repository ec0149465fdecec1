"""Staying signed in, waking a resting account, setting up a second factor."""

import logging
import time
from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from people.adapters.account import RESTING
from people.domain import access
from people.middleware.second_factor import NEXT
from people.models import Dormancy, Person
from people.sign_in import idleness, second_factor
from shared.errors import DomainError

log = logging.getLogger(__name__)
_WAKING = "people.waking"  # salt of the letters
LETTER_HOURS = 24


@csrf_exempt  # nothing is changed but the moment of last use; SameSite keeps other sites' requests without a session
@never_cache
@require_http_methods(["GET", "POST"])
def keep_alive(request):
    """How many seconds the session lasts without use; a POST is use. For scripts of our own pages."""
    use = getattr(request, "last_use", None)
    if use is None:
        return JsonResponse({"left": 0})
    for_desk = "desk" in request.GET
    now = time.time()
    if request.method == "POST":
        return JsonResponse({"left": idleness.limit_seconds(for_desk)})
    return JsonResponse({"left": idleness.seconds_left(use, now, for_desk)})


# --- Resting accounts -------------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "POST"])
def wake(request):
    """For somebody who gave the right proof for an account that rests: the way to open it again."""
    person = Person.objects.filter(pk=request.session.get(RESTING)).first()
    if person is None or not access.is_resting(person):
        return redirect("account_login")
    if request.method == "POST" and person.work_email:
        _send_waking_letter(request, person)
        return redirect("wake_account")
    return render(request, "people/access/resting.html", {"person": person, "days": settings.IDLE_ACCOUNT_DAYS})


@never_cache
@require_http_methods(["GET", "POST"])
def wake_by_letter(request, token):
    """The link of the letter: a page with one button, so that no program that opens links wakes an account."""
    dormancy = _dormancy_of(token)
    if dormancy is None:
        return render(request, "people/access/waking_ended.html", status=410)
    if request.method == "POST":
        try:
            access.wake(dormancy.person, actor=dormancy.person)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The account is open again. Please sign in."))
        request.session.pop(RESTING, None)
        return redirect("account_login")
    return render(request, "people/access/waking.html", {"person": dormancy.person})


def _send_waking_letter(request, person: Person) -> None:
    if not ratelimit.consume(request, action="wake", key=str(person.pk)):
        messages.error(request, _("That was too often in a short time. Please wait a few minutes."))
        return
    dormancy = Dormancy.objects.get(person=person, ended_at__isnull=True)
    address = reverse("wake_account_by_letter", args=[signing.dumps(dormancy.pk, salt=_WAKING)])
    letter = {"person": person, "address": settings.WAGTAILADMIN_BASE_URL + address, "hours": LETTER_HOURS}
    try:
        get_adapter(request).send_mail("account/email/wake", person.work_email, letter)
    except (SMTPException, OSError):
        log.exception("The letter that wakes a resting account could not be sent")
        messages.error(request, _("The letter could not be sent. Please try again later or ask the HR officer."))
    else:
        messages.success(request, _("A letter with a link is on its way to the work e-mail of the account."))


def _dormancy_of(token: str) -> Dormancy | None:
    try:
        key = signing.loads(token, salt=_WAKING, max_age=LETTER_HOURS * 3600)
    except signing.BadSignature:
        return None
    return Dormancy.objects.filter(pk=key, ended_at__isnull=True).select_related("person").first()


# --- Second factor ------------------------------------------------------------------------------------------------


@never_cache
@login_required
@require_safe
def set_up_second_factor(request):
    """Why a second factor is asked for and which kinds there are; whoever has one is led on."""
    if second_factor.has_factor(request.user):
        request.session.pop(second_factor.VERDICT, None)  # it may have been set up in another browser
        return redirect(request.session.pop(NEXT, None) or "account_page")
    return render(request, "people/access/second_factor.html", {"nav_section": "account"})


class RemovePasskeyView(RemoveWebAuthnView):
    """allauth asks whether the last factor may go only for apps, not for passkeys."""

    def form_valid(self, form):
        adapter = get_factor_adapter()
        authenticator: Authenticator = self.get_object()
        if not adapter.can_delete_authenticator(authenticator):
            messages.error(self.request, str(adapter.error_messages["cannot_delete_authenticator"]))
            return redirect("mfa_list_webauthn")
        return super().form_valid(form)


remove_passkey = RemovePasskeyView.as_view()
