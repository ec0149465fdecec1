"""API tokens: issuing (the secret is told once), withdrawing, recognising, and how often one may ask."""

import hashlib
import secrets
import time
from datetime import date, timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from api.models import ApiToken, TokenScope
from people.domain import audit
from shared.errors import DomainError

LONGEST_LIFE = timedelta(days=366)
CALLS_A_MINUTE = 120
_PREFIX = "ng_"


@transaction.atomic
def issue(name: str, owner, expires_on: date, *, actor, scopes=(TokenScope.READ,), unit=None) -> tuple[ApiToken, str]:
    """A new token and its secret, which is stored nowhere. Raises DomainError for a day past or too far away."""
    check(scopes, unit)
    today = timezone.localdate()
    if not today <= expires_on <= today + LONGEST_LIFE:
        raise DomainError(_("The last day must be today or later, and within a year."))
    secret = _PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        name=name,
        owner=owner,
        expires_on=expires_on,
        scopes=_values(scopes),
        unit=unit,
        digest=digest_of(secret),
        start=secret[:8],
        issued_by=actor,
    )
    audit.record(actor, "api_token.issued", token, owner=owner.pk, expires_on=expires_on, **_narrowness(token))
    return token, secret


@transaction.atomic
def change(token: ApiToken, *, name: str, scopes, unit, actor) -> ApiToken:
    """Another name or purpose, or a narrower or wider unit; the secret stays. Raises DomainError."""
    check(scopes, unit)
    stored = ApiToken.objects.select_for_update().get(pk=token.pk)
    if stored.revoked_at:
        raise DomainError(_("This token was withdrawn. Issue a new one."))
    before = {"name": stored.name} | _narrowness(stored)
    stored.name, stored.scopes, stored.unit = name, _values(scopes), unit
    after = {"name": name} | _narrowness(stored)
    if after != before:
        stored.save(update_fields=["name", "scopes", "unit"])
        audit.record(actor, "api_token.changed", stored, old=before, new=after)
    return stored


def check(scopes, unit) -> None:
    """A token is for something, and whoever writes does so in one unit. Raises DomainError."""
    if not scopes:
        raise DomainError(_("Choose at least one thing the token may do."))
    if TokenScope.PEOPLE_WRITE in scopes and unit is None:
        raise DomainError(_("A token that writes needs the unit it may write in."))


def _values(scopes) -> list[str]:
    return [scope.value for scope in TokenScope if scope in scopes]


def _narrowness(token: ApiToken) -> dict:
    return {"scopes": token.scopes, "unit": token.unit_id}


@transaction.atomic
def revoke(token: ApiToken, *, actor) -> None:
    """From now on it opens nothing. Twice changes nothing."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now()):
        audit.record(actor, "api_token.withdrawn", token)


def digest_of(secret: str) -> str:
    """The secret is 256 random bits: one round of SHA-256 is as good as many."""
    return hashlib.sha256(secret.encode()).hexdigest()


def recognise(secret: str) -> ApiToken | None:
    """The token in force with this secret, its owner's account being open; None for all others."""
    today = timezone.localdate()
    token = (
        ApiToken.objects.select_related("owner", "unit")
        .filter(digest=digest_of(secret), revoked_at__isnull=True, expires_on__gte=today)
        .filter(owner__is_active=True, owner__erased_at__isnull=True)
        .first()
    )
    if token and token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
    return token


def seconds_to_wait(token: ApiToken) -> int:
    """Counts a call. 0: go on; otherwise the seconds until the token may ask again."""
    now = int(time.time())
    key = f"api-calls-{token.pk}-{now // 60}"
    calls = cache.get(key, 0) + 1
    cache.set(key, calls, 120)
    return 0 if calls <= CALLS_A_MINUTE else 60 - now % 60
