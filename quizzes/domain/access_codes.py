"""The code that is read out in the examination room. Only a salted digest of it is stored.

An HMAC with the site's key and not a password hash: short codes would not stand a search by whoever has the
database either way, and 40,000 people type theirs in the same minute. Guessing is limited where it is asked for.
"""

import secrets

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_PURPOSE = "quizzes.access-code"


def digest_of(code: str) -> str:
    """What is stored of a code; "" of an empty one."""
    code = _plain(code)
    if not code:
        return ""
    salt = secrets.token_hex(8)
    return f"{salt}${_hmac(salt, code, settings.SECRET_KEY)}"


def matches(code: str, digest: str) -> bool:
    """Whether `code` was the one, whatever its case and spaces."""
    salt, _sign, stored = digest.partition("$")
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(_hmac(salt, _plain(code), key), stored) for key in keys)


def _plain(code: str) -> str:
    return "".join(code.split()).casefold()


def _hmac(salt: str, code: str, key: str) -> str:
    return salted_hmac(f"{_PURPOSE}.{salt}", code, secret=key, algorithm="sha256").hexdigest()
