"""The chain through the log: every entry gets a place and a link to the one before, some seconds after it was written.

Links are not written with the entries because each needs the one before: all writers of the site would wait for
one another until their commits. A short task seals what has been committed since, in batches.
"""

from django.db import transaction
from django.utils import timezone

from people.domain.audit.content import seal_of
from people.models import AuditEntry, AuditHead, AuditLink

BATCH = 500
# Numbers are given when an entry is written, not when it is committed: a slow transaction may bring a number up to
# this much behind the newest sealed one. `everything=True` looks behind that as well.
_LATECOMERS = 10_000


def seal(*, everything: bool = False) -> int:
    """Links all committed entries that have no link yet, oldest first. Returns how many there were.

    Two sealers at once wait for each other. `everything` goes through the whole log once, for the night.
    """
    sealed = 0
    while True:
        batch = _seal_batch(everything)
        sealed += batch
        if batch < BATCH:
            return sealed


def link_of(former: str, position: int, entry: AuditEntry) -> str:
    """The chain's value at `position`, made from its value before and the entry there."""
    return seal_of("link", former, position, entry.pk, entry.digest)


def seal_of_head(position: int, chain: str) -> str:
    return seal_of("head", position, chain)


@transaction.atomic
def _seal_batch(everything: bool) -> int:
    head = _locked_head()
    entries = list(_waiting(everything).order_by("pk").only("pk", "digest")[:BATCH])
    if not entries:
        return 0
    links, chain = [], head.chain
    for position, entry in enumerate(entries, start=head.position + 1):
        chain = link_of(chain, position, entry)
        links.append(AuditLink(position=position, entry_id=entry.pk, chain=chain))
    AuditLink.objects.bulk_create(links)
    head.position, head.chain = links[-1].position, chain
    head.seal, head.sealed_at = seal_of_head(head.position, chain), timezone.now()
    head.save()
    return len(links)


def _locked_head() -> AuditHead:
    AuditHead.objects.get_or_create(pk=1, defaults={"seal": seal_of_head(0, "")})
    return AuditHead.objects.select_for_update().get(pk=1)


def _waiting(everything: bool):
    entries = AuditEntry.objects.exclude(pk__in=AuditLink.objects.values("entry_id"))
    if everything:
        return entries
    newest = AuditLink.objects.order_by("-entry_id").values_list("entry_id", flat=True).first() or 0
    recent = AuditLink.objects.filter(entry_id__gt=newest - _LATECOMERS)
    return AuditEntry.objects.filter(pk__gt=newest - _LATECOMERS).exclude(pk__in=recent.values("entry_id"))
