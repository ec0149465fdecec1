"""Who must complete what and who has: set-based SQL over the models of `courses`, read only.

These questions belong to reports alone, so they stand here and not in `courses.queries`; nothing here writes.
A person is counted once, where they were posted on the day, and nobody outside the units can appear.

A row is one person and one course:

* counted rows: the person was obliged to the course on the day (`domain.on_date` says what that means);
* voluntary rows: the person is enrolled without an obligation. They are no part of any rate, and are listed only
  for units whose records the reader keeps or inspects: a superior never sees what somebody learns by choice.

The enrolment that answers a row is a completed one if there is one (a renewal begun later does not undo it),
else the newest; an obligation of a later cycle is not answered by enrolments of earlier ones.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, DateField, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from courses.models import Completion, CoursePage, Enrolment, Obligation
from people.models import Person, Posting, Unit
from people.queries import postings_in
from quizzes.models import Attempt
from reports.domain import on_date
from reports.domain.on_date import end_of

SOON = on_date.SOON

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
    "completed_on",
)


@dataclass(frozen=True)
class CourseName:
    pk: int
    title: str
    quiz: int | None = None
    shows_scores: bool = False


@dataclass(frozen=True)
class Population:
    """The people of some units on a day and, if asked for, one course.

    `by_choice`: those of them whose learning by choice the reader may see; None: nobody's.
    """

    postings: QuerySet[Posting]
    course: CourseName | None
    day: date
    by_choice: QuerySet[Posting] | None = None


def courses_known_to(units: QuerySet[Unit], day: date) -> dict[int, CourseName]:
    """The published courses, and others of which there are records in the units, in catalogue order."""
    people = postings_in(units, day).values("person")
    asked, begun = (model.objects.filter(course=OuterRef("pk"), person__in=people) for model in (Obligation, Enrolment))
    found = CoursePage.objects.filter(Q(live=True) | Exists(asked) | Exists(begun)).order_by("path")
    return {row[0]: CourseName(*row) for row in found.values_list("pk", "title", "quiz", "shows_scores")}


def quiz_attempts(people, quizzes, day: date | None = None) -> dict[tuple[int, int], Attempt]:
    """What counts of each person's attempts at the quizzes, by person and quiz: a passed one before the newest one.

    Papers, answers and points of single questions are never read here. Of a former `day` only what was submitted by
    its end.
    """
    found = Attempt.objects.filter(person__in=people, quiz__in=quizzes).order_by("number")
    if day is not None and day < timezone.localdate():
        found = found.filter(submitted_at__lt=end_of(day))
    counting: dict[tuple[int, int], Attempt] = {}
    for attempt in found.only("person", "quiz", "state", "submitted_at", "passed", "score", "max_points"):
        before = counting.get((attempt.person_id, attempt.quiz_id))
        if before is None or not before.passed:
            counting[(attempt.person_id, attempt.quiz_id)] = attempt
    return counting


def population(
    units: QuerySet[Unit], course: CourseName | None, day: date, by_choice: QuerySet[Unit] | None = None
) -> Population:
    """The people posted in the units on the day; `by_choice`: the units whose people's learning by choice is shown."""
    postings = on_date.postings_on(units, day)
    chosen = None if by_choice is None else postings.filter(unit__in=by_choice)
    return Population(postings, course, day, chosen)


def counted_rows(asked: Population) -> QuerySet[Posting]:
    """The rows the completion rate is taken of."""
    courses = [asked.course.pk] if asked.course else None
    rows = on_date.duties_on(asked.postings, asked.day, courses).annotate(completed_on=F("fulfilled_on"))
    same = Q(course=OuterRef("course_ref"), cycle__gte=OuterRef("cycle_ref"))
    study = Q(
        person__enrolments__course=F("duty__course_id"),
        person__enrolments__cycle__gte=F("duty__cycle"),
        person__enrolments__enrolled_at__lt=end_of(asked.day),
    )
    return rows.annotate(
        study=FilteredRelation("person__enrolments", condition=study),
        enrolment=F("study__pk"),
        edition=F("study__edition_id"),
        _rank=_rank_of("study__", asked.day),
    ).filter(~Exists(_better_enrolments(same, asked.day)))


def voluntary_rows(asked: Population) -> QuerySet[Posting]:
    """Enrolments without an obligation, of those whose learning by choice the reader may see."""
    of_course = {"chosen__course": asked.course.pk} if asked.course else {}
    postings = asked.postings.none() if asked.by_choice is None else asked.by_choice
    rows = (
        postings.annotate(chosen=FilteredRelation("person__enrolments"))
        .filter(chosen__isnull=False, chosen__enrolled_at__lt=end_of(asked.day), **of_course)
        .annotate(
            course_ref=F("chosen__course_id"),
            due_on=Cast(Value(None), DateField()),
            enrolment=F("chosen__pk"),
            edition=F("chosen__edition_id"),
            completed_on=Case(
                When(chosen__completed_at__lt=end_of(asked.day), then=TruncDate("chosen__completed_at")),
                output_field=DateField(),
            ),
            _rank=_rank_of("chosen__", asked.day),
        )
    )
    better = _better_enrolments(Q(course=OuterRef("course_ref")), asked.day)
    return rows.filter(~Exists(on_date.asked_for(asked.day)), ~Exists(better))


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


COMPLETED = Q(completed_on__isnull=False)
IN_PROGRESS = Q(completed_on__isnull=True, enrolment__isnull=False)
NOT_STARTED = Q(completed_on__isnull=True, enrolment__isnull=True)


def overdue(day: date) -> Q:
    return Q(completed_on__isnull=True, due_on__lt=day)


def due_soon(day: date) -> Q:
    return Q(completed_on__isnull=True, due_on__gte=day, due_on__lte=day + SOON)


def posting_of(units: QuerySet[Unit], person: int, day: date) -> QuerySet[Posting]:
    """The posting that brings a person into the units; nothing for anybody else."""
    return postings_in(units, day).filter(person=person).select_related("person")


def evidence_of(person: Person, *, by_choice: bool = True) -> QuerySet[Completion]:
    """All completions of a person with their certificates, newest first; which scores HR may see says the course.

    Without `by_choice` only of courses that have been asked of the person.
    """
    found = Completion.objects.filter(person=person)
    if not by_choice:
        found = found.filter(Exists(Obligation.objects.filter(person=person, course=OuterRef("course"))))
    return (
        found.select_related("course", "edition", "certificate")
        .defer("rule", "certificate__wording")
        .order_by("-completed_at", "-pk")
    )


def _rank_of(prefix: str, day: date):
    completed = When(**{f"{prefix}completed_at__lt": end_of(day)}, then=Value(100_000))
    return F(f"{prefix}cycle") + Case(completed, default=Value(0))


def _better_enrolments(same_course: Q, day: date) -> QuerySet[Enrolment]:
    """Enrolments of the row's person and course that answer it better than the one joined."""
    others = Enrolment.objects.filter(same_course, person=OuterRef("person_id"), enrolled_at__lt=end_of(day))
    return others.annotate(rank=_rank_of("", day)).filter(rank__gt=OuterRef("_rank"))
