"""Keys and ciphers for what must not be readable in the database: one secret of the site, one key a purpose.

The secret is the setting PERSONAL_DATA_KEY, or SECRET_KEY where that is not given. Keys are derived with
HKDF-SHA256 (RFC 5869), texts encrypted with AES-256-GCM (NIST SP 800-38D) under a fresh 96-bit nonce each.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES = 32
_NONCE_BYTES = 12
_FORM = "1."  # of a token; another way to encrypt would get another number


class Unreadable(Exception):
    """A token that this key does not open: another key, another place, or it was changed."""


def derive(purpose: str) -> bytes:
    """The site's 32-byte key for `purpose`, such as "national ID". Keys of different purposes tell nothing of
    each other or of the secret; the same purpose gives the same key as long as the secret stays."""
    return _derive(settings.PERSONAL_DATA_KEY or settings.SECRET_KEY, purpose)


@lru_cache(maxsize=64)
def _derive(secret: str, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=b"neu-guong", info=purpose.encode()).derive(secret.encode())


def random_key() -> bytes:
    """A fresh key that follows from nothing: lost or destroyed, it never comes back."""
    return secrets.token_bytes(KEY_BYTES)


def encrypt(key: bytes, text: str, *, place: str = "") -> str:
    """`text` as an ASCII token, each time another one. `place` (such as "Person 7") must be given again to read
    it, so that a token copied into another row is not taken for that row's."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _FORM + _to_text(nonce + AESGCM(key).encrypt(nonce, text.encode(), place.encode()))


def decrypt(key: bytes, token: str, *, place: str = "") -> str:
    """The text of a token made by `encrypt`. Raises Unreadable if key, place or token are not the same."""
    if not token.startswith(_FORM):
        raise Unreadable
    try:
        sealed = _from_text(token.removeprefix(_FORM))
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place.encode()).decode()
    except (InvalidTag, ValueError) as problem:
        raise Unreadable from problem


def wrap(key: bytes, inner: bytes, *, place: str = "") -> str:
    """A key locked up with another key, to be stored."""
    return encrypt(key, _to_text(inner), place=place)


def unwrap(key: bytes, token: str, *, place: str = "") -> bytes:
    """The key locked up by `wrap`. Raises Unreadable."""
    return _from_text(decrypt(key, token, place=place))


def keyed_hash(key: bytes, text: str) -> str:
    """HMAC-SHA256 as 64 hexadecimal digits: recognises a text again, or proves that it was not changed."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _to_text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


def _from_text(text: str) -> bytes:
    try:
        return base64.b64decode(text, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as problem:
        raise Unreadable from problem
