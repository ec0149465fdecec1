"""Who was obliged on a day, and how far they were on that day: the figures all reports rest on.

A row is one person and one course. A person is **obliged** on a day if a rule asked them on it (a reason of the
obligation is open: `since` <= day < `until`; one row however many rules ask, the newest cycle), and counts in the
unit of the primary posting held that day, as the tree of units stood that day. Of these

* fulfilled: completed, or an equivalent recognised, on the day or before it;
* in progress: not fulfilled, but begun by then; not started: neither;
* certified: fulfilled by a completion whose certificate was in the register by then, and not revoked;
* late: not fulfilled, and due before the day (the earliest day of the rules asking then, later after a deferral);
* due soon: not fulfilled, and due on the day or within the seven days after it.

**Exempt** people are not obliged, so they are no part of the denominator; they are counted beside it. Nobody whose use
of data is restricted is counted. What is asked today stands on the obligations themselves, which follow their reasons
(`courses.domain.obligations`); for former days the reasons are asked. Everything is set-wise: no query per person,
unit or course.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.http import Http404
from django.utils import timezone

from courses.enums import ExemptionKind, ExemptionState
from courses.models import Certificate, Enrolment, Exemption, Obligation, ObligationReason
from people.models import Person, Posting, Unit
from people.queries import current_on, report_units_for, subtree_of
from people.unit_tree import UnitNode, UnitTree, tree_of

SOON = timedelta(days=7)


@dataclass
class Counts:
    """Rows of a kind on a day. `people` are the persons among the `obliged`; `exempt` are not among them."""

    people: int = 0
    obliged: int = 0
    fulfilled: int = 0
    certified: int = 0
    in_progress: int = 0
    not_started: int = 0
    late: int = 0
    due_soon: int = 0
    exempt: int = 0

    def add(self, other: "Counts | dict") -> None:
        read = other.get if isinstance(other, dict) else lambda name, _none: getattr(other, name)
        for name in COUNTED:
            setattr(self, name, getattr(self, name) + (read(name, 0) or 0))


COUNTED = tuple(field.name for field in fields(Counts))


@dataclass
class OnDate:
    """What one viewer sees of one day. `direct` are the counts of each unit's own people, by the unit's id."""

    day: date
    tree: UnitTree
    unit: UnitNode | None
    direct: dict[int, Counts]

    @cached_property
    def total(self) -> Counts:
        return total_of(self.direct.values())

    def below(self, node: UnitNode) -> Counts:
        """The unit with everything that stood below it on the day."""
        return total_of(self.direct[one.pk] for one in node.walk() if one.pk in self.direct)


def figures_on(viewer: Person, day: date, *, unit: int | None = None, courses: Collection[int] | None = None) -> OnDate:
    """The counts of the viewer's units on a day, of one of them with all below it, of some courses (None: of all).

    The viewer's units are those of the roles held today, with what stood below them on `day`. Raises Http404 for a
    unit that was not among them. Three queries whatever the tree.
    """
    tree = tree_of(report_units_for(viewer, day), day)
    chosen = None
    if unit is not None:
        chosen = tree.nodes.get(unit)
        if chosen is None:
            raise Http404
    units = subtree_of([node.pk for node in ([chosen] if chosen else tree.roots)], day)
    return OnDate(day, tree, chosen, counts_by_unit(units, day, courses))


def counts_by_unit(units: QuerySet[Unit], day: date, courses: Collection[int] | None = None) -> dict[int, Counts]:
    """The counts of each unit's own people. Two queries."""
    found: dict[int, Counts] = {}
    postings = postings_on(units, day)
    for rows in (counted(duties_on(postings, day, courses), day), exempted(postings, day, courses)):
        for row in rows:
            found.setdefault(row["unit_id"], Counts()).add(row)
    return found


def total_of(counts: Iterable[Counts]) -> Counts:
    total = Counts()
    for one in counts:
        total.add(one)
    return total


def postings_on(units, day: date) -> QuerySet[Posting]:
    """Primary postings held in `units` on `day`: one row for each person, where they counted that day.

    Whose account is closed today is left out of today's figures only: what was asked of them before was asked.
    """
    postings = Posting.objects.filter(
        current_on(day), unit__in=units, is_primary=True, person__restricted_at__isnull=True
    )
    return postings.filter(person__is_active=True) if _is_present(day) else postings


def duties_on(postings: QuerySet[Posting], day: date, courses: Collection[int] | None = None) -> QuerySet[Posting]:
    """The postings once for each course asked of the person on `day`.

    The rows have `duty_ref` (the obligation), `course_ref`, `cycle_ref`, `completion_ref` (whatever day it is of),
    `due_on` and `fulfilled_on`, as on that day.
    Further conditions may name these alone: a new condition on `duty` would join the obligations a second time.
    """
    of_courses = {} if courses is None else {"duty__course__in": courses}
    rows = postings.annotate(duty=FilteredRelation("person__obligations")).filter(
        *_lasted(day), duty__isnull=False, **of_courses
    )
    rows = rows.annotate(
        duty_ref=F("duty__pk"),
        course_ref=F("duty__course_id"),
        cycle_ref=F("duty__cycle"),
        completion_ref=F("duty__completion_id"),
        fulfilled_on=Case(When(duty__fulfilled_on__lte=day, then=F("duty__fulfilled_on")), output_field=DateField()),
        due_on=_due(day),
    )
    if not _is_present(day):
        rows = rows.filter(Exists(_reasons(day).filter(obligation=OuterRef("duty_ref"))))
    return rows.filter(~Exists(_nearer(day)))


