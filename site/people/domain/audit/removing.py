"""Taking away what is older than the log is kept, from the beginning of the chain, without breaking it."""

from datetime import datetime

from django.db import transaction

from people.domain.audit.content import seal_of
from people.models import AuditCheckpoint, AuditEntry, AuditLink

BATCH = 500


def remove_before(moment: datetime, limit: int = BATCH) -> int:
    """Removes up to `limit` of the oldest entries written before `moment`; returns how many.

    Entries go in the order of the chain, and none that is younger than one before it. A sealed checkpoint says
    where the chain begins now; the triggers let go of nothing beyond it. Entries not yet sealed stay.
    """
    with transaction.atomic():
        links = list(AuditLink.objects.order_by("position")[:limit])
        written = dict(AuditEntry.objects.filter(pk__in=[link.entry_id for link in links]).values_list("pk", "at"))
        going: list[AuditLink] = []
        for index, link in enumerate(links):
            if link.entry_id not in written:
                continue  # missing already, as `verifying` reports: it goes with the next one
            if written[link.entry_id] >= moment:
                break
            going = links[: index + 1]
        if not going:
            return 0
        last = going[-1]
        AuditCheckpoint.objects.create(
            position=last.position,
            chain=last.chain,
            removed_before=moment,
            seal=seal_of_checkpoint(last.position, last.chain, moment),
        )
        removed, _each = AuditEntry.objects.filter(pk__in=[link.entry_id for link in going]).delete()
        AuditLink.objects.filter(position__lte=last.position).delete()
    return removed


def seal_of_checkpoint(position: int, chain: str, removed_before: datetime) -> str:
    return seal_of("checkpoint", position, chain, int(removed_before.timestamp()))
