"""The steps of the ladder, as administrators keep them."""

from django.db import transaction

from courses.enums import ReminderKind
from courses.models import ReminderStep
from people.domain import audit

# What a site starts with.
STARTING_STEPS = (
    (ReminderKind.ASSIGNED, 0),
    (ReminderKind.BEFORE, 30),
    (ReminderKind.BEFORE, 7),
    (ReminderKind.BEFORE, 1),
    (ReminderKind.OVERDUE, 1),
    (ReminderKind.HEAD, 7),
    (ReminderKind.SUPERIOR, 14),
)


def load_starting_steps() -> None:
    """Fills an empty ladder. Administrators change it afterwards."""
    if not ReminderStep.objects.exists():
        ReminderStep.objects.bulk_create(ReminderStep(kind=kind, days=days) for kind, days in STARTING_STEPS)


@transaction.atomic
def set_step(step: ReminderStep, *, actor) -> ReminderStep:
    """Enters or changes a step. What has been told already is not told again by it."""
    step.save()
    audit.record(actor, "reminder_step.set", step, kind=step.kind, days=step.days, active=step.is_active)
    return step


@transaction.atomic
def delete_step(step: ReminderStep, *, actor) -> None:
    audit.record(actor, "reminder_step.deleted", step, kind=step.kind, days=step.days)
    step.delete()
