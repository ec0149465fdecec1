"""What is asked for: which report, of which unit, about which course, as of which day; and may the viewer ask?"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, QueryDict
from django.utils import timezone

from courses.models import CoursePage, ObligationReason
from people.models import Person, Unit, UnitName
from people.queries import current_on, subtree_of
from people.queries.units import REPORT_READING, granted_units
from people.unit_tree import UnitNode, UnitTree, tree_of
from reports.documents.kinds import ReportKind
from reports.domain.on_date import asking_on

EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class AskedCourse:
    pk: int
    title: str
    shows_scores: bool


class Scope:
    """The units whose records a viewer reads, as they stood on a day: under their names and in their places then.

    A unit that has gone elsewhere since belongs, for that day, to where it stood. Nobody's scope is wider than the
    units on which a role is held today or which are headed today, with what stood below them.
    """

    def __init__(self, viewer: Person, day: date, *, with_headed: bool = True):
        self.day = day
        self.tree = _as_of(viewer, day, with_headed)

    def unit(self, pk: int | None) -> UnitNode | None:
        """The unit asked for, the first of the scope if none is; None in an empty scope.

        Raises Http404 for a unit out of the scope.
        """
        if pk is None:
            return next(iter(self.tree.roots), None)
        if pk not in self.tree.nodes:
            raise Http404
        return self.tree.nodes[pk]


def _as_of(viewer: Person, day: date, with_headed: bool) -> UnitTree:
    roots = set(granted_units(viewer, REPORT_READING).values_list("unit", flat=True))
    if with_headed:
        roots |= set(Unit.objects.filter(head=viewer).values_list("pk", flat=True))
    tree = tree_of(subtree_of(roots, day), day)
    names = UnitName.objects.filter(current_on(day), unit__in=list(tree.nodes)).values_list("unit", "name")
    for pk, name in names:
        tree.nodes[pk].name = name
    return tree


@dataclass(frozen=True)
class Question:
    """A report as it was asked for; `unit` is None only in an empty scope."""

    viewer: Person
    kind: ReportKind
    day: date
    scope: Scope
    unit: UnitNode | None
    course: AskedCourse | None

    @classmethod
    def of(cls, viewer: Person, kind: str, *, day: date, unit: int | None, course: int | None) -> "Question":
        """Raises Http404 for what does not exist or is out of the viewer's scope."""
        if kind not in ReportKind.values or not EARLIEST <= day <= timezone.localdate():
            raise Http404
        scope = Scope(viewer, day)
        node = scope.unit(unit)
        found = cls(viewer, ReportKind(kind), day, scope, node, None)
        if course is None:
            return found
        if course not in found.courses:
            raise Http404
        return cls(viewer, found.kind, day, scope, node, found.courses[course])

    @cached_property
    def units(self) -> QuerySet[Unit]:
        """The unit asked for and all that stood below it that day."""
        return subtree_of([self.unit.pk] if self.unit else [], self.day)

    @cached_property
    def courses(self) -> dict[int, AskedCourse]:
        """What people of the whole scope were asked for that day, in the order of titles."""
        return courses_asked(subtree_of([root.pk for root in self.scope.tree.roots], self.day), self.day)

    @property
    def course_pk(self) -> int | None:
        return self.course.pk if self.course else None

    @property
    def shows_scores(self) -> bool:
        asked = [self.course] if self.course else self.courses.values()
        return any(course.shows_scores for course in asked)

    def parts(self) -> dict[str, str]:
        """As an address or the hidden fields of a form hold it."""
        parts = {
            "don_vi": self.unit.pk if self.unit else "",
            "khoa_hoc": self.course.pk if self.course else "",
            "ngay": self.day.isoformat(),
        }
        return {name: str(value) for name, value in parts.items() if value}


def courses_asked(units: QuerySet[Unit], day: date) -> dict[int, AskedCourse]:
    """The courses of which anybody posted in the units on `day` was asked one that day."""
    asking = ObligationReason.objects.filter(
        asking_on(day),
        current_on(day, "obligation__person__postings__"),
        obligation__course=OuterRef("pk"),
        obligation__person__postings__is_primary=True,
        obligation__person__postings__unit__in=units,
    )
    found = CoursePage.objects.filter(Exists(asking)).order_by("title", "pk")
    return {row[0]: AskedCourse(*row) for row in found.values_list("pk", "title", "shows_scores")}


def read_question(viewer: Person, kind: str, sent: QueryDict) -> Question:
    """From an address; a day that is none or is still to come becomes today, other nonsense is not found."""
    return Question.of(
        viewer, kind, day=_day(sent.get("ngay", "")), unit=_number(sent, "don_vi"), course=_number(sent, "khoa_hoc")
    )


def _day(sent: str) -> date:
    today = timezone.localdate()
    try:
        day = date.fromisoformat(sent)
    except ValueError:
        return today
    return min(max(day, EARLIEST), today)


def _number(sent: QueryDict, name: str) -> int | None:
    value = sent.get(name, "").strip()
    if not value:
        return None
    if not (value.isascii() and value.isdecimal()):
        raise Http404
    return int(value[:18])
