"""Signatures in the style of Standard Webhooks (standardwebhooks.com), so that receivers can use ready libraries."""

import base64
import hashlib
import hmac
import secrets

from api.models import Webhook
from shared import secrecy

_PREFIX = "whsec_"
_PURPOSE = "api.webhook secret"


def new_secret() -> str:
    """256 random bits in the form receivers' libraries expect."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def sealed(secret: str) -> str:
    """The secret as it is kept: every message needs it again, so a hash would not do."""
    return secrecy.encrypt(secrecy.derive(_PURPOSE), secret)


def secret_of(webhook: Webhook) -> str:
    return secrecy.decrypt(secrecy.derive(_PURPOSE), webhook.sealed_secret)


def headers(secret: str, uid: str, moment: int, body: str) -> dict[str, str]:
    """What is sent beside the body: id and time of sending (seconds since 1970), and their signature with it."""
    return {
        "webhook-id": uid,
        "webhook-timestamp": str(moment),
        "webhook-signature": signature(secret, uid, moment, body),
    }


def signature(secret: str, uid: str, moment: int, body: str) -> str:
    """HMAC-SHA256 over id, time and body, joined by dots."""
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    signed = hmac.new(key, f"{uid}.{moment}.{body}".encode(), hashlib.sha256).digest()
    return "v1," + base64.b64encode(signed).decode()
