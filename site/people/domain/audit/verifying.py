"""Is the log as it was written? Recomputes every digest and follows the chain from its checkpoint to its head."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice

from django.db import connection
from django.utils import timezone

from people import append_only
from people.domain.audit.chain import link_of, seal_of_head
from people.domain.audit.content import digest_of
from people.domain.audit.removing import seal_of_checkpoint
from people.models import AuditCheckpoint, AuditEntry, AuditHead, AuditLink

_CHUNK = 2000
_SEALED_WITHIN = timedelta(hours=1)


@dataclass(frozen=True)
class Problem:
    """`kind`: changed, missing, chain, order, head, checkpoint, late or unprotected. `entry` is its number."""

    kind: str
    message: str
    entry: int | None = None
    position: int | None = None


@dataclass
class Findings:
    """What was checked and found. `position` and `chain` are the end of the log as it is now."""

    entries: int = 0
    links: int = 0
    waiting: int = 0
    position: int = 0
    chain: str = ""
    removed_up_to: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_intact(self) -> bool:
        return not self.problems

    def add(self, kind: str, message: str, **place) -> None:
        self.problems.append(Problem(kind, message, **place))


def verify(former_end: tuple[int, str] | None = None) -> Findings:
    """Goes through the whole log; changes nothing.

    `former_end` is the position and chain of an earlier run, kept elsewhere: with it even somebody who can put
    back an old copy of the database is found out.
    """
    findings = Findings()
    start = _checkpoint(findings)
    ends = {start[0]: start[1]}
    wanted = former_end[0] if former_end else None
    last = _follow(findings, start, ends, wanted)
    _head(findings, last)
    _waiting_entries(findings)
    if former_end and ends.get(wanted, "" if wanted >= start[0] else former_end[1]) != former_end[1]:
        findings.add("missing", f"The log does not contain what it ended with before, at place {wanted}.")
    for table in append_only.unprotected():
        findings.add("unprotected", f"The table {table} lacks the triggers that keep it append-only.")
    return findings


def _checkpoint(findings: Findings) -> tuple[int, str]:
    """Where the chain begins: (position, chain)."""
    latest = AuditCheckpoint.objects.order_by("-position").first()
    if latest is None:
        return 0, ""
    findings.removed_up_to = latest.position
    if latest.seal != seal_of_checkpoint(latest.position, latest.chain, latest.removed_before):
        findings.add("checkpoint", "The checkpoint was not made by this site.", position=latest.position)
    return latest.position, latest.chain


def _follow(findings: Findings, start: tuple[int, str], ends: dict, wanted: int | None) -> tuple[int, str]:
    """Checks links and their entries in order; returns the last (position, chain) in the database."""
    position, chain = start
    links = AuditLink.objects.order_by("position").iterator(chunk_size=_CHUNK)
    while chunk := list(islice(links, _CHUNK)):
        entries = AuditEntry.objects.in_bulk([link.entry_id for link in chunk])
        for link in chunk:
            findings.links += 1
            if link.position != position + 1:
                findings.add(
                    "missing",
                    f"Places {position + 1} to {link.position - 1} of the log are missing."
                    if link.position > position
                    else "This place should have been removed with the log before the checkpoint.",
                    position=link.position,
                )
            _check_link(findings, link, chain, entries.get(link.entry_id))
            position, chain = link.position, link.chain
            if position == wanted:
                ends[position] = chain
    return position, chain


def _check_link(findings: Findings, link: AuditLink, former: str, entry: AuditEntry | None) -> None:
    if entry is None:
        findings.add("missing", f"Log entry {link.entry_id} is missing.", entry=link.entry_id, position=link.position)
        return
    findings.entries += 1
    _check_entry(findings, entry, link.position)
    if link.chain != link_of(former, link.position, entry):
        findings.add("chain", "The link does not fit what stands before it.", entry=entry.pk, position=link.position)


def _check_entry(findings: Findings, entry: AuditEntry, position: int | None = None) -> None:
    if entry.digest != digest_of(entry):
        findings.add("changed", f"Log entry {entry.pk} is not as it was written.", entry=entry.pk, position=position)


def _head(findings: Findings, last: tuple[int, str]) -> None:
    head = AuditHead.objects.filter(pk=1).first()
    if head is None:
        if last[0]:
            findings.add("head", "The record of where the log ends is missing.")
        return
    findings.position, findings.chain = head.position, head.chain
    if head.seal != seal_of_head(head.position, head.chain):
        findings.add("head", "The record of where the log ends was not made by this site.")
    elif head.position > last[0]:
        findings.add("missing", f"The end of the log is missing: places {last[0] + 1} to {head.position}.")
    elif (head.position, head.chain) != last:
        findings.add("head", "The log does not end where its record says.", position=last[0])


def _waiting_entries(findings: Findings) -> None:
    """Entries without a link: their digests count, and the chain must have taken them up within an hour."""
    linked = AuditLink.objects.values("entry_id")
    late = timezone.now() - _SEALED_WITHIN
    numbers = []
    for entry in AuditEntry.objects.exclude(pk__in=linked).order_by("pk").iterator(chunk_size=_CHUNK):
        findings.entries += 1
        findings.waiting += 1
        numbers.append(entry.pk)
        _check_entry(findings, entry)
        if entry.at < late:
            findings.add("late", f"Log entry {entry.pk} was never sealed: is the scheduler running?", entry=entry.pk)
    if connection.vendor == "sqlite":
        _gaps(findings, numbers)


def _gaps(findings: Findings, waiting: list[int]) -> None:
    """SQLite gives numbers without gaps, so even what was never sealed is missed when it is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [AuditEntry._meta.db_table])
        given = (cursor.fetchone() or [0])[0]
    newest = AuditLink.objects.order_by("-entry_id").values_list("entry_id", flat=True).first()
    if newest is None and findings.removed_up_to:
        return  # everything sealed is over and gone; what its numbers were is not known any more
    for number in sorted(set(range((newest or 0) + 1, given + 1)) - set(waiting)):
        findings.add("missing", f"Log entry {number} is missing.", entry=number)
