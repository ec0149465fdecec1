"""What must be completed before a course may be started."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.enums import ExemptionKind, ExemptionState
from courses.models import Completion, CoursePage, Exemption, PathCourse
from people.queries import current_on
from shared.errors import DomainError
from shared.prepared import prepared

_named_before = prepared(
    lambda course: CoursePage.objects.filter(opens__course=course).order_by("opens__sort_order", "path"), int
)


def courses_before(person, course: CoursePage) -> list[CoursePage]:
    """The courses named as prerequisites, and the one before it in paths the person is asked to take in order."""
    found = {one.pk: one for one in _named_before(course.pk)}
    if person.is_authenticated:
        for one in _before_in_paths(person, course):
            found.setdefault(one.pk, one)
    return list(found.values())


def missing(person, course: CoursePage) -> list[CoursePage]:
    """Those of `courses_before` the person has neither completed nor shown an equivalent for."""
    before = courses_before(person, course)
    if not before or not person.is_authenticated:
        return before
    done = set(Completion.objects.filter(person=person, course__in=before).values_list("course", flat=True))
    known = Exemption.objects.filter(
        current_on(timezone.localdate()),
        person=person,
        course__in=before,
        kind=ExemptionKind.EQUIVALENCE,
        state=ExemptionState.APPROVED,
    )
    done |= set(known.values_list("course", flat=True))
    return [one for one in before if one.pk not in done]


def require(person, course: CoursePage) -> None:
    """Raises DomainError that names what comes first."""
    waiting = missing(person, course)
    if waiting:
        titles = ", ".join(f"“{one.title}”" for one in waiting)
        raise DomainError(_("This course opens when these are completed: %(courses)s.") % {"courses": titles})


def _before_in_paths(person, course: CoursePage) -> list[CoursePage]:
    asked = Q(
        path__in_order=True,
        path__assignments__reasons__until__isnull=True,
        path__assignments__reasons__obligation__person=person,
        path__assignments__reasons__obligation__obliged_to__isnull=True,
    )
    places = PathCourse.objects.filter(asked, course=course).values_list("path", "sort_order").distinct()
    found = []
    for path, place in places:
        former = PathCourse.objects.filter(path=path, sort_order__lt=place).select_related("course")
        last = former.order_by("-sort_order").first()
        if last:
            found.append(last.course)
    return found
