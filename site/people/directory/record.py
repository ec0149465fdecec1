"""One person's staff record as a viewer may see it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from people import national_id, rules
from people.directory.filters import AccountState
from people.directory.listing import account_state
from people.models import Dormancy, Person, Posting, RoleGrant, Unit
from people.queries import kept_postings_for, not_over_on, people_for, postings_for
from shared.text.dates import short_date


@dataclass(frozen=True)
class TimelineRow:
    """One stretch of the history; `hidden` ones lie in units outside the viewer's: when and where, no more."""

    posting: Posting
    hidden: bool
    may_keep: bool
    today: date

    @property
    def is_over(self) -> bool:
        return self.posting.valid_to is not None and self.posting.valid_to <= self.today

    @property
    def is_planned(self) -> bool:
        return self.posting.valid_from > self.today

    @property
    def ends_ahead(self) -> bool:
        """Whether an end is set that has not come."""
        return self.posting.valid_to is not None and not self.is_over

    @property
    def period(self) -> str:
        return period_in_words(self.posting.valid_from, self.posting.valid_to)


@dataclass
class StaffRecord:
    """Everything the person's page shows."""

    person: Person
    timeline: list[TimelineRow]
    account: AccountState
    may_keep: bool
    national_id: str
    heads: list[Unit]
    grants: list[RoleGrant]
    today: date

    @property
    def present(self) -> list[TimelineRow]:
        return [row for row in self.timeline if not row.is_over and not row.is_planned]

    @property
    def planned(self) -> list[TimelineRow]:
        return [row for row in self.timeline if row.is_planned]

    @property
    def past(self) -> list[TimelineRow]:
        return [row for row in reversed(self.timeline) if row.is_over]

    @property
    def foremost(self) -> TimelineRow | None:
        """Where the person stands today: the primary posting, if it is shown at all."""
        shown = [row for row in self.present if not row.hidden]
        return min(shown, key=lambda row: not row.posting.is_primary, default=None)

    @property
    def planned_days(self) -> list[date]:
        """The days on which something recorded is still to happen."""
        days = {row.posting.valid_from for row in self.planned}
        return sorted(days | {row.posting.valid_to for row in self.timeline if row.ends_ahead})


def staff_record(viewer: Person, pk: int) -> StaffRecord | None:
    """The record of somebody of the viewer's scope; None for anybody else."""
    person = people_for(viewer).filter(pk=pk).first()
    if person is None:
        return None
    today = timezone.localdate()
    resting = Dormancy.objects.filter(person=person, ended_at__isnull=True).exists()
    return StaffRecord(
        person=person,
        timeline=_timeline(viewer, person, today),
        account=account_state(person, resting),
        may_keep=rules.can_keep_person(viewer, person),
        national_id=_masked(viewer, person),
        heads=list(Unit.objects.filter(head=person)),
        grants=list(RoleGrant.objects.filter(not_over_on(today), person=person).select_related("unit")),
        today=today,
    )


def _timeline(viewer: Person, person: Person, today: date) -> list[TimelineRow]:
    shown = set(postings_for(viewer).filter(person=person).values_list("pk", flat=True))
    kept = set(kept_postings_for(viewer).filter(person=person).values_list("pk", flat=True))
    rows = Posting.objects.filter(person=person).select_related("unit")
    return [
        TimelineRow(row, hidden=row.pk not in shown, may_keep=row.pk in kept, today=today)
        for row in rows.order_by("valid_from", "-is_primary", "pk")
        if row.valid_to is None or row.valid_to > row.valid_from
    ]


def _masked(viewer: Person, person: Person) -> str:
    """The national ID as the viewer may see it: its last digits, or only whether there is one, or nothing."""
    if not person.national_id_hash:
        return ""
    if person.national_id_encrypted and rules.can_see_national_id(viewer, person):
        return national_id.masked(national_id.decrypt(person.national_id_encrypted))
    return _("recorded")


def period_in_words(since: date, until: date | None) -> str:
    """“from 01/07/2025 on”, “01/07/2025 to 30/11/2026”: the last day is shown, not the first day after."""
    if until is None:
        return _("from %(day)s on") % {"day": short_date(since)}
    words = {"first": short_date(since), "last": short_date(until - timedelta(days=1))}
    return _("%(first)s to %(last)s") % words
