import time
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext

from people.sign_in import idleness
from shared.middleware.security_policy import ADMIN_PREFIX

# Files ask for nothing of the session; the desk's own heartbeat is nobody's doing.
WITHOUT_SESSION = (settings.STATIC_URL, settings.MEDIA_URL, "/healthz", "/readyz")
HEARTBEATS = (f"{ADMIN_PREFIX}editing-sessions/",)


class IdleTimeoutMiddleware:
    """Ends a session that was left alone, says so, and leads back to the same page after the next sign-in.

    Requests that a page makes by itself (header `X-Background: 1`) do not count as use.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith(WITHOUT_SESSION) or not _is_signed_in(request):
            return self.get_response(request)
        now = time.time()
        use = idleness.last_use(request)
        for_desk = request.path_info.startswith(ADMIN_PREFIX)
        if idleness.has_ended(use, now, for_desk):
            logout(request)
            if _is_page_visit(request):
                return self._explain(request, for_desk)
            return self.get_response(request)
        request.last_use = use
        response = self.get_response(request)
        if _counts_as_use(request) and _is_signed_in(request):
            idleness.remember_use(request, response, _fresh_if_just_signed_in(request, use), now)
        return response

    def _explain(self, request, for_desk):
        minutes = idleness.limit_seconds(for_desk) // 60
        text = ngettext(
            "Signed out after %(count)d minute without use. What was answered and saved is kept; "
            "after signing in, the same page opens again.",
            "Signed out after %(count)d minutes without use. What was answered and saved is kept; "
            "after signing in, the same page opens again.",
            minutes,
        )
        messages.info(request, text % {"count": minutes})
        response = redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': _page_of(request)})}")
        response.delete_cookie(idleness.COOKIE)
        return response


def _is_signed_in(request) -> bool:
    """Asks the session only where the browser has one; who it is need not be known."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session


def _fresh_if_just_signed_in(request, use):
    """A sign-in during this request starts the count anew, under another session key."""
    return idleness.last_use(request) if request.session.get(idleness.SIGNED_IN_AT, 0) > use.at else use


def _counts_as_use(request) -> bool:
    return request.headers.get("X-Background") != "1" and not request.path_info.startswith(HEARTBEATS)


def _is_page_visit(request) -> bool:
    """A person waits for a page, as opposed to a script for an answer."""
    mode = request.headers.get("Sec-Fetch-Mode")
    if mode:
        return mode == "navigate"
    return "text/html" in request.headers.get("Accept", "text/html") or request.headers.get("Accept") == "*/*"


def _page_of(request) -> str:
    """The address to come back to: this page, or the page whose form was sent."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure()):
        return "/"
    parts = urlsplit(came_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
