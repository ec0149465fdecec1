"""Sending one message: tried with growing pauses for a day, the same id each time.

A worker that dies after the receiver has answered sends it again: at least once, and the receiver knows it by its id.
After a day in which nothing arrived the webhook is switched off and administrators are told.
"""

from django.db import transaction
from django.utils import timezone

from api.domain.webhooks import posting, signing, told
from api.domain.webhooks.queueing import TRIED_FOR
from api.models import MessageState, Webhook, WebhookMessage, WebhookState
from people.domain import audit

_GONE = 410
SWITCHED_OFF = "switched_off"


class NotDelivered(Exception):
    """The outbox tries again later."""


def deliver(message_id: int) -> None:
    """Sends the message if it waits. Raises NotDelivered while there is time left to try again."""
    message = WebhookMessage.objects.select_related("webhook").get(pk=message_id)
    if message.state != MessageState.WAITING:
        return
    if message.webhook.state != WebhookState.ACTIVE:
        _note(message, SWITCHED_OFF, MessageState.FAILED)
        return
    answer, arrived = _send(message)
    now = timezone.now()
    message.tries, message.tried_at = message.tries + 1, now
    if arrived:
        with transaction.atomic():
            _note(message, answer, MessageState.DELIVERED)
            Webhook.objects.filter(pk=message.webhook_id, failing_since__isnull=False).update(failing_since=None)
        return
    Webhook.objects.filter(pk=message.webhook_id, failing_since__isnull=True).update(failing_since=now)
    is_over = now >= message.give_up_at
    _note(message, answer, MessageState.FAILED if is_over or answer == str(_GONE) else MessageState.WAITING)
    if answer == str(_GONE):
        _switch_off(message.webhook_id, WebhookState.GONE)
    elif is_over:
        _switch_off(message.webhook_id, WebhookState.FAILED)
    else:
        raise NotDelivered


def _send(message: WebhookMessage) -> tuple[str, bool]:
    """(status or kind of fault, whether it arrived)."""
    moment = int(timezone.now().timestamp())
    headers = signing.headers(signing.secret_of(message.webhook), message.uid, moment, message.body)
    try:
        status = posting.post(message.webhook.url, headers, message.body)
    except posting.NoAnswer as fault:
        return fault.why, False
    return str(status), 200 <= status < 300


def _note(message: WebhookMessage, answer: str, state: MessageState) -> None:
    message.last_answer, message.state = answer[:60], state
    message.save(update_fields=["last_answer", "state", "tries", "tried_at"])


@transaction.atomic
def _switch_off(webhook_id: int, state: WebhookState) -> None:
    """Unless something has arrived within the day: then only that one message was given up."""
    webhook = Webhook.objects.select_for_update().get(pk=webhook_id)
    if webhook.state != WebhookState.ACTIVE:
        return
    lasting = webhook.failing_since is not None and webhook.failing_since <= timezone.now() - TRIED_FOR
    if state == WebhookState.FAILED and not lasting:
        return
    webhook.state = state
    webhook.save(update_fields=["state"])
    audit.record(None, "webhook.switched_off", webhook, state=state.value)
    told.tell(webhook)
