from .outbox import OutboxEntry

__all__ = ["OutboxEntry"]
