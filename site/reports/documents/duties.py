"""Who was obliged to what on a day, and what had become of it by then: set-wise, from the dated reasons.

A row is one person and one course, of the newest cycle asked for that day. The person counts where the primary
posting was held that day; the row counts if a rule asked that day (`ObligationReason.since` <= day < `until`), so
exempt people are not in it. Completed is what was fulfilled by the end of the day, overdue what was due before it
and not fulfilled then. People whose use of data is restricted are in no list and in no count.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import (
    Avg,
    Case,
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils import timezone

from courses.enums import ExemptionKind, ExemptionState
from courses.models import Enrolment, Exemption, Obligation, ObligationReason
from people.queries import current_on
from reports.documents.asking import Question, asking_on

_AS_PRINTED = Decimal("0.0005")  # points have two decimals; products of floating numbers are off by less


def rows_of(question: Question) -> QuerySet[Obligation]:
    """The rows of a report. `place` is the posting of that day."""
    day = question.day
    reasons = ObligationReason.objects.filter(asking_on(day))
    newer = Obligation.objects.filter(
        person=OuterRef("person"), course=OuterRef("course"), cycle__gt=OuterRef("cycle")
    ).filter(Exists(reasons.filter(obligation=OuterRef("pk"))))
    place = Q(person__postings__is_primary=True) & current_on(day, "person__postings__")
    rows = (
        Obligation.objects.annotate(place=FilteredRelation("person__postings", condition=place))
        .filter(
            Exists(reasons.filter(obligation=OuterRef("pk"))),
            ~Exists(newer),
            place__unit__in=question.units,
            person__restricted_at__isnull=True,
        )
        .alias(begun=Exists(_begun_by(day)))
    )
    return rows.filter(course=question.course.pk) if question.course else rows


def _begun_by(day: date) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(
        person=OuterRef("person"),
        course=OuterRef("course"),
        cycle__gte=OuterRef("cycle"),
        enrolled_at__lt=end_of(day),
    )


def end_of(day: date) -> datetime:
    """The first moment of the next local day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def fulfilled_by(day: date) -> Q:
    return Q(fulfilled_on__isnull=False, fulfilled_on__lte=day)


def overdue_on(day: date) -> Q:
    return ~fulfilled_by(day) & Q(due_on__lt=day)


def scored_by(day: date) -> Q:
    """Completed with a score that the course shows to HR."""
    return fulfilled_by(day) & Q(
        course__shows_scores=True, completion__score__isnull=False, completion__max_points__gt=0
    )


def in_ten(score: str = "completion__score", highest: str = "completion__max_points"):
    """A score on the scale to ten."""
    return Cast(F(score), FloatField()) * 10.0 / Cast(F(highest), FloatField())


def counted(rows: QuerySet[Obligation], day: date, *by: str) -> list[dict]:
    """The rows' numbers, for each combination of the fields `by`."""
    return list(
        rows.order_by()
        .values(*by)
        .annotate(
            people=Count("person", distinct=True),
            asked=Count("pk"),
            fulfilled=Count("pk", filter=fulfilled_by(day)),
            in_progress=Count("pk", filter=~fulfilled_by(day) & Q(begun=True)),
            overdue=Count("pk", filter=overdue_on(day)),
            scored=Count("pk", filter=scored_by(day)),
            points=Sum(in_ten(), filter=scored_by(day)),
        )
    )


def counted_in_bands(rows: QuerySet[Obligation], day: date, bands: list[tuple[Decimal, Decimal | None]]) -> list[dict]:
    """For each unit: how many scores stand from the first points of each band up to, not including, the second."""
    scored = rows.filter(scored_by(day)).order_by().values("place__unit")
    named = {f"band_{index}": Count("pk", filter=_within(*band)) for index, band in enumerate(bands)}
    return list(scored.annotate(scored=Count("pk"), average=Avg(in_ten()), **named))


def _within(least: Decimal, below: Decimal | None) -> Q:
    condition = Q(completion__score__gte=_share(least))
    return condition if below is None else condition & Q(completion__score__lt=_share(below))


def _share(points: Decimal):
    return F("completion__max_points") * Value(points / 10) - Value(_AS_PRINTED)


def exempt_by_unit(question: Question) -> dict[int, int]:
    """People of each unit freed on that day from a course the report is about."""
    day = question.day
    place = Q(person__postings__is_primary=True) & current_on(day, "person__postings__")
    courses = [question.course.pk] if question.course else list(question.courses)
    found = (
        Exemption.objects.annotate(place=FilteredRelation("person__postings", condition=place))
        .filter(
            current_on(day),
            kind=ExemptionKind.EXEMPTION,
            state=ExemptionState.APPROVED,
            course__in=courses,
            decided_at__lt=end_of(day),
            place__unit__in=question.units,
            person__restricted_at__isnull=True,
        )
        .order_by()
        .values("place__unit")
        .annotate(people=Count("person", distinct=True))
    )
    return {row["place__unit"]: row["people"] for row in found}


DETAILS = {
    "person": "person_id",
    "full_name": "person__full_name",
    "staff_number": "person__staff_number",
    "unit": "place__unit",
    "position": "place__position_title",
    "employment_type": "place__employment_type",
    "course": "course_id",
    "due_on": "due_on",
    "fulfilled_on": "fulfilled_on",
    "equivalence": "equivalence_id",
    "score": "completion__score",
    "highest": "completion__max_points",
    "number": "completion__certificate__number",
    "year": "completion__certificate__year",
}


def details(rows: QuerySet[Obligation]) -> QuerySet:
    """The rows as dictionaries: units by their codes, in each people by given name."""
    known = ("due_on", "fulfilled_on")
    named = {name: F(path) for name, path in DETAILS.items() if name not in known}
    renamed = {f"row_{name}": value for name, value in named.items()}
    return (
        rows.annotate(
            row_begun=Case(When(begun=True, then=Value("1")), default=Value(""), output_field=CharField()),
            **renamed,
        )
        .order_by("place__unit__code", "person__sort_key", "person_id", "course__title", "pk")
        .values(*known, "row_begun", *renamed)
    )
