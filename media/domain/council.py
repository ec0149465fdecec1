"""The emulation council: its docket, votes by name, decisions with minutes, and what a decision makes of a nominee."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from media import queries, rules
from media.enums import CouncilDecision, ExemplarKind, ExemplarStatus, NominationKind, NominationState, VoteValue
from media.models import CouncilSession, DocketItem, Exemplar, Nomination, Vote
from people.domain import audit
from people.rules import can_review_for
from shared.errors import DomainError

RECHECK_AFTER = timedelta(days=365)


@transaction.atomic
def open_session(unit, *, actor, title: str, held_on) -> CouncilSession:
    """Calls a meeting. Raises DomainError for who does not sit on the unit's council."""
    if not can_review_for(actor, unit):
        raise DomainError(_("Only members of the unit's council call a meeting."))
    session = CouncilSession.objects.create(unit=unit, title=title, held_on=held_on, opened_by=actor)
    audit.record(actor, "council.opened", session, unit=unit.pk)
    return session


@transaction.atomic
def put_on_docket(session: CouncilSession, nomination: Nomination, *, actor) -> DocketItem:
    """Raises DomainError if HR has not confirmed, the nominee's days to decline are not over, or the session is."""
    _require_open(session, actor)
    if not queries.ready_for_docket(actor).filter(pk=nomination.pk).exists():
        raise DomainError(_("This nomination cannot be put on the docket now."))
    item, created = DocketItem.objects.get_or_create(session=session, nomination=nomination)
    if created:
        audit.record(actor, "council.item_added", session, nomination=nomination.pk)
    return item


@transaction.atomic
def vote(item: DocketItem, *, actor, value: VoteValue) -> Vote:
    """Records a member's vote, once and for good.

    Raises DomainError for who nominated or is nominated, who voted already, and after the decision.
    """
    item = _locked(item)
    if not rules.can_vote(actor, item):
        raise DomainError(_("Who nominated or is nominated does not vote, nor anybody after the decision."))
    cast, created = Vote.objects.get_or_create(item=item, member=actor, defaults={"value": value})
    if not created:
        raise DomainError(_("This vote has been cast already and stands in the minutes."))
    audit.record(actor, "council.voted", item, value=str(value))
    return cast


@transaction.atomic
def decide(item: DocketItem, *, actor, level=None, award_form="", decision_number="", decided_on=None, issuer=""):
    """Records what the votes say: more for than against, else not recognised this time. Needs minutes and votes.

    A recognised nominee becomes an exemplar with the facts of the decision. Raises DomainError.
    """
    item = _locked(item)
    _require_open(item.session, actor)
    if item.decision or not item.nomination.is_open:
        raise DomainError(_("This item is closed."))
    if not item.session.minutes.strip():
        raise DomainError(_("Write the minutes first; the decision rests on them."))
    tally = tally_of(item)
    if not sum(tally.values()):
        raise DomainError(_("Nobody has voted yet."))
    recognised = tally[VoteValue.FOR] > tally[VoteValue.AGAINST]
    if recognised and not (award_form and decision_number and decided_on and issuer):
        raise DomainError(_("Give form of the award, number, date and issuer of the decision."))
    item.decision = CouncilDecision.RECOGNISED if recognised else CouncilDecision.NOT_RECOGNISED
    item.level = level or item.nomination.level
    item.award_form, item.decision_number, item.decided_on, item.issuer = (
        (award_form, decision_number, decided_on, issuer) if recognised else ("", "", None, "")
    )
    item.decided_at = timezone.now()
    item.save()
    _follow(item.nomination, item, recognised)
    audit.record(actor, "council.decided", item, nomination=item.nomination_id, decision=str(item.decision))
    return item


@transaction.atomic
def write_minutes(session: CouncilSession, *, actor, minutes: str, file=None) -> None:
    _require_open(session, actor)
    session.minutes = minutes
    if file:
        session.minutes_file = file
    session.save()
    audit.record(actor, "council.minutes_written", session)


@transaction.atomic
def close_session(session: CouncilSession, *, actor) -> None:
    """No further votes or minutes. Undecided items wait for another meeting. Raises DomainError without minutes."""
    _require_open(session, actor)
    if not session.minutes.strip():
        raise DomainError(_("Write the minutes before closing the meeting."))
    session.closed_at = timezone.now()
    session.save(update_fields=["closed_at"])
    audit.record(actor, "council.closed", session)


def tally_of(item: DocketItem) -> dict[str, int]:
    """How many voted which way."""
    counts = {value: Count("pk", filter=Q(value=value)) for value in VoteValue.values}
    found = item.votes.aggregate(**{f"n_{name}": count for name, count in counts.items()})
    return {value: found[f"n_{value}"] for value in VoteValue.values}


def _locked(item: DocketItem) -> DocketItem:
    DocketItem.objects.select_for_update().get(pk=item.pk)
    return DocketItem.objects.select_related("session__unit", "nomination__unit", "nomination__level").get(pk=item.pk)


def _require_open(session: CouncilSession, actor) -> None:
    if not rules.can_see_session(actor, session):
        raise DomainError(_("Only members of the unit's council do this."))
    if session.closed_at:
        raise DomainError(_("The meeting is closed. Its minutes and votes are not changed any more."))


def _follow(nomination: Nomination, item: DocketItem, recognised: bool) -> None:
    nomination.state = NominationState.RECOGNISED if recognised else NominationState.NOT_RECOGNISED
    if recognised:
        nomination.exemplar = _exemplar_of(nomination, item)
    nomination.save(update_fields=["state", "exemplar"])


def _exemplar_of(nomination: Nomination, item: DocketItem) -> Exemplar:
    shared = nomination.kind in (NominationKind.COLLECTIVE, NominationKind.MODEL)
    return Exemplar.objects.create(
        kind=ExemplarKind.COLLECTIVE if shared else ExemplarKind.PERSON,
        display_name=nomination.display_name,
        person=nomination.person,
        unit=nomination.unit,
        unit_name=nomination.unit_name,
        position_title=nomination.position_title,
        achievement=nomination.achievement[:2000],
        pillars=nomination.pillars,
        award_form=item.award_form,
        decision_number=item.decision_number,
        decided_on=item.decided_on,
        issuer=item.issuer,
        level=item.level,
        status=ExemplarStatus.RECOGNISED,
        recheck_on=item.decided_on + RECHECK_AFTER,
    )
