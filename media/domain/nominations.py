"""From a unit's nomination to HR's answer. Whoever ends one leaves no trace of having been the one."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from media import rules
from media.enums import NominationState
from media.models import Nomination, NominationEvidence
from notices.domain.sending import notify
from notices.enums import NoticeKind
from people.domain import audit
from people.domain.audit import origin
from people.enums import Role
from people.models import UnitClosure
from people.queries import current_on, grants_in_force
from shared.errors import DomainError


@transaction.atomic
def nominate(unit, *, actor, evidence=(), **facts) -> Nomination:
    """Puts somebody forward and tells them at once, long before a council reads about it.

    Raises DomainError if `actor` may not nominate for the unit, puts themselves forward, or the nominee cannot have
    been told.
    """
    if not rules.can_nominate_for(actor, unit):
        raise DomainError(_("Only the head or an HR officer of a unit nominates for it."))
    person = facts.get("person")
    if person is not None and person.pk == actor.pk:
        raise DomainError(_("Nobody puts themselves forward. Ask the head or an HR officer of the unit."))
    if person is None and not facts.get("told_offline_on"):
        raise DomainError(_("Without an account the nominee has to be told in person: give the day."))
    nomination = Nomination.objects.create(unit=unit, unit_name=unit.name, nominated_by=actor, **facts)
    NominationEvidence.objects.bulk_create(
        NominationEvidence(nomination=nomination, file=file, name=file.name[:200], size=file.size) for file in evidence
    )
    audit.record(actor, "nomination.made", nomination, unit=unit.pk, files=len(evidence))
    if person is not None:
        _tell({person.pk}, nomination, NoticeKind.NOMINATED, "told")
    _tell(_hr_officers_of(unit) - {actor.pk}, nomination, NoticeKind.NOMINATION_MOVED, "to-confirm")
    return nomination


@transaction.atomic
def agree(nomination: Nomination, *, actor) -> None:
    """The nominee says yes; the council may read about it without waiting for the days to decline to pass."""
    nomination = _locked(nomination)
    if not rules.can_answer_nomination(actor, nomination):
        raise DomainError(_("This nomination is closed."))
    if nomination.agreed_at is None:
        nomination.agreed_at = timezone.now()
        nomination.save(update_fields=["agreed_at"])


def decline(nomination: Nomination, *, actor) -> None:
    """The nominee says no, without a reason. Everybody else only sees “not pursued”."""
    _end(nomination, rules.can_answer_nomination, actor)


def withdraw(nomination: Nomination, *, actor) -> None:
    """The unit takes it back."""
    _end(nomination, rules.can_withdraw_nomination, actor)


@transaction.atomic
def confirm(nomination: Nomination, *, actor, yes: bool) -> None:
    """HR's answer: yes, or no without a word why; a no is “not pursued” like any other."""
    if not yes:
        _end(nomination, rules.can_confirm_nomination, actor)
        return
    nomination = _locked(nomination)
    if not rules.can_confirm_nomination(actor, nomination):
        raise DomainError(_("Another HR officer of the unit answers this, and only once."))
    nomination.state, nomination.confirmed_at, nomination.confirmed_by = (
        NominationState.CONFIRMED,
        timezone.now(),
        actor,
    )
    nomination.save(update_fields=["state", "confirmed_at", "confirmed_by"])
    audit.record(actor, "nomination.confirmed", nomination)


@transaction.atomic
def _end(nomination: Nomination, rule, actor) -> None:
    """Closes it as not pursued. Neither row nor log says who, from where or at which step."""
    nomination = _locked(nomination)
    if not rule(actor, nomination):
        raise DomainError(_("This nomination is closed."))
    nomination.state = NominationState.NOT_PURSUED
    nomination.agreed_at = nomination.confirmed_at = nomination.confirmed_by = None
    nomination.save(update_fields=["state", "agreed_at", "confirmed_at", "confirmed_by"])
    with origin.answering(None):
        audit.record(None, "nomination.not_pursued", nomination)


def _locked(nomination: Nomination) -> Nomination:
    return Nomination.objects.select_for_update(of=("self",)).select_related("unit").get(pk=nomination.pk)


def _hr_officers_of(unit) -> set[int]:
    above = UnitClosure.objects.filter(current_on(timezone.localdate()), descendant=unit).values("ancestor")
    held = grants_in_force().filter(role=Role.HR_OFFICER, unit__in=above)
    return set(held.values_list("person", flat=True))


def _tell(people: set[int], nomination: Nomination, kind: NoticeKind, step: str) -> None:
    for person_id in people:
        notify(
            person_id,
            kind,
            subject=str(nomination)[:255],
            path=reverse("nomination", args=[nomination.pk]),
            key=f"nomination-{step}-{nomination.pk}",
        )
