"""The rows of the papers and their scores. Who counts, and as what, says `reports.domain.on_date` alone.

The figures of R1 to R3 are those of the overview (`reports.domain.kept`); here stand the rows of the detailed list and
what only papers tell: the scores of courses that show them to HR.
"""

from decimal import Decimal

from django.db.models import (
    Avg,
    Case,
    CharField,
    Count,
    Exists,
    F,
    FloatField,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast

from people.models import Posting
from reports.documents.asking import Question
from reports.domain import on_date

_AS_PRINTED = Decimal("0.0005")  # points have two decimals; products of floating numbers are off by less


def rows_of(question: Question) -> QuerySet[Posting]:
    """One row for each person and course, as the overview of that day counts them."""
    courses = [question.course.pk] if question.course else None
    return on_date.duties_on(on_date.postings_on(question.units, question.day), question.day, courses)


def _scored(question: Question) -> QuerySet[Posting]:
    """The rows completed with a score that the course shows to HR."""
    rows = rows_of(question).annotate(
        score_ref=F("duty__completion__score"),
        highest_ref=F("duty__completion__max_points"),
        shows_ref=F("duty__course__shows_scores"),
    )
    return rows.filter(on_date.FULFILLED, shows_ref=True, score_ref__isnull=False, highest_ref__gt=0).order_by()


def _in_ten():
    """A score on the scale to ten."""
    return Cast(F("score_ref"), FloatField()) * 10.0 / Cast(F("highest_ref"), FloatField())


def scores(question: Question, by: str) -> list[dict]:
    """How many scores there are for each value of the field, and their sum on the scale to ten. One query or none."""
    if not question.shows_scores:
        return []
    return list(_scored(question).values(by).annotate(scored=Count("pk"), points=Sum(_in_ten())))


def counted_in_bands(question: Question, bands: list[tuple[Decimal, Decimal | None]]) -> list[dict]:
    """For each unit: how many scores stand from the first points of each band up to, not including, the second."""
    named = {f"band_{index}": Count("pk", filter=_within(*band)) for index, band in enumerate(bands)}
    return list(_scored(question).values("unit_id").annotate(scored=Count("pk"), average=Avg(_in_ten()), **named))


def _within(least: Decimal, below: Decimal | None) -> Q:
    condition = Q(score_ref__gte=_share(least))
    return condition if below is None else condition & Q(score_ref__lt=_share(below))


def _share(points: Decimal):
    return F("highest_ref") * Value(points / 10) - Value(_AS_PRINTED)


_DETAILS = {
    "row_person": "person_id",
    "row_full_name": "person__full_name",
    "row_staff_number": "person__staff_number",
    "row_unit": "unit_id",
    "row_position": "position_title",
    "row_employment_type": "employment_type",
    "row_course": "course_ref",
    "row_equivalence": "duty__equivalence_id",
    "row_score": "duty__completion__score",
    "row_highest": "duty__completion__max_points",
    "row_number": "duty__completion__certificate__number",
    "row_year": "duty__completion__certificate__year",
}


_ORDER = ("unit__code", "person__sort_key", "person_id", "duty__course__title", "duty_ref")


def details(question: Question) -> QuerySet:
    """The rows as dictionaries: units by their codes, in each people by given name."""
    return _as_dictionaries(rows_of(question), question)


class Details:
    """The same for a paginator. Of a page the obligations are found first, and only then what stands beside each."""

    ordered = True

    def __init__(self, question: Question):
        self._question = question

    def __getitem__(self, wanted: slice) -> list[dict]:
        rows = rows_of(self._question)
        refs = list(rows.order_by(*_ORDER).values_list("duty_ref", flat=True)[wanted])
        return list(_as_dictionaries(rows.filter(duty_ref__in=refs), self._question))


def _as_dictionaries(rows: QuerySet, question: Question) -> QuerySet:
    begun = Exists(on_date.begun(question.day))
    return (
        rows.annotate(
            row_begun=Case(When(begun, then=Value("1")), default=Value(""), output_field=CharField()),
            **{name: F(path) for name, path in _DETAILS.items()},
        )
        .order_by(*_ORDER)
        .values("due_on", "fulfilled_on", "row_begun", *_DETAILS)
    )
