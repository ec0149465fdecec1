"""Setting and stopping monthly reports."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain import audit
from people.models import Person
from people.rules import can_see_reports, can_see_reports_of
from reports.enums import StopReason
from reports.models import Schedule
from shared.errors import DomainError

MOST = 20  # running ones of one person


def schedules_for(viewer: Person) -> QuerySet[Schedule]:
    """One's own, the running ones first."""
    if not viewer.is_authenticated:
        return Schedule.objects.none()
    return Schedule.objects.filter(person=viewer).select_related("unit", "course")


def is_in_scope(schedule: Schedule) -> bool:
    """Whether the person may still have reports of the unit."""
    person = schedule.person
    return person.is_active and can_see_reports(person) and can_see_reports_of(person, schedule.unit)


@transaction.atomic
def set_up(schedule: Schedule) -> Schedule:
    """Begins a monthly report; its first one is that of the next such day, today included. Raises DomainError."""
    if not is_in_scope(schedule):
        raise DomainError(_("This unit is not in your scope."))
    if running().filter(person=schedule.person).count() >= MOST:
        raise DomainError(_("Twenty monthly reports are running already. Please stop one of them first."))
    schedule.save(force_insert=True)
    audit.record(schedule.person, "schedule.set", schedule, about=None, report=schedule.report, unit=schedule.unit_id)
    return schedule


def running() -> QuerySet[Schedule]:
    return Schedule.objects.filter(stopped_at__isnull=True)


@transaction.atomic
def stop(schedule: Schedule, reason: StopReason, *, actor: Person | None) -> bool:
    """Twice changes nothing; returns whether this call stopped it."""
    stopped = running().filter(pk=schedule.pk).update(stopped_at=timezone.now(), stop_reason=reason)
    if stopped:
        audit.record(actor, "schedule.stopped", schedule, about=None, reason=str(reason))
    return bool(stopped)
