"""The same request once: a key its sender chose, bound to what was asked (draft-ietf-httpapi-idempotency-key-header).

The row with the key is written in the transaction of the request. Of many at once the first goes on; the others wait
for it at the unique index and then find its answer. A request that is refused leaves no key behind, so that it can be
put right, or simply sent again once what stood in its way has been cleared up.
"""

import json
from collections.abc import Callable

from django.db import IntegrityError, transaction

from api.models import ApiToken, WriteRequest
from shared import secrecy

LONGEST_KEY = 255
_PURPOSE = "api.request digest"


class KeyUsedBefore(Exception):
    """The key was given to another request of this token."""


def digest_of(method: str, path: str, body: bytes) -> str:
    """Recognises a request again, however its JSON is spaced and ordered. Keyed: a body may hold national IDs."""
    said = json.dumps([method, path, json.loads(body)], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return secrecy.keyed_hash(secrecy.derive(_PURPOSE), said)


@transaction.atomic
def once(token: ApiToken, key: str, digest: str, act: Callable[[], dict]) -> tuple[dict, bool]:
    """The answer of `act`, which runs if the key is new, and whether it was given before. Raises KeyUsedBefore."""
    request = _claim(token, key, digest)
    if request is None:
        return _answer_of(token, key, digest), True
    request.answer = act()
    request.save(update_fields=["answer"])
    return request.answer, False


def _claim(token: ApiToken, key: str, digest: str) -> WriteRequest | None:
    try:
        with transaction.atomic():
            return WriteRequest.objects.create(token=token, key=key, digest=digest)
    except IntegrityError:
        return None


def _answer_of(token: ApiToken, key: str, digest: str) -> dict:
    earlier = WriteRequest.objects.get(token=token, key=key)
    if earlier.digest != digest:
        raise KeyUsedBefore
    return earlier.answer
