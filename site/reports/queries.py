"""Who must complete what and who has: set-based SQL over the models of `courses`, read only.

These questions belong to reports alone, so they stand here and not in `courses.queries`; nothing here writes.
Every query starts from `postings_in(units)`: a person is counted once, where they are posted today, and
nobody outside the units can appear.

A row is one person and one course:

* counted rows: the person has an obligation for the course (one row, however many assignments led to it:
  the newest cycle, its earliest day). If one course is asked for and nobody in the units was assigned it,
  everybody in the units counts.
* voluntary rows: the person is enrolled without an obligation. They are listed, but are no part of any rate.

The enrolment that answers a row is a completed one if there is one (a renewal begun later does not undo it),
else the newest; an obligation of a later cycle is not answered by enrolments of earlier ones.
`Enrolment.completed_at` stands for the completion: both are written in one transaction.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast

from courses.models import Completion, CoursePage, Enrolment, Obligation
from people.models import Person, Posting, Unit
from people.queries import postings_in

SOON = timedelta(days=7)

FIELDS = (
    "person_id",
    "sort_key",
    "full_name",
    "staff_number",
    "unit_id",
    "position_title",
    "position_group",
    "is_manager",
    "course_ref",
    "due_on",
    "enrolment",
    "edition",
    "completed_at",
)
_COMPLETED_FIRST = F("cycle") + Case(When(completed_at__isnull=False, then=Value(100_000)), default=Value(0))


@dataclass(frozen=True)
class CourseName:
    pk: int
    title: str


@dataclass(frozen=True)
class Population:
    """The people of some units and, if asked for, one course. `everyone`: no assignment narrows them."""

    postings: QuerySet[Posting]
    course: CourseName | None
    everyone: bool


def courses_known_to(units: QuerySet[Unit], day: date) -> dict[int, CourseName]:
    """The published courses, and others of which there are records in the units, in catalogue order."""
    people = postings_in(units, day).values("person")
    asked, begun = (model.objects.filter(course=OuterRef("pk"), person__in=people) for model in (Obligation, Enrolment))
    found = CoursePage.objects.filter(Q(live=True) | Exists(asked) | Exists(begun)).order_by("path")
    return {pk: CourseName(pk, title) for pk, title in found.values_list("pk", "title")}


def population(units: QuerySet[Unit], course: CourseName | None, day: date) -> Population:
    postings = postings_in(units, day)
    assigned = course is None or postings.filter(person__obligations__course=course.pk).exists()
    return Population(postings, course, everyone=not assigned)


def counted_rows(asked: Population) -> QuerySet[Posting]:
    """The rows the completion rate is taken of."""
    if asked.everyone:
        return _of_everyone(asked.postings, asked.course)
    rows = (
        _joined(asked, duty="person__obligations")
        .annotate(
            course_ref=F("duty__course_id"),
            due_on=F("duty__due_on"),
            _duty=F("duty__pk"),
            _cycle=F("duty__cycle"),
        )
        .filter(~Exists(_nearer_duties()))
    )
    study = Q(person__enrolments__course=F("duty__course_id"), person__enrolments__cycle__gte=F("duty__cycle"))
    return _with_enrolment(rows, study, Q(course=OuterRef("course_ref"), cycle__gte=OuterRef("_cycle")))


def voluntary_rows(asked: Population) -> QuerySet[Posting]:
    """Enrolments without an obligation."""
    if asked.everyone:
        return _of_everyone(asked.postings.none(), asked.course)
    rows = _joined(asked, chosen="person__enrolments").annotate(
        course_ref=F("chosen__course_id"),
        due_on=_no_day(),
        enrolment=F("chosen__pk"),
        edition=F("chosen__edition_id"),
        completed_at=F("chosen__completed_at"),
        _rank=_rank_of("chosen"),
    )
    duty = Obligation.objects.filter(person=OuterRef("person_id"), course=OuterRef("course_ref"))
    return rows.filter(~Exists(duty), ~Exists(_better_enrolments(Q(course=OuterRef("course_ref")))))


def narrowed(rows: QuerySet[Posting], condition: Q | None, searched: str) -> QuerySet[Posting]:
    """The rows narrowed to a state and to people whose name or staff number contains the folded text."""
    if condition is not None:
        rows = rows.filter(condition)
    return rows.filter(person__search_key__contains=searched) if searched else rows


def listed(*parts: QuerySet[Posting]) -> QuerySet:
    """The rows of disjoint parts as dictionaries: by given name, each person's courses oldest first."""
    first, *others = (
        part.order_by()
        .annotate(
            sort_key=F("person__sort_key"),
            full_name=F("person__full_name"),
            staff_number=F("person__staff_number"),
        )
        .values(*FIELDS)
        for part in parts
    )
    rows = first.union(*others, all=True) if others else first
    return rows.order_by("sort_key", "person_id", "course_ref")


