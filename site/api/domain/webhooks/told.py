"""Administrators are told, on the site and by letter, of a webhook that was switched off because nothing arrived."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from api.models import Webhook, WebhookState
from notices.domain.queueing import queue
from notices.domain.topics import Line, Topic, one_by_one, register
from people.queries import administrators

TOPIC = "api.webhook"


def declare() -> None:
    why = gettext_lazy("Another system waits for news that does not reach it.")
    register(Topic(TOPIC, gettext_lazy("Webhooks that were switched off"), one_by_one(_lines), why=why))


def tell(webhook: Webhook) -> None:
    for person_id in administrators().order_by("pk").values_list("pk", flat=True):
        queue(person_id, TOPIC, "switched_off", webhook.pk, timezone.localdate())


def _lines(person, matters, day) -> list[Line]:
    """Those that are still off, for whoever still administers."""
    if not administrators().filter(pk=person.pk).exists():
        return []
    off = Webhook.objects.in_bulk([matter.subject_id for matter in matters])
    lines = []
    for pk, webhook in sorted(off.items()):
        if webhook.state in (WebhookState.FAILED, WebhookState.GONE):
            lines.append(
                Line(
                    matters=tuple(matter.pk for matter in matters if matter.subject_id == pk),
                    title=_("The webhook “%(name)s” was switched off: its messages do not arrive")
                    % {"name": webhook.name},
                    path=reverse("webhooks:log", args=[pk]),
                    action=_("Look at the messages"),
                    place=30,
                )
            )
    return lines
