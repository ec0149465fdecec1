from .content_change import ContentChange
from .outbox import OutboxEntry

__all__ = ["ContentChange", "OutboxEntry"]
