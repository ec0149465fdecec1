"""What a unit that shares the care of a course sees of it elsewhere: how many, by unit, and nobody's name.

The right is `CourseCoOwner.sees_figures`; the unit that owns the course has it too. It is exercised by whoever reads
the records of that unit. The people of the reader's own units are left out: the desk shows their exact numbers, and
small groups of others could be told by subtracting them.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from courses.models import CourseCoOwner, CoursePage
from people.models import Person, Unit
from people.queries import report_units_for
from people.unit_tree import tree_of
from reports.aggregates import Aggregates
from reports.queries import CourseName


def shared_courses_for(viewer: Person) -> QuerySet[CoursePage]:
    """The courses whose figures the viewer sees because of a unit that owns them or shares their care."""
    mine = report_units_for(viewer)
    shared = CourseCoOwner.objects.filter(course=OuterRef("pk"), sees_figures=True, unit__in=mine)
    return CoursePage.objects.filter(Q(owner_unit__in=mine) | Exists(shared)).order_by("path")


class SharedCourses(Aggregates):
    """One reader's question about a course the reader's unit has a share in. Raises Http404 for any other."""

    def __init__(self, viewer: Person, sent: QueryDict, now: datetime | None = None):
        self._viewer = viewer
        super().__init__(viewer, sent, now)

    def _scope(self, viewer, day):
        elsewhere = Unit.objects.exclude(pk__in=report_units_for(viewer))
        return tree_of(Unit.objects.all(), day), elsewhere

    def _known(self, units, day) -> dict[int, CourseName]:
        found = shared_courses_for(self._viewer).values_list("pk", "title", "quiz", "shows_scores")
        return {row[0]: CourseName(*row) for row in found}
