from .request import WriteRequest
from .token import ApiToken, TokenScope
from .webhook import MessageState, Webhook, WebhookEvent, WebhookMessage, WebhookState

__all__ = [
    "ApiToken",
    "MessageState",
    "TokenScope",
    "Webhook",
    "WebhookEvent",
    "WebhookMessage",
    "WebhookState",
    "WriteRequest",
]
