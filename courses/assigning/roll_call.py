"""Who has been handed a directive, has opened it, has confirmed it: numbers by unit, and the people behind them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.assigning.queries import seen_units_for
from courses.models import Certificate, Directive, DirectiveHop, DirectiveReceipt, LessonCitation
from people.models import Person
from people.queries import kept_units_for
from shared.tables import Column

STATES = {
    "confirmed": Q(confirmed_at__isnull=False),
    "opened": Q(confirmed_at__isnull=True, opened_at__isnull=False),
    "unopened": Q(opened_at__isnull=True),
}


def late_on(day: date) -> Q:
    return Q(confirmed_at__isnull=True, confirm_by__lt=day)


def condition_of(state: str, day: date) -> Q:
    """The condition of a state named in an address; all for anything else."""
    return late_on(day) if state == "late" else STATES.get(state, Q())


def receipts_for(viewer: Person, directive: Directive | None = None) -> QuerySet[DirectiveReceipt]:
    """The receipts of people who were handed it in a unit whose records the viewer reads."""
    found = DirectiveReceipt.objects.filter(
        unit__in=seen_units_for(viewer).values("pk"), person__restricted_at__isnull=True
    )
    return found.filter(directive=directive) if directive else found


def hops_for(viewer: Person, directive: Directive | None = None) -> QuerySet[DirectiveHop]:
    """The steps that reached the viewer's units: `rules.can_receive` decides which of them they may receive."""
    found = DirectiveHop.objects.filter(unit__in=seen_units_for(viewer).values("pk"))
    return found.filter(directive=directive) if directive else found


def kept_hops_for(viewer: Person) -> QuerySet[DirectiveHop]:
    """The steps to units whose records the viewer keeps."""
    return DirectiveHop.objects.filter(unit__in=kept_units_for(viewer).values("pk"))


def numbers_by_directive(viewer: Person, directives: list[Directive], day: date) -> dict[int, dict]:
    rows = receipts_for(viewer).filter(directive__in=directives).order_by().values("directive")
    return {row["directive"]: row for row in rows.annotate(**_counts(day))}


def numbers_by_unit(viewer: Person, directive: Directive, day: date) -> dict[int, dict]:
    rows = receipts_for(viewer, directive).order_by().values("unit")
    return {row["unit"]: row for row in rows.annotate(**_counts(day))}


def _counts(day: date) -> dict:
    return {
        "given": Count("pk"),
        "opened": Count("pk", filter=Q(opened_at__isnull=False)),
        "confirmed": Count("pk", filter=Q(confirmed_at__isnull=False)),
        "late": Count("pk", filter=late_on(day)),
    }


def _day(moment):
    return timezone.localdate(moment) if moment else None


@dataclass
class ReceiptRow:
    receipt: DirectiveReceipt
    unit: str


COLUMNS = (
    Column("name", _("Full name"), lambda row: row.receipt.person.full_name, width=26),
    Column("staff_number", _("Staff number"), lambda row: row.receipt.person.staff_number, width=13),
    Column("unit", _("Unit when handed out"), lambda row: row.unit, width=36),
    Column("given", _("Handed out"), lambda row: _day(row.receipt.given_at), width=12),
    Column("opened", _("First opened"), lambda row: _day(row.receipt.opened_at), width=12),
    Column("confirmed", _("Confirmed"), lambda row: _day(row.receipt.confirmed_at), width=12),
    Column("confirm_by", _("To be confirmed by"), lambda row: row.receipt.confirm_by, width=14),
)


def citing_expired(day: date) -> list[tuple[LessonCitation, int]]:
    """Published lessons that rest on a directive no longer in force, with the valid certificates of their course.

    Two queries; the certificates are counted for each course.
    """
    cited = list(
        LessonCitation.objects.filter(directive__valid_to__lt=day, lesson__live=True)
        .select_related("lesson", "directive")
        .order_by("directive__valid_to", "lesson__path")
    )
    paths = {citation.lesson.path[: -citation.lesson.steplen] for citation in cited}
    counted = dict(
        Certificate.objects.filter(completion__course__path__in=paths, state="valid")
        .order_by()
        .values_list("completion__course__path")
        .annotate(n=Count("pk"))
    )
    return [(citation, counted.get(citation.lesson.path[: -citation.lesson.steplen], 0)) for citation in cited]
