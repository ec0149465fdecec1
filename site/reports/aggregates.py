"""What observers see: how many in each unit were assigned a course and completed it. Nobody's name, no few people.

One table a course, by the units next below the observer's own, and no way further down: figures of a unit's parts
beside those of the unit could be subtracted from each other. Small groups are protected by
`shared.tables.small_groups`; the desk of HR keeps exact numbers.
"""

from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.models import Person, Unit
from people.queries import observed_units_for, subtree_of
from people.unit_tree import UnitTree, tree_of
from reports import queries
from reports.domain import kept
from reports.figures import by_unit
from shared.tables import Column, Table, grouped
from shared.tables.small_groups import SMALLEST, Group, Line, protect


class Aggregates:
    """One observer's question and its answer at one moment. Raises Http404 for a course not known there."""

    def __init__(self, viewer: Person, sent: QueryDict, now: datetime | None = None):
        self.now = timezone.localtime(now)
        day = self.now.date()
        self.tree, units = self._scope(viewer, day)
        self.courses = self._known(units, day)
        self.course = self._chosen(sent.get("khoa_hoc", ""))
        self._counts = kept.figures_of(units, self.course.pk, day).by_unit if self.course else {}

    def _scope(self, viewer: Person, day: date) -> tuple[UnitTree, QuerySet[Unit]]:
        """The tree whose units are compared, and the units whose people count."""
        tree = tree_of(observed_units_for(viewer), day)
        return tree, subtree_of([root.pk for root in tree.roots], day)

    def _known(self, units: QuerySet[Unit], day: date) -> dict[int, queries.CourseName]:
        return queries.courses_known_to(units, day)

    def _chosen(self, sent: str):
        if not sent:
            return next(iter(self.courses.values()), None)
        course = self.courses.get(int(sent[:18])) if sent.isascii() and sent.isdecimal() else None
        if course is None:
            raise Http404
        return course

    @cached_property
    def figures(self):
        only_root = self.tree.roots[0] if len(self.tree.roots) == 1 else None
        counted = by_unit(self._counts, self.tree, only_root) or by_unit(self._counts, self.tree, None)
        self._names = {self._key(one): one for one in counted}
        return protect(Group(self._key(one), one.figures.total, one.figures.completed) for one in counted)

    @staticmethod
    def _key(one) -> tuple[int, bool]:
        return one.unit.pk, one.is_direct

    @property
    def merged(self) -> Line | None:
        return next((line for line in self.figures.lines if line.is_merged), None)

    def name_of(self, line: Line) -> str:
        if line.is_merged:
            text = ngettext(
                "%(count)s unit with few people, together", "%(count)s units with few people, together", len(line.keys)
            )
            return text % {"count": grouped(len(line.keys))}
        one = self._names[line.keys[0]]
        return _("%(unit)s (directly)") % {"unit": one.unit.name} if one.is_direct else one.unit.name

    def table(self) -> Table:
        title = _("Completion by unit")
        notes = [_("Course: %(course)s") % {"course": self.course.title}, self.as_of, self.explanation]
        columns = (Column("unit", gettext_lazy("Unit"), self.name_of, width=44), *FIGURE_COLUMNS)
        return Table(title, columns, self.figures.lines, notes)

    @property
    def as_of(self) -> str:
        return _("Data as of %(time)s, %(day)s") % {"time": f"{self.now:%H:%M}", "day": f"{self.now:%d/%m/%Y}"}

    @property
    def explanation(self) -> str:
        return _(
            "Groups of fewer than %(count)s people are never shown: small units are put together, and where fewer "
            "than %(count)s have completed, or have not, only a bound is given."
        ) % {"count": SMALLEST}


def completed_in_words(line: Line) -> str:
    """28; “fewer than 5”; “at least 26”; “not shown”."""
    if line.is_exact:
        return grouped(line.low)
    if line.is_hidden:
        return _("not shown")
    if line.low == 0:
        return _("at most %(count)s") % {"count": grouped(line.high)}
    if line.high == line.size:
        return _("at least %(count)s") % {"count": grouped(line.low)}
    return _("%(low)s to %(high)s") % {"low": grouped(line.low), "high": grouped(line.high)}


def rate_in_words(line: Line) -> str:
    """Rates rounded down to a tenth of a percent, as everywhere; bounds as bounds."""
    low, high = (_percent(count, line.size) for count in (line.low, line.high))
    if line.is_exact:
        return low
    if line.is_hidden:
        return ""
    if line.low == 0:
        return _("at most %(rate)s") % {"rate": high}
    if line.high == line.size:
        return _("at least %(rate)s") % {"rate": low}
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _percent(count: int, size: int) -> str:
    return f"{number_format(Decimal(count * 1000 // size) / 10, decimal_pos=1)}%"


FIGURE_COLUMNS = (
    Column("size", gettext_lazy("Assigned"), lambda line: line.size, align="right", width=12),
    Column("completed", gettext_lazy("Completed"), completed_in_words, align="right", width=16),
    Column("rate", gettext_lazy("Rate"), rate_in_words, align="right", width=18),
)
