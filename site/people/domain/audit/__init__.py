"""The log of changes: one entry a change, in the change's own transaction.

`recording` writes entries, `content` says what their digests cover, `chain` seals them in order, `verifying` checks
entries and chain, `reading` finds and decrypts, `removing` takes away what is older than the log is kept.
"""

from .recording import record, record_view

__all__ = ["record", "record_view"]
