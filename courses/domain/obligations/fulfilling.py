"""What completing a course does at once to what is asked of the person; the nightly round does the same again."""

from django.db.models import Q
from django.utils import timezone

from courses.models import Completion, Exemption, Obligation

from . import statements
from .asked import among


def fulfil(completion: Completion) -> int:
    """The obligations that a completion just written answers. One statement."""
    day = timezone.localdate(completion.completed_at)
    waiting = Obligation.objects.filter(
        Q(counts_from__isnull=True) | Q(counts_from__lte=completion.completed_at),
        Q(obliged_to__isnull=True) | Q(obliged_to__gt=day),
        person=completion.person_id,
        course=completion.course_id,
        fulfilled_on__isnull=True,
    )
    return waiting.update(completion=completion, fulfilled_on=day)


def recognise(equivalence: Exemption) -> int:
    """The obligations that an equivalent just approved answers."""
    who = among([equivalence.person_id])
    return statements.fulfil_by_equivalents(who, [equivalence.course_id], timezone.localdate())


def due_cycle(person, course) -> int | None:
    """The newest cycle in which the person is asked for the course and has not completed it; None: nothing asks."""
    waiting = Obligation.objects.filter(
        person=person, course=course, fulfilled_on__isnull=True, obliged_to__isnull=True
    )
    return waiting.order_by("-cycle").values_list("cycle", flat=True).first()
