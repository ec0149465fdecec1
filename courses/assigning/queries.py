"""Rules as an HR officer, inspector or head of a unit may see them, and the people each of them asks."""

from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from courses.models import Assignment, AssignmentUnit, Exemption, Obligation, ObligationReason
from people.enums import Role
from people.models import Person, Posting, Unit, UnitClosure
from people.queries import current_on, kept_people_for, kept_units_for, postings_in, report_units_for, roles_of


def seen_units_for(viewer: Person) -> QuerySet[Unit]:
    """The units whose people's obligations the viewer sees: those of the reports; administrators see all."""
    if viewer.is_authenticated and Role.ADMINISTRATOR in roles_of(viewer):
        return Unit.objects.all()
    return report_units_for(viewer)


def rules_for(viewer: Person) -> QuerySet[Assignment]:
    """The rules that ask somebody of the viewer's units, whoever made them: `rules.can_see_rule`."""
    units = seen_units_for(viewer).values("pk")
    above = UnitClosure.objects.filter(current_on(timezone.localdate()), descendant__in=units).values("ancestor")
    targets = AssignmentUnit.objects.filter(Q(unit__in=units) | Q(with_subtree=True, unit__in=above))
    found = Assignment.objects.filter(Q(pk__in=targets.values("assignment")) | Q(owner_unit__in=units))
    return found.select_related("course", "path", "directive", "owner_unit")


def kept_rules_for(viewer: Person) -> QuerySet[Assignment]:
    """The rules the viewer may retire: made for a unit whose records they keep. `rules.can_keep_rule`."""
    kept = Assignment.objects.filter(owner_unit__in=kept_units_for(viewer).values("pk"))
    if viewer.is_authenticated and Role.ADMINISTRATOR in roles_of(viewer):
        return Assignment.objects.all()
    return kept


def people_asked(rule: Assignment, units: QuerySet[Unit], day: date) -> QuerySet[Posting]:
    """Primary postings in `units` of those whom the rule asks now: one row for each person and course.

    With the obligation's day, when it was fulfilled, the rule's own day, and how many other rules ask for the same.
    """
    open_reasons = ObligationReason.objects.filter(until__isnull=True, obligation__obliged_to__isnull=True)
    others = (
        open_reasons.filter(obligation=OuterRef("duty"))
        .exclude(assignment=rule)
        .order_by()
        .values("obligation")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = postings_in(units, day).filter(
        person__obligations__reasons__assignment=rule,
        person__obligations__reasons__until__isnull=True,
        person__obligations__obliged_to__isnull=True,
    )
    return rows.annotate(
        duty=F("person__obligations__pk"),
        course_title=F("person__obligations__course__title"),
        due_on=F("person__obligations__due_on"),
        own_due_on=F("person__obligations__reasons__due_on"),
        fulfilled_on=F("person__obligations__fulfilled_on"),
        other_rules=Subquery(others),
    )


def numbers_of(rules: list[Assignment], units: QuerySet[Unit], day: date) -> dict[int, dict]:
    """For each rule: how many of the units' people it asks now, how many have fulfilled it, how many are late."""
    people = postings_in(units, day).values("person")
    found = (
        ObligationReason.objects.filter(
            assignment__in=rules, until__isnull=True, obligation__obliged_to__isnull=True, obligation__person__in=people
        )
        .order_by()
        .values("assignment")
        .annotate(
            asked=Count("pk"),
            fulfilled=Count("pk", filter=Q(obligation__fulfilled_on__isnull=False)),
            overdue=Count("pk", filter=Q(obligation__fulfilled_on__isnull=True, obligation__due_on__lt=day)),
        )
    )
    return {row["assignment"]: row for row in found}


def reasons_of(duties: list[int]) -> dict[int, list[ObligationReason]]:
    """The rules that ask now, for each obligation by its id; the earliest day first."""
    found: dict[int, list[ObligationReason]] = {}
    rows = ObligationReason.objects.filter(obligation__in=duties, until__isnull=True)
    for reason in rows.select_related("assignment__directive", "assignment__owner_unit").order_by("due_on", "pk"):
        found.setdefault(reason.obligation_id, []).append(reason)
    return found


def open_obligations_of(person: Person) -> QuerySet[Obligation]:
    """What is asked of a person now."""
    return Obligation.objects.filter(person=person, obliged_to__isnull=True).select_related("course")


def exemptions_for(viewer: Person) -> QuerySet[Exemption]:
    """The requests and decisions the viewer may read and decide on: `rules.can_decide_exemption`.

    Of people whose records they keep; reasons may tell of illness, so nobody else reads them. Not one's own.
    """
    kept = kept_people_for(viewer).order_by().values("pk")
    found = Exemption.objects.filter(person__in=kept).exclude(person=viewer.pk)
    return found.select_related("person", "course", "requested_by", "decided_by")
