"""What the page needs to warn before it signs somebody out for leaving it alone."""

from django.conf import settings
from django.contrib.auth import SESSION_KEY

from people.sign_in import idleness

WARN_SECONDS = 120


def idle_watch(request) -> dict:
    """`idle_watch` for signed-in people: the limit and how long before it the page warns, in seconds."""
    limit = idleness.limit_seconds(for_desk=False)
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session
    if not limit or not signed_in:
        return {}
    return {"idle_watch": {"limit": limit, "warn": min(WARN_SECONDS, limit // 3)}}
