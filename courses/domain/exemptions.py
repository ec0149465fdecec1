"""Exemptions, deferrals and recognised equivalents: asked for, decided, taken back. Each is written once."""

from datetime import date

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.domain import obligations
from courses.enums import ExemptionKind, ExemptionState
from courses.models import CoursePage, Exemption, Obligation
from people.domain import audit
from people.models import Person
from shared.errors import DomainError


@transaction.atomic
def request(
    person: Person,
    course: CoursePage,
    kind: ExemptionKind,
    *,
    reason: str,
    valid_from: date,
    actor: Person,
    valid_to: date | None = None,
    evidence: File | None = None,
    evidence_issuer: str = "",
    evidence_date: date | None = None,
) -> Exemption:
    """Asks for it; nothing changes before somebody approves. Raises DomainError in words for whoever asks.

    Nothing is dated back: it holds from today at the earliest. An equivalent rests on a paper with issuer and date.
    """
    today = timezone.localdate()
    if valid_from < today:
        raise DomainError(_("It can hold from today on at the earliest."))
    if valid_to is not None and valid_to <= valid_from:
        raise DomainError(_("It must end after it begins."))
    if kind == ExemptionKind.DEFERRAL and valid_to is None:
        raise DomainError(_("Say until which day the course shall be deferred."))
    if kind == ExemptionKind.EQUIVALENCE and not (evidence and evidence_issuer and evidence_date):
        raise DomainError(_("An equivalent needs its paper: the file, who issued it, and when."))
    if evidence_date and evidence_date > today:
        raise DomainError(_("The paper cannot have been issued in the future."))
    waiting = Exemption.objects.filter(person=person, course=course, state=ExemptionState.REQUESTED)
    if waiting.exists():
        raise DomainError(_("A request for this course is waiting for its decision already."))
    exemption = Exemption(
        person=person,
        course=course,
        kind=kind,
        reason=reason,
        valid_from=valid_from,
        valid_to=valid_to,
        evidence_issuer=evidence_issuer,
        evidence_date=evidence_date,
        requested_by=actor,
    )
    if evidence:
        exemption.evidence_name = evidence.name[-200:]
        exemption.evidence = evidence
    exemption.save()
    audit.record(actor, "exemption.requested", exemption, person=person.pk, course=course.pk, kind=str(kind))
    return exemption


@transaction.atomic
def approve(exemption: Exemption, *, actor: Person, note: str = "") -> Exemption:
    """It takes effect at once. Raises DomainError if it has been decided already, or concerns the actor."""
    decided = _decide(exemption, ExemptionState.APPROVED, actor, note)
    if decided.kind == ExemptionKind.EQUIVALENCE:
        obligations.recognise(decided)
    else:
        obligations.evaluate_people([decided.person_id])
    return decided


@transaction.atomic
def refuse(exemption: Exemption, *, actor: Person, note: str) -> Exemption:
    """Raises DomainError without a word why."""
    if not note.strip():
        raise DomainError(_("Say why, so that the person knows what to do next."))
    return _decide(exemption, ExemptionState.REFUSED, actor, note)


@transaction.atomic
def withdraw(exemption: Exemption, *, actor: Person) -> Exemption:
    """A request is taken back, or an approval ends from today on; what held until then stays. Twice changes nothing."""
    stored = _locked(exemption)
    if stored.state not in (ExemptionState.REQUESTED, ExemptionState.APPROVED):
        return stored
    was_approved, today = stored.state == ExemptionState.APPROVED, timezone.localdate()
    audit.record(actor, "exemption.withdrawn", stored, person=stored.person_id, course=stored.course_id)
    if was_approved and stored.kind == ExemptionKind.EXEMPTION and stored.valid_from < today:
        stored.valid_to = today  # it has held for some days, and they count
        stored.save(update_fields=["valid_to"])
    else:
        stored.state = ExemptionState.WITHDRAWN
        stored.save(update_fields=["state"])
    if was_approved:
        Obligation.objects.filter(equivalence=stored).update(equivalence=None, fulfilled_on=None)
        obligations.evaluate_people([stored.person_id])
    return stored


def _decide(exemption: Exemption, state: ExemptionState, actor: Person, note: str) -> Exemption:
    stored = _locked(exemption)
    if stored.person_id == actor.pk:
        raise DomainError(_("Nobody decides on a request about themselves."))
    if stored.state != ExemptionState.REQUESTED:
        raise DomainError(_("This has been decided already: %(state)s.") % {"state": stored.get_state_display()})
    stored.state, stored.decided_by, stored.decided_at = state, actor, timezone.now()
    stored.decision_note = note
    stored.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])
    audit.record(actor, f"exemption.{state}", stored, person=stored.person_id, course=stored.course_id)
    return stored


def _locked(exemption: Exemption) -> Exemption:
    return Exemption.objects.select_for_update(of=("self",)).select_related("person", "course").get(pk=exemption.pk)
