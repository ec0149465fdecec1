"""Rules: making, retiring, and the short way for one course, one unit and a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.domain import obligations
from courses.enums import DueKind
from courses.models import Assignment, AssignmentUnit, CoursePage, Directive
from people.domain import audit
from people.models import Person, Unit
from shared.domain import outbox
from shared.errors import DomainError

OUTBOX_KIND = "courses.evaluate_rule"


@dataclass(frozen=True)
class Target:
    """A unit a rule is for, with or without what stands below it."""

    unit: Unit
    with_subtree: bool = True


@transaction.atomic
def create_rule(assignment: Assignment, targets: Iterable[Target], *, actor: Person | None) -> Assignment:
    """Stores a new rule for these units; a worker then writes what it means for everybody.

    Raises DomainError without a unit.
    """
    targets = list(targets)
    if not targets:
        raise DomainError(_("Choose at least one unit."))
    assignment.created_by = actor
    assignment.save()
    AssignmentUnit.objects.bulk_create(
        AssignmentUnit(assignment=assignment, unit=target.unit, with_subtree=target.with_subtree) for target in targets
    )
    units = [target.unit.pk for target in targets]
    audit.record(
        actor, "course.assigned", assignment, course=assignment.course_id, path=assignment.path_id, units=units
    )
    outbox.enqueue(OUTBOX_KIND, assignment.pk)
    return assignment


@transaction.atomic
def retire(assignment: Assignment, *, actor: Person | None, on: date | None = None) -> Assignment:
    """From `on` (today) the rule asks nobody any more; what it asked before stays readable. Twice changes nothing."""
    stored = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if stored.retired_at is None:
        stored.active_to = on or timezone.localdate()
        stored.retired_at, stored.retired_by = timezone.now(), actor
        stored.save(update_fields=["active_to", "retired_at", "retired_by"])
        audit.record(actor, "course.assignment_retired", stored, on=stored.active_to.isoformat())
        outbox.enqueue(OUTBOX_KIND, stored.pk)
    return stored


def assign(course: CoursePage, unit: Unit, due_on: date, *, directive: Directive | None, actor) -> Assignment:
    """Requires `course` of everybody in `unit` and below, and writes their obligations. Twice changes nothing."""
    found = Assignment.objects.filter(
        course=course, units__unit=unit, due_kind=DueKind.FIXED, due_on=due_on, retired_at__isnull=True
    )
    assignment = found.first()
    if assignment is None:
        assignment = create_rule(
            Assignment(course=course, due_on=due_on, directive=directive, owner_unit=unit), [Target(unit)], actor=actor
        )
    materialise(assignment)
    return assignment


def materialise(assignment: Assignment) -> None:
    """Brings everybody's obligations in step with the rule now, without waiting for the worker."""
    obligations.evaluate_rule(assignment)


def evaluate_by_id(assignment_id: int) -> None:
    """The outbox's door: the rule over everybody. May run twice."""
    assignment = Assignment.objects.filter(pk=assignment_id).first()
    if assignment:
        obligations.evaluate_rule(assignment)
