"""Which unit and year a pack is about, and who may have it."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.utils import timezone

from people import rules
from people.models import Person
from people.queries import roles_of
from people.queries.units import REPORT_READING
from people.unit_tree import UnitNode
from reports.documents.asking import Question, Scope
from reports.documents.kinds import ReportKind

FIRST_YEAR = 2020


def can_make_packs(actor) -> bool:
    """Inspectors, HR officers and administrators. Heads see reports, but no reasons of exemptions."""
    return rules.can_see_reports(actor) and bool(roles_of(actor) & set(REPORT_READING))


@dataclass(frozen=True)
class PackQuestion:
    """A unit with all below it, and a calendar year up to today."""

    viewer: Person
    unit: UnitNode
    year: int
    scope: Scope

    @classmethod
    def of(cls, viewer: Person, unit: int, year: int) -> "PackQuestion":
        """Raises Http404 for what is not in the viewer's scope, as the tree stood at the end of the year."""
        if not can_make_packs(viewer) or not FIRST_YEAR <= year <= timezone.localdate().year:
            raise Http404
        scope = Scope(viewer, last_day(year), with_headed=False)
        node = scope.unit(unit)
        if node is None:
            raise Http404
        return cls(viewer, node, year, scope)

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        return last_day(self.year)

    def report(self, kind: ReportKind) -> Question:
        """One of the five reports as of the last day."""
        return Question(self.viewer, kind, self.last, self.scope, self.unit, None)


def last_day(year: int) -> date:
    """The end of the year, today in the year that runs."""
    return min(date(year, 12, 31), timezone.localdate())
