"""Consent in the person's own hands: reading what is asked, answering, seeing what was given, withdrawing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from media import queries
from media.domain import consent_requests
from media.domain.consent import withdraw_consent
from media.forms import ConsentAnswerForm
from media.models import Consent
from media.views.pages import preview_story
from shared.errors import DomainError


@never_cache
@login_required
@require_safe
def my_consents(request):
    """What is asked of the person signed in, and what they have agreed to."""
    asked = queries.requests_made_to(request.user)
    return render(
        request,
        "media/my_consents.html",
        {
            "open_requests": [one for one in asked.filter(answered_at__isnull=True) if one.is_open],
            "consents": queries.consents_given_by(request.user),
            "nav_section": "account",
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_consent(request, pk: int):
    """One request made to oneself: read it, answer it."""
    asked = get_object_or_404(queries.requests_made_to(request.user), pk=pk)
    return _answer(
        request,
        asked,
        actor=request.user,
        given_by=request.user.full_name,
        done=lambda: redirect("my_consents"),
    )


@never_cache
@login_required
@require_safe
def my_consent_story(request, pk: int):
    """The draft of the story the request is about, for the person it shows."""
    return _draft(request, get_object_or_404(queries.requests_made_to(request.user), pk=pk))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_my_consent(request, pk: int):
    """Asks once, then withdraws; no reason is asked for."""
    consent = get_object_or_404(queries.consents_given_by(request.user), pk=pk)
    if request.method == "POST":
        withdraw_consent(consent, actor=request.user)
        messages.success(request, _("The consent is withdrawn. Everything shown with it has been taken down."))
        return redirect("my_consents")
    return _confirm_withdrawal(request, consent)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent_link(request, token: str):
    """The same for people without an account, through their personal link."""
    asked = _by_token(token)
    if asked.answer:
        return render(request, "media/consent_answered.html", {"asked": asked, "token": token})
    return _answer(
        request,
        asked,
        actor=None,
        given_by="",
        done=lambda: redirect("consent_link", token),
        token=token,
    )


@never_cache
@require_safe
def consent_link_story(request, token: str):
    return _draft(request, _by_token(token))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_by_link(request, token: str):
    asked = _by_token(token)
    if asked.consent is None:
        raise Http404
    if request.method == "POST":
        consent_requests.withdraw_by_link(asked)
        messages.success(request, _("The consent is withdrawn. Everything shown with it has been taken down."))
        return redirect("consent_link", token)
    return _confirm_withdrawal(request, asked.consent, token)


def _by_token(token: str):
    asked = consent_requests.find_by_token(token)
    if asked is None:
        raise Http404
    return asked


def _answer(request, asked, *, actor, given_by: str, done, token: str = ""):
    form = ConsentAnswerForm(request.POST or None, asked=asked, signs_by_name=actor is None)
    status = 200
    if request.method == "POST":
        try:
            if "decline" in request.POST:
                consent_requests.decline(asked, actor=actor)
                messages.success(request, _("Your answer is recorded: no consent. Nothing is published."))
                return done()
            if form.is_valid():
                consent_requests.give(
                    asked,
                    actor=actor,
                    scopes=form.scopes,
                    channels=form.channels,
                    given_by=given_by or form.cleaned_data["given_by"],
                    expires_on=form.cleaned_data["expires_on"],
                )
                messages.success(request, _("The consent is recorded. It can be withdrawn here at any time."))
                return done()
        except DomainError as refusal:
            form.is_valid()
            form.add_error(None, refusal.message)
        status = 422
    context = {"asked": asked, "form": form, "token": token, "nav_section": "account"}
    return render(request, "media/consent_request.html", context, status=status)


def _draft(request, asked):
    if asked.story is None:
        raise Http404
    return preview_story(request, asked.story.get_latest_revision_as_object())


def _confirm_withdrawal(request, consent: Consent, token: str = ""):
    return render(
        request,
        "media/withdraw_my_consent.html",
        {
            "consent": consent,
            "token": token,
            "stories": queries.stories_showing(consent.exemplar).live(),
            "nav_section": "account",
        },
    )
