"""From a fact to messages: one for each webhook of a unit above, in the fact's own transaction.

A message names things and people by id only. Whoever may know more asks for it with a token, and whether it may is
decided then. What somebody learns by choice is told to nobody.
"""

import json
import secrets
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from api.models import Webhook, WebhookEvent, WebhookMessage, WebhookState
from courses.models import Obligation
from people.models import UnitClosure
from people.queries import current_on
from shared.domain import outbox

OUTBOX_KIND = "api.webhook_message"
TRIED_FOR = timedelta(days=1)


def tell_of_completion(completion, certificate) -> None:
    """Queues what the webhooks of the person's unit, and of those above it, are to be told. One query if nobody is."""
    if completion.unit_id is None:
        return
    webhooks = _webhooks_above(completion.unit_id)
    if not webhooks or not Obligation.objects.filter(completion=completion).exists():
        return
    now = timezone.now()
    messages = [
        _message(webhook, *news, now) for webhook in webhooks for news in _news(webhook, completion, certificate)
    ]
    for message in WebhookMessage.objects.bulk_create(messages):
        outbox.enqueue(OUTBOX_KIND, message.pk)


def _webhooks_above(unit_id: int) -> list[Webhook]:
    above = UnitClosure.objects.filter(current_on(timezone.localdate()), descendant=unit_id)
    return list(Webhook.objects.filter(state=WebhookState.ACTIVE, unit__in=above.values("ancestor")))


def _news(webhook: Webhook, completion, certificate) -> list[tuple[WebhookEvent, datetime, dict]]:
    about = {"person_id": completion.person_id, "course_code": completion.course.code}
    found = []
    if webhook.on_completion:
        found.append((WebhookEvent.COMPLETION, completion.completed_at, {"id": completion.pk} | about))
    if webhook.on_certificate and certificate is not None:
        data = {"id": certificate.pk, "completion_id": completion.pk} | about
        found.append((WebhookEvent.CERTIFICATE, certificate.issued_at, data))
    return found


def _message(webhook: Webhook, event: WebhookEvent, moment: datetime, data: dict, now: datetime) -> WebhookMessage:
    said = {"type": event.value, "timestamp": moment.astimezone(UTC).isoformat(timespec="seconds"), "data": data}
    return WebhookMessage(
        webhook=webhook,
        uid=f"msg_{secrets.token_hex(16)}",
        event=event,
        body=json.dumps(said, separators=(",", ":")),
        created_at=now,
        give_up_at=now + TRIED_FOR,
    )
