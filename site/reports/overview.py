"""The overview: the desk's figures at one glance, measured against a target, over the months and by kinds of people."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.models import Assignment, Obligation, PathCourse
from people.enums import EmploymentType, Gender, PositionGroup
from people.models import UnitClosure
from people.queries import current_on, heads_units
from reports import wording
from reports.columns import OVERVIEW_UNIT_COLUMNS
from reports.desk import Desk
from reports.domain import kept, on_date
from reports.figures import Figures
from reports.filters import Group
from reports.trend import Trend
from shared.tables import Column, Table


@dataclass(frozen=True)
class KindLine:
    """One kind of people; `group` is the filter that lists them, None for what HR does not hold."""

    label: str
    figures: Figures
    group: Group | None


@dataclass(frozen=True)
class OwnLearning:
    """What the head of a unit has completed of what is asked of the head."""

    total: int
    completed: int
    late: int


KIND_COLUMNS = (
    Column("kind", gettext_lazy("Kind of people"), lambda line: line.label, width=34),
    Column("total", gettext_lazy("Required"), lambda line: line.figures.total, align="right", width=10),
    Column("completed", pgettext_lazy("training", "Completed"), lambda line: line.figures.completed, align="right"),
    Column("rate", gettext_lazy("Rate"), lambda line: line.figures.rate, align="right", width=9, percent=True),
)


class Overview(Desk):
    """As the desk, scoped by `viewer`; narrowed to a unit, a course and a day, and to nothing else."""

    _by_kind = True

    @cached_property
    def own(self) -> OwnLearning | None:
        """Of a head only: who asks learning of others is seen first with their own."""
        if not heads_units(self.viewer):
            return None
        mine = Obligation.objects.filter(person=self.viewer, obliged_to__isnull=True)
        late = Q(fulfilled_on__isnull=True, due_on__lt=self.today)
        sums = mine.aggregate(total=Count("pk"), completed=Count("fulfilled_on"), late=Count("pk", filter=late))
        return OwnLearning(**sums) if sums["total"] else None

    @cached_property
    def _targets(self) -> set[int | None]:
        """The targets of the rules that ask somebody here on the day."""
        shown = [self.filters.unit] if self.filters.unit else self.tree.roots
        above = UnitClosure.objects.filter(current_on(self.day), descendant__in=[node.pk for node in shown])
        rules = Assignment.objects.filter(
            Q(active_to__isnull=True) | Q(active_to__gt=self.day),
            Q(units__unit__in=self._units()) | Q(units__unit__in=above.values("ancestor")),
            active_from__lte=self.day,
        )
        if self.course_pk:
            paths = PathCourse.objects.filter(course=self.course_pk).values("path")
            rules = rules.filter(Q(course=self.course_pk) | Q(path__in=paths))
        return set(rules.order_by().values_list("target_percent", flat=True).distinct())

    @property
    def target(self) -> int | None:
        """Percent; of one course the highest its rules set, of all courses only one they all share."""
        set_ones = {percent for percent in self._targets if percent}
        if self.course_pk:
            return max(set_ones, default=None)
        return set_ones.pop() if len(self._targets) == len(set_ones) == 1 else None

    @property
    def has_several_targets(self) -> bool:
        return not self.course_pk and len(self._targets) > 1

    @cached_property
    def trend(self) -> Trend:
        shown = [self.filters.unit] if self.filters.unit else self.tree.roots
        if self.filters.only_direct or not shown:
            return Trend([], self.target)
        months = kept.months_of([node.pk for node in shown], self.course_pk)
        before = {day: counts for day, counts in months.items() if day < self.day}
        now = on_date.total_of(self.counted.by_unit.values())
        return Trend.of(before | {self.day: now}, self.target)

    @cached_property
    def kinds(self) -> list[Table]:
        """By group, employment, leading others and, where HR holds it, gender. Never by ethnicity."""
        tables = [
            self._by(_("By position group"), "position_group", PositionGroup.choices, "nhom-"),
            self._by(_("By employment type"), "employment_type", EmploymentType.choices, "loai-"),
            self._by(_("Leaders and staff"), "is_manager", [(True, Group.MANAGERS.label), (False, Group.STAFF.label)]),
        ]
        if any(kind.gender for kind in self.counted.by_kind):
            tables.append(self._by(_("By gender, where recorded"), "gender", Gender.choices, "gioi-"))
        return [table for table in tables if len(table.rows) > 1]

    def _by(self, title: str, name: str, choices, prefix: str = "") -> Table:
        found: dict = {}
        for kind, counts in self.counted.by_kind.items():
            found.setdefault(getattr(kind, name), Figures()).add(counts)
        lines = [
            KindLine(str(label), found[value], _group(name, value, prefix))
            for value, label in choices
            if value in found and found[value].total
        ]
        if unknown := found.get(""):
            lines.append(KindLine(_("Not recorded"), unknown, None))
        return Table(title, KIND_COLUMNS, lines, [])

    def compared_table(self, lines=None) -> Table:
        """The table by unit as the overview shows it and its files hold it, worst first."""
        rows = self.unit_figures if lines is None else lines
        return Table(_("By unit"), OVERVIEW_UNIT_COLUMNS, rows, wording.notes_on_figures(self))


def _group(name: str, value, prefix: str) -> Group:
    if name == "is_manager":
        return Group.MANAGERS if value else Group.STAFF
    return Group(f"{prefix}{value}")
