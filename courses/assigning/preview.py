"""Who would be asked by a rule that is not stored yet, and who would not and why: one answer for page and file.

Everybody posted in the chosen units stands in the list. The conditions are those of
`courses.domain.obligations.asked`, asked through the ORM; a test holds the two against each other.
"""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Case, CharField, Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from courses.domain.assignment import Target
from courses.enums import ExemptionKind, ExemptionState, ManagerScope
from courses.models import Assignment, Completion, Exemption, Obligation
from people.models import Posting, Unit
from people.queries import current_on, postings_in, subtree_of


class Outcome(models.TextChoices):
    """What a rule means for somebody in its units."""

    ASKED = "asked", _("Is asked")
    GROUP = "group", _("Not asked: another position group")
    EMPLOYMENT = "employment", _("Not asked: another employment type")
    MANAGER = "manager", _("Not asked: leads others, or does not")
    EXEMPT = "exempt", _("Not asked: exempted")


@dataclass(frozen=True)
class UnitNumbers:
    unit_id: int
    total: int
    asked: int
    done: int

    @property
    def not_asked(self) -> int:
        return self.total - self.asked


class Preview:
    """The answer for one rule (not stored) and its units, as of a day."""

    def __init__(self, rule: Assignment, targets: list[Target], day: date):
        self.rule, self.targets, self.day = rule, targets, day

    def units(self) -> QuerySet[Unit]:
        whole = [target.unit.pk for target in self.targets if target.with_subtree]
        single = [target.unit.pk for target in self.targets if not target.with_subtree]
        below = subtree_of(whole, self.day).values("pk")
        return Unit.objects.filter(Q(pk__in=below) | Q(pk__in=single))

    def people(self) -> QuerySet[Posting]:
        """Everybody in the units with what the rule means for them, by given name."""
        rows = postings_in(self.units().values("pk"), self.day).annotate(
            outcome=self._outcome(), already_due_on=Subquery(self._asked_already()), done=Exists(self._completions())
        )
        return rows.select_related("person").order_by("person__sort_key", "person_id")

    def numbers(self) -> list[UnitNumbers]:
        """By the unit people are posted in."""
        rows = self.people().order_by().values("unit_id")
        counted = rows.annotate(
            total=Count("pk"),
            asked=Count("pk", filter=Q(outcome=Outcome.ASKED)),
            completed=Count("pk", filter=Q(outcome=Outcome.ASKED, done=True)),
        )
        return [UnitNumbers(row["unit_id"], row["total"], row["asked"], row["completed"]) for row in counted]

    def _courses(self):
        if self.rule.course_id:
            return [self.rule.course_id]
        return self.rule.path.path_courses.values("course")

    def _outcome(self) -> Case:
        rule, whens = self.rule, []
        if rule.position_groups:
            whens.append(When(~Q(position_group__in=rule.position_groups), then=Value(Outcome.GROUP.value)))
        if rule.employment_types:
            whens.append(When(~Q(employment_type__in=rule.employment_types), then=Value(Outcome.EMPLOYMENT.value)))
        if rule.managers != ManagerScope.ANY:
            wanted = rule.managers == ManagerScope.ONLY
            whens.append(When(~Q(is_manager=wanted), then=Value(Outcome.MANAGER.value)))
        if rule.course_id:
            exempt = Exemption.objects.filter(
                current_on(self.day),
                person=OuterRef("person"),
                course=rule.course_id,
                kind=ExemptionKind.EXEMPTION,
                state=ExemptionState.APPROVED,
            )
            whens.append(When(Exists(exempt), then=Value(Outcome.EXEMPT.value)))
        return Case(*whens, default=Value(Outcome.ASKED.value), output_field=CharField())

    def _asked_already(self) -> QuerySet[Obligation]:
        """The day other rules ask for, if the person has yet to fulfil one of the courses."""
        waiting = Obligation.objects.filter(
            person=OuterRef("person"), course__in=self._courses(), obliged_to__isnull=True, fulfilled_on__isnull=True
        )
        return waiting.order_by().values("person").annotate(day=Min("due_on")).values("day")

    def _completions(self) -> QuerySet[Completion]:
        return Completion.objects.filter(person=OuterRef("person"), course__in=self._courses())


def narrowed(rows: QuerySet[Posting], outcome: str, text: str) -> QuerySet[Posting]:
    """Only those whom the rule asks ("asked"), only the others ("not_asked"), or all; and by name."""
    if outcome == "asked":
        rows = rows.filter(outcome=Outcome.ASKED)
    elif outcome == "not_asked":
        rows = rows.exclude(outcome=Outcome.ASKED)
    return rows.filter(person__search_key__contains=text) if text else rows