def counted(rows: QuerySet[Posting], day: date, by: tuple[str, ...] = ("unit_id",), *, people: bool = True):
    """How many of the rows of `duties_on` are in which state, for each value of `by`. One query.

    Without `people` the persons are not told apart: of one course there are as many as rows.
    """
    persons = {"people": Count("person_id", distinct=True)} if people else {}
    return (
        rows.order_by()
        .values(*by)
        .annotate(
            obliged=Count("pk"),
            fulfilled=Count("pk", filter=FULFILLED),
            certified=Count("pk", filter=certified(day)),
            in_progress=Count("pk", filter=OPEN & Exists(begun(day))),
            not_started=Count("pk", filter=OPEN & ~Exists(begun(day))),
            late=Count("pk", filter=late(day)),
            due_soon=Count("pk", filter=due_soon(day)),
            **persons,
        )
    )


def exempted(
    postings: QuerySet[Posting],
    day: date,
    courses: Collection[int] | None = None,
    by: tuple[str, ...] = ("unit_id",),
):
    """For each value of `by`: how many courses people were exempt from on `day`. One query."""
    of_courses = {} if courses is None else {"freed__course__in": courses}
    again = _in_force(day).filter(
        person=OuterRef("person_id"), course=OuterRef("freed_course"), pk__lt=OuterRef("freed_ref")
    )
    rows = postings.annotate(freed=FilteredRelation("person__exemptions")).filter(
        current_on(day, "freed__"),
        freed__kind=ExemptionKind.EXEMPTION,
        freed__state=ExemptionState.APPROVED,
        **of_courses,
    )
    rows = rows.annotate(freed_ref=F("freed__pk"), freed_course=F("freed__course_id")).filter(~Exists(again))
    return rows.order_by().values(*by).annotate(exempt=Count("pk"))


def begun(day: date) -> QuerySet[Enrolment]:
    """What the row's person had begun of the row's course by the end of `day`, in its cycle."""
    return Enrolment.objects.filter(
        person=OuterRef("person_id"),
        course=OuterRef("course_ref"),
        cycle__gte=OuterRef("cycle_ref"),
        enrolled_at__lt=end_of(day),
    )


FULFILLED = Q(fulfilled_on__isnull=False)
OPEN = Q(fulfilled_on__isnull=True)


def late(day: date) -> Q:
    return OPEN & Q(due_on__lt=day)


def certified(day: date) -> Q:
    issued = Certificate.objects.filter(
        Q(revoked_at__isnull=True) | Q(revoked_at__gte=end_of(day)),
        completion=OuterRef("completion_ref"),
        issued_at__lt=end_of(day),
    )
    return FULFILLED & Q(Exists(issued))


def due_soon(day: date) -> Q:
    return OPEN & Q(due_on__gte=day, due_on__lte=day + SOON)


def end_of(day: date) -> datetime:
    """The moment at which the day is over, where we are."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def _is_present(day: date) -> bool:
    return day >= timezone.localdate()


def asking_on(day: date) -> Q:
    """Condition on a reason: it asks on `day`."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))


def _reasons(day: date) -> QuerySet[ObligationReason]:
    """The reasons open on the day."""
    return ObligationReason.objects.filter(asking_on(day))


def _lasted(day: date) -> list[Q]:
    """Conditions on `duty` by its own days: of today they decide; formerly there may have been gaps between reasons."""
    if _is_present(day):
        return [Q(duty__obliged_to__isnull=True)]
    return [Q(duty__obliged_to__isnull=True) | Q(duty__obliged_to__gt=day), Q(duty__obliged_from__lte=day)]


def anything_asked_for(day: date, person) -> QuerySet[Obligation]:
    """All that was asked of the person on the day."""
    duties = Obligation.objects.filter(person=person)
    if _is_present(day):
        return duties.filter(obliged_to__isnull=True)
    return duties.filter(Exists(_reasons(day).filter(obligation=OuterRef("pk"))))


def asked_for(day: date) -> QuerySet[Obligation]:
    """What was asked, on the day, of the person of a row for the row's course."""
    return anything_asked_for(day, OuterRef("person_id")).filter(course=OuterRef("course_ref"))


def _nearer(day: date) -> QuerySet[Obligation]:
    """Of these, those with a newer cycle than the row's."""
    return asked_for(day).filter(cycle__gt=OuterRef("cycle_ref"))


def _due(day: date):
    """The day the course was due on, as things stood on `day`."""
    if _is_present(day):
        return F("duty__due_on")
    earliest = _single(_reasons(day).filter(obligation=OuterRef("duty_ref")), "obligation", Min("due_on"))
    deferred = _single(
        Exemption.objects.filter(
            person=OuterRef("person_id"),
            course=OuterRef("course_ref"),
            kind=ExemptionKind.DEFERRAL,
            state=ExemptionState.APPROVED,
            decided_at__lt=end_of(day),
        ),
        "person",
        Max("valid_to"),
    )
    return ExpressionWrapper(Greatest(earliest, Coalesce(deferred, earliest)), output_field=DateField())


def _single(rows: QuerySet, grouped_by: str, value) -> Subquery:
    """One aggregated value of the rows, which all have the same `grouped_by`."""
    return Subquery(rows.order_by().values(grouped_by).annotate(_value=value).values("_value"))


def _in_force(day: date) -> QuerySet[Exemption]:
    return Exemption.objects.filter(current_on(day), kind=ExemptionKind.EXEMPTION, state=ExemptionState.APPROVED)
