"""Numbers: how many of whom have completed, for the units shown as a whole and for each unit below."""

from dataclasses import dataclass
from decimal import Decimal

from reports.domain.on_date import Counts
from reports.scope import UnitNode, UnitTree


@dataclass
class Figures:
    """Counts of rows (one person, one course). Overdue and due soon are among those not completed.

    The exempt are no part of the total.
    """

    people: int = 0
    total: int = 0
    completed: int = 0
    certified: int = 0
    in_progress: int = 0
    not_started: int = 0
    overdue: int = 0
    due_soon: int = 0
    exempt: int = 0

    def add(self, counts: Counts) -> None:
        """Adds one unit's counts. Written out: a page adds up those of some thousand units."""
        self.people += counts.people
        self.total += counts.obliged
        self.completed += counts.fulfilled
        self.certified += counts.certified
        self.in_progress += counts.in_progress
        self.not_started += counts.not_started
        self.overdue += counts.late
        self.due_soon += counts.due_soon
        self.exempt += counts.exempt

    @property
    def rate(self) -> Decimal | None:
        """The completed share, rounded down to a tenth of a percent: 100% means everybody. None of nobody."""
        return Decimal(self.completed * 1000 // self.total) / 1000 if self.total else None

    def missing_to(self, percent: int) -> int:
        """How many more must complete for the rate to reach the target."""
        return max(0, -(-self.total * percent // 100) - self.completed)


@dataclass
class UnitFigures:
    """One line of the table by unit. `is_direct`: only those posted in the unit itself, not below it."""

    unit: UnitNode
    figures: Figures
    is_direct: bool = False


def total_of(counts: dict[int, Counts]) -> Figures:
    figures = Figures()
    for one in counts.values():
        figures.add(one)
    return figures


def by_unit(counts: dict[int, Counts], tree: UnitTree, shown: UnitNode | None) -> list[UnitFigures]:
    """The units next below `shown` with all below them, worst rate first; the lines add up to the total.

    Without `shown` these are the roots of the scope. Units where nobody counts come last, dissolved ones
    not at all.
    """
    lines = [UnitFigures(unit, Figures()) for unit in (shown.children if shown else tree.roots)]
    line_of = {below.pk: line for line in lines for below in line.unit.walk()}
    if shown and lines:
        direct = UnitFigures(shown, Figures(), is_direct=True)
        lines.append(direct)
        line_of[shown.pk] = direct
    for unit, counted in counts.items():
        if unit in line_of:
            line_of[unit].figures.add(counted)
    return sorted((line for line in lines if _is_worth_a_line(line)), key=_worst_first)


def _is_worth_a_line(line: UnitFigures) -> bool:
    return bool(line.figures.total) or not (line.is_direct or line.unit.is_closed)


def _worst_first(line: UnitFigures):
    rate = line.figures.rate
    return (rate is None, rate or 0, -line.figures.overdue, line.unit.sort_key, line.unit.pk)
