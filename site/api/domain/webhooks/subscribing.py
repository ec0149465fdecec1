"""Setting webhooks up, changing them, switching them off and on, and sending again what did not arrive."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from api.domain.webhooks import addresses, signing
from api.domain.webhooks.queueing import OUTBOX_KIND, TRIED_FOR
from api.models import MessageState, Webhook, WebhookMessage, WebhookState
from people.domain import audit
from shared.domain import outbox
from shared.errors import DomainError

SENT_AGAIN_FOR = timedelta(days=30)
MOST_AT_ONCE = 500


@transaction.atomic
def create(name: str, url: str, unit, *, on_completion: bool, on_certificate: bool, actor) -> tuple[Webhook, str]:
    """A new webhook and its secret, which is told once. Raises DomainError for an address nothing is sent to."""
    _check(url, on_completion, on_certificate)
    secret = signing.new_secret()
    webhook = Webhook.objects.create(
        name=name,
        url=url,
        unit=unit,
        on_completion=on_completion,
        on_certificate=on_certificate,
        sealed_secret=signing.sealed(secret),
        created_by=actor,
    )
    audit.record(actor, "webhook.created", webhook, **_state(webhook))
    return webhook, secret


@transaction.atomic
def change(webhook: Webhook, *, actor, **fields) -> Webhook:
    """Another name, address, unit or choice of events. What waits goes to the new address. Raises DomainError."""
    stored = Webhook.objects.select_for_update().get(pk=webhook.pk)
    old = _state(stored)
    for name, value in fields.items():
        setattr(stored, name, value)
    if old["url"] != stored.url:
        addresses.check(stored.url)
    _check_events(stored.on_completion, stored.on_certificate)
    new = _state(stored)
    if new != old:
        stored.save(update_fields=[*fields])
        audit.record(actor, "webhook.changed", stored, old=old, new=new)
    return stored


@transaction.atomic
def renew_secret(webhook: Webhook, *, actor) -> str:
    """Another secret; from the next message on the former one proves nothing."""
    secret = signing.new_secret()
    Webhook.objects.filter(pk=webhook.pk).update(sealed_secret=signing.sealed(secret))
    audit.record(actor, "webhook.new_secret", webhook)
    return secret


@transaction.atomic
def switch_off(webhook: Webhook, *, actor) -> None:
    """Nothing more is sent; what waits is noted as not delivered. Twice changes nothing."""
    if Webhook.objects.filter(pk=webhook.pk, state=WebhookState.ACTIVE).update(state=WebhookState.OFF):
        audit.record(actor, "webhook.switched_off", webhook, state=WebhookState.OFF.value)


@transaction.atomic
def switch_on(webhook: Webhook, *, actor) -> None:
    """News is sent again from now on. Twice changes nothing. Raises DomainError for an address that is no more."""
    addresses.check(webhook.url)
    off = Webhook.objects.filter(pk=webhook.pk).exclude(state=WebhookState.ACTIVE)
    if off.update(state=WebhookState.ACTIVE, failing_since=None):
        audit.record(actor, "webhook.switched_on", webhook)


@transaction.atomic
def send_again(webhook: Webhook, *, actor) -> int:
    """Tries what was not delivered in the last month once more, with the same ids. Returns how many."""
    stored = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if stored.state != WebhookState.ACTIVE:
        raise DomainError(_("This webhook is switched off. Switch it on first."))
    now = timezone.now()
    failed = stored.messages.filter(state=MessageState.FAILED, created_at__gte=now - SENT_AGAIN_FOR).order_by("pk")
    ids = list(failed.values_list("pk", flat=True)[:MOST_AT_ONCE])
    WebhookMessage.objects.filter(pk__in=ids).update(state=MessageState.WAITING, give_up_at=now + TRIED_FOR)
    for pk in ids:
        outbox.enqueue(OUTBOX_KIND, pk)
    if ids:
        audit.record(actor, "webhook.sent_again", stored, messages=len(ids))
    return len(ids)


def _check(url: str, on_completion: bool, on_certificate: bool) -> None:
    addresses.check(url)
    _check_events(on_completion, on_certificate)


def _check_events(on_completion: bool, on_certificate: bool) -> None:
    if not (on_completion or on_certificate):
        raise DomainError(_("Choose at least one thing to be told of."))


def _state(webhook: Webhook) -> dict:
    return {
        "name": webhook.name,
        "url": webhook.url,
        "unit": webhook.unit_id,
        "on_completion": webhook.on_completion,
        "on_certificate": webhook.on_certificate,
    }