def numbers_by_unit(rows: QuerySet[Posting], day: date) -> list[dict]:
    """For each unit with rows: how many there are, in which states, and how many people they are."""
    return list(
        rows.order_by()
        .values("unit_id")
        .annotate(
            people=Count("person_id", distinct=True),
            total=Count("pk"),
            completed=Count("pk", filter=COMPLETED),
            in_progress=Count("pk", filter=IN_PROGRESS),
            not_started=Count("pk", filter=NOT_STARTED),
            overdue=Count("pk", filter=overdue(day)),
            due_soon=Count("pk", filter=due_soon(day)),
        )
    )


COMPLETED = Q(completed_at__isnull=False)
IN_PROGRESS = Q(completed_at__isnull=True, enrolment__isnull=False)
NOT_STARTED = Q(enrolment__isnull=True)


def overdue(day: date) -> Q:
    return Q(completed_at__isnull=True, due_on__lt=day)


def due_soon(day: date) -> Q:
    return Q(completed_at__isnull=True, due_on__gte=day, due_on__lte=day + SOON)


def posting_of(units: QuerySet[Unit], person: int, day: date) -> QuerySet[Posting]:
    """The posting that brings a person into the units; nothing for anybody else."""
    return postings_in(units, day).filter(person=person).select_related("person")


def evidence_of(person: Person) -> QuerySet[Completion]:
    """All completions of a person with their certificates, newest first; scores are not HR's to see."""
    return (
        Completion.objects.filter(person=person)
        .select_related("course", "edition", "certificate")
        .defer("score", "max_points", "rule", "certificate__wording")
        .order_by("-completed_at", "-pk")
    )


def _joined(asked: Population, **relation: str) -> QuerySet[Posting]:
    """The postings once for each record of the relation, of the course asked for if there is one.

    Both conditions stand in one `filter`: a second one would join the records a second time.
    """
    ((name, path),) = relation.items()
    of_course = {f"{name}__course": asked.course.pk} if asked.course else {}
    rows = asked.postings.annotate(**{name: FilteredRelation(path)})
    return rows.filter(**{f"{name}__isnull": False}, **of_course)


def _of_everyone(postings: QuerySet[Posting], course: CourseName) -> QuerySet[Posting]:
    rows = postings.annotate(course_ref=Value(course.pk), due_on=_no_day())
    return _with_enrolment(rows, Q(person__enrolments__course=course.pk), Q(course=course.pk))


def _with_enrolment(rows: QuerySet[Posting], joined: Q, same_course: Q) -> QuerySet[Posting]:
    """Joins the enrolment that answers each row, if there is one."""
    return rows.annotate(
        study=FilteredRelation("person__enrolments", condition=joined),
        enrolment=F("study__pk"),
        edition=F("study__edition_id"),
        completed_at=F("study__completed_at"),
        _rank=_rank_of("study"),
    ).filter(~Exists(_better_enrolments(same_course)))


def _rank_of(relation: str):
    completed = When(**{f"{relation}__completed_at__isnull": False}, then=Value(100_000))
    return F(f"{relation}__cycle") + Case(completed, default=Value(0))


def _better_enrolments(same_course: Q) -> QuerySet[Enrolment]:
    """Enrolments of the row's person and course that answer it better than the one joined."""
    others = Enrolment.objects.filter(same_course, person=OuterRef("person_id"))
    return others.annotate(rank=_COMPLETED_FIRST).filter(rank__gt=OuterRef("_rank"))


def _nearer_duties() -> QuerySet[Obligation]:
    """Obligations of the row's person and course with a newer cycle, or of its cycle with an earlier day."""
    same_cycle = Q(cycle=OuterRef("_cycle"))
    return Obligation.objects.filter(person=OuterRef("person_id"), course=OuterRef("course_ref")).filter(
        Q(cycle__gt=OuterRef("_cycle"))
        | same_cycle & Q(due_on__lt=OuterRef("due_on"))
        | same_cycle & Q(due_on=OuterRef("due_on"), pk__lt=OuterRef("_duty"))
    )


def _no_day():
    return Cast(Value(None), DateField())
