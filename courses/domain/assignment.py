"""Requiring a course of a unit and everything below it."""

from datetime import date

from django.db import transaction

from courses.models import Assignment, CoursePage, Directive, Obligation
from people.domain import audit
from people.models import Person, Unit
from people.queries import postings_in, subtree_of

_BATCH = 500


@transaction.atomic
def assign(course: CoursePage, unit: Unit, due_on: date, *, directive: Directive | None, actor) -> Assignment:
    """Requires `course` of everybody in `unit` and below, and writes their obligations. Twice changes nothing."""
    assignment, created = Assignment.objects.get_or_create(
        course=course, unit=unit, due_on=due_on, defaults={"directive": directive, "created_by": actor}
    )
    if created:
        audit.record(actor, "course.assigned", assignment, course=course.pk, unit=unit.pk)
    materialise(assignment)
    return assignment


def materialise(assignment: Assignment) -> None:
    """Writes the obligations still missing for the people now in the assignment's subtree."""
    people = postings_in(subtree_of([assignment.unit_id]).values("pk")).values("person")
    missing = Person.objects.filter(pk__in=people).exclude(
        pk__in=Obligation.objects.filter(assignment=assignment).values("person")
    )
    rows = [
        Obligation(person_id=person, assignment=assignment, course_id=assignment.course_id, due_on=assignment.due_on)
        for person in missing.values_list("pk", flat=True)
    ]
    Obligation.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)
