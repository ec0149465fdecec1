"""The completion desk: one viewer's question and its answer. Page and files are made from one `Desk`."""

from datetime import datetime
from functools import cached_property

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Person, Unit
from people.queries import subtree_of
from reports import queries, wording
from reports.columns import PEOPLE_COLUMNS, UNIT_COLUMNS
from reports.figures import by_unit, total_of
from reports.filters import Basis, State, read_filters
from reports.progress import RowReader
from reports.scope import unit_tree
from shared.tables import Table


class Desk:
    """Everything is scoped by `viewer` and one moment, `now`. Raises Http404 for what is outside."""

    def __init__(self, viewer: Person, sent: QueryDict, now: datetime | None = None):
        self.now = timezone.localtime(now)
        self.day = self.now.date()
        self.tree = unit_tree(viewer, self.day)
        self.courses = queries.courses_known_to(self._below(self.tree.roots), self.day)
        self.filters = read_filters(sent, self.tree, self.courses)
        self.population = queries.population(self._units(), self.filters.course, self.day)

    def _below(self, nodes):
        return subtree_of([node.pk for node in nodes], self.day)

    def _units(self):
        unit = self.filters.unit
        if self.filters.only_direct:
            return Unit.objects.filter(pk=unit.pk)
        return self._below([unit] if unit else self.tree.roots)

    @cached_property
    def _numbers(self) -> list[dict]:
        return queries.numbers_by_unit(queries.counted_rows(self.population), self.day)

    @cached_property
    def figures(self):
        return total_of(self._numbers)

    @cached_property
    def unit_figures(self) -> list:
        """The lines of the table by unit; none if there is nothing below to compare."""
        if self.filters.only_direct:
            return []
        return by_unit(self._numbers, self.tree, self.filters.unit)

    @cached_property
    def found(self):
        """The rows asked for, still in the database: the page takes a slice, the files stream them."""
        parts = []
        if self.filters.basis != Basis.VOLUNTARY:
            parts.append(queries.counted_rows(self.population))
        if self.filters.basis != Basis.COUNTED:
            parts.append(queries.voluntary_rows(self.population))
        condition = self._condition()
        return queries.listed(*(queries.narrowed(part, condition, self.filters.searched) for part in parts))

    @cached_property
    def found_count(self) -> int:
        """How many rows were asked for; what the figures have counted is not counted a second time."""
        if self.filters.state or self.filters.searched:
            return self.found.count()
        counted = self.figures.total if self.filters.basis != Basis.VOLUNTARY else 0
        if self.filters.basis == Basis.COUNTED:
            return counted
        return counted + queries.voluntary_rows(self.population).count()

    def _condition(self):
        conditions = {
            None: None,
            State.COMPLETED: queries.COMPLETED,
            State.IN_PROGRESS: queries.IN_PROGRESS,
            State.NOT_STARTED: queries.NOT_STARTED,
            State.OVERDUE: queries.overdue(self.day),
            State.DUE_SOON: queries.due_soon(self.day),
        }
        return conditions[self.filters.state]

    def people_table(self, found) -> Table:
        rows = RowReader(self.tree, self.courses, self.day).read(found)
        return Table(_("Course completion"), PEOPLE_COLUMNS, rows, wording.notes(self))

    def unit_table(self, lines=None) -> Table:
        rows = self.unit_figures if lines is None else lines
        return Table(_("By unit"), UNIT_COLUMNS, rows, wording.notes_on_figures(self))
