"""What units must do as units: asked, handed in with evidence, accepted or given back."""

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.enums import UnitDutyState
from courses.models import UnitDuty, UnitRequirement
from people.domain import audit
from people.models import Person
from people.queries import subtree_of
from shared.errors import DomainError


@transaction.atomic
def ask_units(requirement: UnitRequirement, *, actor: Person) -> UnitRequirement:
    """Stores the requirement and a duty for every unit it is asked of.

    Raises DomainError for a day in the past or if there is no such unit.
    """
    if requirement.due_on < timezone.localdate():
        raise DomainError(_("This day is over. Give a later one."))
    units = subtree_of([requirement.under_id]).filter(active_to__isnull=True)
    if requirement.unit_kinds:
        units = units.filter(kind__in=requirement.unit_kinds)
    ids = list(units.order_by().values_list("pk", flat=True))
    if not ids:
        raise DomainError(_("No unit there is of these kinds."))
    requirement.created_by = actor
    requirement.save()
    UnitDuty.objects.bulk_create((UnitDuty(requirement=requirement, unit_id=pk) for pk in ids), batch_size=500)
    audit.record(actor, "unit_duty.asked", requirement, units=len(ids), under=requirement.under_id)
    return requirement


@transaction.atomic
def hand_in(duty: UnitDuty, evidence: File, note: str, *, actor: Person) -> UnitDuty:
    """The unit hands in its paper; again, if it was given back. Raises DomainError once it is accepted."""
    stored = _locked(duty)
    if stored.state == UnitDutyState.ACCEPTED:
        raise DomainError(_("This is accepted already."))
    stored.evidence_name, stored.evidence, stored.note = evidence.name[-200:], evidence, note
    stored.state, stored.handed_in_at, stored.handed_in_by = UnitDutyState.HANDED_IN, timezone.now(), actor
    stored.save()
    audit.record(actor, "unit_duty.handed_in", stored, unit=stored.unit_id, requirement=stored.requirement_id)
    return stored


@transaction.atomic
def decide(duty: UnitDuty, accepted: bool, note: str, *, actor: Person) -> UnitDuty:
    """Accepts what was handed in or gives it back. Raises DomainError if nothing is, or without a word why not."""
    stored = _locked(duty)
    if stored.state != UnitDutyState.HANDED_IN:
        raise DomainError(_("Nothing waits for a decision here."))
    if not accepted and not note.strip():
        raise DomainError(_("Say what is missing, so that the unit knows what to do next."))
    stored.state = UnitDutyState.ACCEPTED if accepted else UnitDutyState.RETURNED
    stored.decided_at, stored.decided_by, stored.decision_note = timezone.now(), actor, note
    stored.save(update_fields=["state", "decided_at", "decided_by", "decision_note"])
    action = "unit_duty.accepted" if accepted else "unit_duty.returned"
    audit.record(actor, action, stored, unit=stored.unit_id, requirement=stored.requirement_id)
    return stored


def _locked(duty: UnitDuty) -> UnitDuty:
    return UnitDuty.objects.select_for_update(of=("self",)).select_related("requirement", "unit").get(pk=duty.pk)
