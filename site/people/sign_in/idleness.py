"""How long a session was left alone, kept in a signed cookie: no query and no row for each request.

The cookie holds when the session was last used and whether it was ever left alone for longer than the editing
desk allows. It is signed for its session, so it cannot be lent to another one. Whoever removes it is judged by
the moment of sign-in, which the session itself remembers.
"""

import time
from dataclasses import dataclass

from django.conf import settings
from django.core import signing

COOKIE = "last_use"
SIGNED_IN_AT = "signed_in_at"  # session key: seconds since the epoch
RENEW_AFTER = 20  # seconds; a younger cookie is not written again


@dataclass(frozen=True)
class Use:
    """What is known of the session's use: when last, and whether the desk's shorter limit was once passed."""

    at: int
    left_alone: bool = False
    is_known: bool = True


def limit_seconds(for_desk: bool) -> int:
    """After how many seconds without use a session ends; 0: never."""
    limits = [settings.IDLE_MINUTES, settings.IDLE_MINUTES_DESK if for_desk else 0]
    return min((60 * minutes for minutes in limits if minutes), default=0)


def last_use(request) -> Use:
    """The session's last use; without a valid cookie its sign-in, or now if it does not remember that either."""
    try:
        at, left_alone = _signer(request).unsign(request.COOKIES.get(COOKIE, "")).split(".")
        return Use(int(at), left_alone == "1")
    except (signing.BadSignature, ValueError):
        return Use(int(request.session.get(SIGNED_IN_AT) or time.time()), is_known=False)


def has_ended(use: Use, now: float, for_desk: bool) -> bool:
    limit = limit_seconds(for_desk)
    desk_closed = for_desk and bool(settings.IDLE_MINUTES_DESK) and use.left_alone
    return desk_closed or (bool(limit) and now - use.at > limit + RENEW_AFTER)


def seconds_left(use: Use, now: float, for_desk: bool) -> int:
    """Until the session ends if nobody does anything."""
    return max(0, int(use.at + limit_seconds(for_desk) - now))


def remember_use(request, response, use: Use, now: float) -> None:
    """Writes the cookie anew unless it is young."""
    if use.is_known and now - use.at < RENEW_AFTER:
        return
    desk_limit = settings.IDLE_MINUTES_DESK * 60
    left_alone = use.left_alone or (bool(desk_limit) and now - use.at > desk_limit + RENEW_AFTER)
    response.set_cookie(
        COOKIE,
        _signer(request).sign(f"{int(now)}.{int(left_alone)}"),
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )


def _signer(request) -> signing.Signer:
    return signing.Signer(salt=f"people.last_use.{request.session.session_key}")
