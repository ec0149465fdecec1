"""The completion desk: one viewer's question and its answer. Page and files are made from one `Desk`."""

from dataclasses import replace
from datetime import datetime
from functools import cached_property

from django.db.models import Exists, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Person, Posting, Unit
from people.queries import postings_in, report_postings_for, report_units_for, subtree_of, units_for
from people.rules import REPORT_ROLES
from reports import queries, wording
from reports.columns import PEOPLE_COLUMNS, UNIT_COLUMNS, with_scores
from reports.domain import kept, on_date
from reports.figures import by_unit, total_of
from reports.filters import Basis, State, read_day, read_filters
from reports.places import Place
from reports.progress import RowReader
from reports.scope import unit_tree
from shared.tables import Table

_STATES_OF_ROWS = {
    State.COMPLETED: lambda day: queries.COMPLETED,
    State.IN_PROGRESS: lambda day: queries.IN_PROGRESS,
    State.NOT_STARTED: lambda day: queries.NOT_STARTED,
    State.OVERDUE: queries.overdue,
    State.DUE_SOON: queries.due_soon,
    State.CERTIFIED: on_date.certified,
}
# The same conditions on obligations to which no enrolment has been joined.
_STATES_OF_DUTIES = {
    State.COMPLETED: lambda day: on_date.FULFILLED,
    State.IN_PROGRESS: lambda day: on_date.OPEN & Exists(on_date.begun(day)),
    State.NOT_STARTED: lambda day: on_date.OPEN & ~Exists(on_date.begun(day)),
    State.OVERDUE: on_date.late,
    State.DUE_SOON: on_date.due_soon,
    State.CERTIFIED: on_date.certified,
}


