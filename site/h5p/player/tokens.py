"""Signed passes of the player. They name an activity, never a person, because they are parts of addresses.

A frame has no cookies to show (in the opaque sandbox the browser sends none), so the address itself says that
somebody who may play the activity was given it.
"""

import time
from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

PERIOD = 12 * 60 * 60  # seconds; as long as a sign-in. A file pass holds for the running period and the next one
FRAME_MAX_AGE = PERIOD
SESSION_MAX_AGE = PERIOD
_FRAME_SALT = "h5p.player.frame"
_SESSION_SALT = "h5p.player.session"


class BadPass(Exception):
    """The pass was not made here, or its time is over."""


@dataclass(frozen=True)
class FramePass:
    """What a frame shows: an activity in one revision, in a language, inside a page of `site` (an origin)."""

    content: UUID
    revision: int
    language: str
    site: str

    def sign(self) -> str:
        return signing.dumps([self.content.hex, self.revision, self.language, self.site], salt=_FRAME_SALT)

    @classmethod
    def read(cls, token: str) -> "FramePass":
        """Raises BadPass."""
        try:
            content, revision, language, site = signing.loads(token, salt=_FRAME_SALT, max_age=FRAME_MAX_AGE)
        except signing.BadSignature as problem:
            raise BadPass from problem
        return cls(UUID(content), revision, language, site)


def files_pass(content: UUID, revision: int, now: float | None = None) -> str:
    """Opens the files of an activity's revision; the same text for everybody, so that files may be cached."""
    return _files_pass(content, revision, _period(now))


def check_files_pass(token: str, content: UUID, revision: int, now: float | None = None) -> None:
    """Raises BadPass unless the pass is of the running period or the one before."""
    period = _period(now)
    if not any(constant_time_compare(token, _files_pass(content, revision, n)) for n in (period, period - 1)):
        raise BadPass


def sign_session(session: str) -> str:
    """What a page shows when it reports for the play session it was given."""
    return signing.TimestampSigner(salt=_SESSION_SALT).sign(session)


def read_session(token: str) -> str:
    """The session's own name. Raises BadPass."""
    try:
        return signing.TimestampSigner(salt=_SESSION_SALT).unsign(token, max_age=SESSION_MAX_AGE)
    except signing.BadSignature as problem:
        raise BadPass from problem


def _period(now: float | None) -> int:
    return int((time.time() if now is None else now) // PERIOD)


def _files_pass(content: UUID, revision: int, period: int) -> str:
    mac = salted_hmac("h5p.player.files", f"{content.hex}:{revision}:{period}", algorithm="sha256")
    return mac.hexdigest()[:32]
