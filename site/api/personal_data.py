"""What the room of the API enters in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from people.personal_data import EDITING, DataClass, Fate, Holding, Retention, register, removes

API_WRITES = DataClass(
    key="api_writes",
    label=_("Answers to other systems"),
    what=_("Which records another system has written, by number, and what it was told about them."),
    why=_("So that a request that is sent twice is carried out once."),
    kept=_("A week unless the province has set another time."),
    place=86,
    retention=Retention("api_writes", 7, removes("api.WriteRequest", "created_at")),
)
WEBHOOK_MESSAGES = DataClass(
    key="webhook_messages",
    label=_("Messages to other systems"),
    what=_("That somebody, named by number only, completed a course that was asked or was given a certificate for it."),
    why=_("So that an agency's own system is told, and it can be shown what was sent."),
    kept=_("Three months unless the province has set another time."),
    place=87,
    retention=Retention("webhook_messages", 92, removes("api.WebhookMessage", "created_at")),
)


def declare() -> None:
    register(EDITING, Holding("api.ApiToken", Fate.KEPT), Holding("api.Webhook", Fate.KEPT))
    register(WEBHOOK_MESSAGES, Holding("api.WebhookMessage", Fate.KEPT))
    register(API_WRITES, Holding("api.WriteRequest", Fate.KEPT))