class Desk:
    """Everything is scoped by `viewer` and one moment, `now`. Raises Http404 for what is outside.

    `day` is the day the figures are of: today, or a former one. Counts of a former day are those of the units as they
    stood then; the people listed are those among them whose posting of that day the viewer may still read.
    """

    def __init__(self, viewer: Person, sent: QueryDict, now: datetime | None = None):
        self.viewer = viewer
        self.now = timezone.localtime(now)
        self.today = self.now.date()
        self.day = read_day(sent, self.today)[0] or self.today
        self.tree = unit_tree(viewer, self.day)
        self.courses = queries.courses_known_to(self._below(self.tree.roots), self.day)
        self.filters = read_filters(sent, self.tree, self.courses, self.today)
        by_choice = units_for(viewer, REPORT_ROLES, self.day)  # heads are superiors: nothing by choice
        self.population = queries.population(self._units(), self.filters.course, self.day, by_choice)
        if self.filters.basis is None and self.counted.are_kept:  # with learning by choice nobody could page there
            self.filters = replace(self.filters, basis=Basis.COUNTED)

    def _below(self, nodes):
        return subtree_of([node.pk for node in nodes], self.day)

    def _units(self):
        unit = self.filters.unit
        if self.filters.only_direct:
            return Unit.objects.filter(pk=unit.pk)
        return self._below([unit] if unit else self.tree.roots)

    @property
    def is_past(self) -> bool:
        return self.day < self.today

    @property
    def course_pk(self) -> int | None:
        return self.filters.course.pk if self.filters.course else None

    @cached_property
    def counted(self) -> kept.Figures:
        return kept.figures_of(self._units(), self.course_pk, self.day, by_kind=self._by_kind)

    _by_kind = False

    @property
    def as_of(self) -> datetime:
        """When the figures were counted: now, or lately by a worker."""
        return timezone.localtime(self.counted.as_of) if self.counted.are_kept else self.now

    @cached_property
    def figures(self):
        return total_of(self.counted.by_unit)

    @cached_property
    def unit_figures(self) -> list:
        """The lines of the table by unit; none if there is nothing below to compare."""
        if self.filters.only_direct:
            return []
        return by_unit(self.counted.by_unit, self.tree, self.filters.unit)

    @cached_property
    def found(self):
        """The rows asked for, still in the database: the page takes a slice, the files stream them."""
        parts = []
        if self.filters.basis != Basis.VOLUNTARY:
            parts.append(queries.counted_rows(self.listed_population))
        if self.filters.basis != Basis.COUNTED and self.filters.state != State.CERTIFIED:
            parts.append(queries.voluntary_rows(self.listed_population))
        condition = self._condition()
        return queries.listed(*(queries.narrowed(part, condition, self.filters.searched) for part in parts))

    def rows(self, place: Place | None = None) -> "Rows":
        """As `found`, for pages of them, those around `place` without walking there."""
        return Rows(self, place)

    def between(self, first: int, last: int, place: Place | None = None):
        """Some of the rows found, in their order; with a `place` those next to it, whatever number they bear.

        Of those counted in the rate the obligations are found first, and only then what answers each of them: to skip
        a thousand rows costs little then.
        """
        if self.filters.basis != Basis.COUNTED:
            return self.found[first:last]
        asked = self.listed_population
        refs = (place or Place()).cut(self._duties, asked.postings, first, last, self.found_count)
        return queries.listed(queries.counted_rows(asked).filter(duty_ref__in=refs))

    @property
    def _duties(self):
        """The obligations behind the rows counted in the rate that were asked for."""
        duties = on_date.duties_on(self.listed_population.postings, self.day, self._courses)
        return queries.narrowed(duties, self._condition(_STATES_OF_DUTIES), self.filters.searched)

    @property
    def _courses(self) -> list[int] | None:
        return [self.course_pk] if self.course_pk else None

    @cached_property
    def _unreadable(self) -> list[int]:
        """The postings of a former day that the viewer reads no more: their units are in other hands now."""
        if not self.is_past:
            return []
        readable = report_postings_for(self.viewer).values("pk")
        return list(self.population.postings.exclude(pk__in=readable).order_by().values_list("pk", flat=True))

    @cached_property
    def listed_population(self) -> queries.Population:
        """Those who may be named: of a former day, only whose posting of that day the viewer reads today."""
        asked = self.population
        if not self._unreadable:
            return asked
        readable = Q(pk__in=report_postings_for(self.viewer).values("pk"))
        by_choice = asked.by_choice.filter(readable) if asked.by_choice is not None else None
        return queries.Population(asked.postings.filter(readable), asked.course, asked.day, by_choice)

    @cached_property
    def unnamed_count(self) -> int:
        """How many rows of a former day are counted but not listed: their people are in other hands now."""
        return self._unnamed(None)

    def _unnamed(self, condition: Q | None) -> int:
        if not self._unreadable:
            return 0
        postings = Posting.objects.filter(pk__in=self._unreadable)
        duties = on_date.duties_on(postings, self.day, self._courses)
        return queries.narrowed(duties, condition, "").count()

    def reachable(self, people) -> set[int]:
        """Which of the people have a record the viewer may open: those posted in the viewer's units today."""
        people = set(people)
        if not self.is_past:
            return people
        posted = postings_in(report_units_for(self.viewer), self.today).filter(person__in=people)
        return set(posted.values_list("person", flat=True))

    @cached_property
    def found_count(self) -> int:
        """How many rows were asked for; what the figures have counted is not counted a second time."""
        filters = self.filters
        if filters.basis != Basis.COUNTED:
            return self.found.count()
        if filters.group or filters.searched:
            return self._duties.count()
        counted = {
            None: self.figures.total,
            State.COMPLETED: self.figures.completed,
            State.IN_PROGRESS: self.figures.in_progress,
            State.NOT_STARTED: self.figures.not_started,
            State.OVERDUE: self.figures.overdue,
            State.DUE_SOON: self.figures.due_soon,
            State.CERTIFIED: self.figures.certified,
        }
        return counted[filters.state] - self._unnamed(self._condition(_STATES_OF_DUTIES))

    def _condition(self, states: dict | None = None) -> Q | None:
        state = (states or _STATES_OF_ROWS)[self.filters.state](self.day) if self.filters.state else None
        asked = [one for one in (state, self._of_group()) if one is not None]
        return Q(*asked) if asked else None

    def _of_group(self) -> Q | None:
        return self.filters.group.condition if self.filters.group else None

    def people_table(self, found) -> Table:
        rows = RowReader(self.tree, self.courses, self.day).read(found)
        courses = [self.filters.course] if self.filters.course else self.courses.values()
        return Table(_("Course completion"), with_scores(PEOPLE_COLUMNS, courses), rows, wording.notes(self))

    def unit_table(self, lines=None) -> Table:
        rows = self.unit_figures if lines is None else lines
        return Table(_("By unit"), UNIT_COLUMNS, rows, wording.notes_on_figures(self))


class Rows:
    """The rows a desk has found as a paginator wants them: counted, and in slices."""

    ordered = True

    def __init__(self, desk: Desk, place: Place | None = None):
        self._desk, self._place = desk, place

    def __len__(self) -> int:
        return self._desk.found_count

    def __getitem__(self, wanted: slice):
        return self._desk.between(wanted.start, wanted.stop, self._place)
