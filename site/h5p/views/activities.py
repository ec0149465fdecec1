"""What a page with an activity asks the site for: to open it, to take in its reports, to show its results."""

import json
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from h5p.domain import limits, places, plays, states
from h5p.enums import FinishRule
from h5p.models import Content
from h5p.own_results import results_of
from h5p.player import hosts, tokens
from h5p.player.readiness import why_not

LARGEST_REPORT = 256 * 1024  # bytes
LARGEST_STATE = 3 * states.LONGEST  # bytes; a character may need several


def _json_api(largest: int):
    """Decorator: the view gets the JSON object of the request and answers refusals in words."""

    def decorate(view):
        @require_POST
        @wraps(view)
        def asked(request, *args, **kwargs):
            try:
                if int(request.headers.get("Content-Length") or 0) > largest:
                    return JsonResponse({"error": _("This report is too long.")}, status=413)
                data = json.loads(request.body or b"{}")
                if not isinstance(data, dict):
                    raise ValueError("not an object")
                return view(request, data, *args, **kwargs)
            except (ValueError, RecursionError):
                return JsonResponse({"error": _("The report cannot be read.")}, status=400)
            except plays.PlayRefused as problem:
                return JsonResponse({"error": problem.message}, status=409)

        return asked

    return decorate


def _for_the_signed_in(view):
    """Decorator: reports come from people who are signed in, and not more than a person can cause."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return JsonResponse({"error": _("Please sign in again; the answers were not saved.")}, status=403)
        if not limits.reports.take(request.user.pk):
            return JsonResponse({"error": _("Too many reports at once.")}, status=429, headers={"Retry-After": "5"})
        return view(request, *args, **kwargs)

    return checked


@_json_api(largest=4096)
def open_activity(request, data, uuid):
    """Opens an activity on a page: where its frame is, the session to report with and the saved answers."""
    content = get_object_or_404(Content.objects.select_related("main_library"), uuid=uuid)
    place = _place(request, content, str(data.get("context", ""))[:64])
    problem = why_not(content)
    if problem:
        return JsonResponse({"error": problem}, status=503)
    answer = {
        "frame": _frame(request, content),
        "origin": settings.H5P_CONTENT_ORIGIN or None,
        "sandbox": hosts.sandbox(),
        "fullscreen": content.main_library.fullscreen,
        "session": None,
        "states": {},
    }
    if place.records:
        if data.get("afresh") is True:
            states.forget_states(request.user, content, place.context)
        play = plays.open_play(request.user, content, place)
        answer |= {
            "session": tokens.sign_session(play.session),
            "states": states.states_for(request.user, content, place.context),
            "hash": content.filtered_sha256,
            "viewed": place.rule == FinishRule.VIEWED,
            "everything": plays.keeps_statements(),
        }
    return JsonResponse(answer)


@_json_api(largest=LARGEST_REPORT)
@_for_the_signed_in
def report(request, data):
    """Takes in results of the activity a page has open."""
    sequence = data.get("sequence")
    if not isinstance(sequence, int) or isinstance(sequence, bool) or not 0 < sequence < 2**31:
        raise ValueError("no sequence")
    outcome = plays.take_in(
        request.user, _session(data), sequence, data.get("statements", []), viewed=data.get("viewed") is True
    )
    play = outcome.play
    return JsonResponse({"finished": play.finished_at is not None, "completed": play.completed})


@_json_api(largest=LARGEST_STATE)
@_for_the_signed_in
def save_state(request, data):
    """Keeps answers of the activity a page has open, so that it can be left and taken up again."""
    saved = states.save_state(
        request.user,
        _session(data),
        part=data.get("part"),
        kind=data.get("type"),
        data=data.get("data"),
        content_hash=data.get("hash"),
        preload=data.get("preload") is True,
        invalidate=data.get("invalidate") is True,
    )
    return JsonResponse({"saved": saved})


@require_GET
def results(request, uuid):
    """A learner's own results: the last run with its questions, earlier ones. `part` asks for the part in a page."""
    in_lesson = bool(request.GET.get("part"))
    if not request.user.is_authenticated:
        return HttpResponse(status=204) if in_lesson else redirect_to_login(request.get_full_path())
    content = get_object_or_404(Content.objects.only("uuid", "title"), uuid=uuid)
    found = results_of(request.user, content, request.GET.get("context"))
    template = "h5p/player/results_part.html" if in_lesson else "h5p/player/results.html"
    context = {"content": content, "results": found, "in_lesson": in_lesson, "nav_section": "learning"}
    response = render(request, template, context)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _place(request, content: Content, context: str) -> places.Place:
    place = places.place_of(request.user, content, context)
    if place is None:
        raise Http404
    return place


def _session(data: dict) -> str:
    try:
        return tokens.read_session(str(data.get("session", "")))
    except tokens.BadPass as problem:
        raise plays.PlayRefused(plays.opened_elsewhere()) from problem


def _frame(request, content: Content) -> str:
    given = tokens.FramePass(content.uuid, content.revision, get_language() or "vi", hosts.origin_of(request))
    return f"{settings.H5P_CONTENT_ORIGIN}/h5p/play/{given.sign()}/"
