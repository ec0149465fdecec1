"""The completion rate at the ends of months and on the day itself: a line, its table, and one sentence of forecast."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.domain.on_date import Counts
from shared.tables import Column, Table
from shared.text.dates import short_date

LOOKED_BACK = timedelta(days=100)  # the pace of about three months
FURTHEST = timedelta(days=730)  # nobody can say more than two years ahead from three months


@dataclass(frozen=True)
class Point:
    day: date
    obliged: int
    fulfilled: int

    @property
    def rate(self) -> Decimal:
        """The share as everywhere, rounded down to a tenth of a percent."""
        return Decimal(self.fulfilled * 1000 // self.obliged) / 1000

    @property
    def percent(self) -> Decimal:
        return self.rate * 100


TREND_COLUMNS = (
    Column("day", gettext_lazy("Day"), lambda point: point.day, width=12),
    Column("obliged", gettext_lazy("Required"), lambda point: point.obliged, align="right", width=12),
    Column("fulfilled", gettext_lazy("Completed"), lambda point: point.fulfilled, align="right", width=12),
    Column("rate", gettext_lazy("Rate"), lambda point: point.rate, align="right", width=9, percent=True),
)


@dataclass(frozen=True)
class Trend:
    """Points with somebody obliged, oldest first; `target` in percent, None without one."""

    points: list[Point]
    target: int | None

    @classmethod
    def of(cls, counts: dict[date, Counts], target: int | None) -> "Trend":
        rows = sorted(counts.items())
        return cls([Point(day, one.obliged, one.fulfilled) for day, one in rows if one.obliged], target)

    @property
    def is_drawn(self) -> bool:
        return len(self.points) > 1

    def table(self) -> Table:
        return Table(_("Completion over the months"), TREND_COLUMNS, self.points[::-1], [])

    @property
    def pace(self) -> Decimal | None:
        """Percentage points a day over the last three months; None with too little to tell."""
        if not self.is_drawn:
            return None
        last = self.points[-1]
        first = next(point for point in self.points if point.day >= last.day - LOOKED_BACK)
        if (last.day - first.day).days < 20:
            return None
        return (last.percent - first.percent) / (last.day - first.day).days

    @property
    def reached_on(self) -> date | None:
        """The day on which the target is reached if the pace stays; None if it is reached, not set or out of sight."""
        last = self.points[-1] if self.points else None
        if not (last and self.target and self.pace and self.pace > 0) or last.percent >= self.target:
            return None
        ahead = timedelta(days=int(-(-(self.target - last.percent) // self.pace)))
        return last.day + ahead if ahead <= FURTHEST else None

    @property
    def sentence(self) -> str:
        if not self.points:
            return ""
        values = {"target": f"{self.target}%", "day": short_date(self.reached_on) if self.reached_on else ""}
        if self.target and self.points[-1].percent >= self.target:
            return _("The target of %(target)s has been reached.") % values
        if self.pace is None:
            return _("There are too few months yet for a forecast.")
        if self.pace <= 0:
            return _("The rate has not risen over the last three months.")
        if not self.target:
            return _("The rate has been rising over the last three months.")
        if not self.reached_on:
            return _("At the pace of the last three months %(target)s is not reached within two years.") % values
        return _("At the pace of the last three months %(target)s is reached about %(day)s.") % values


@dataclass(frozen=True)
class Mark:
    x: str
    y: str
    text: str


class Drawing:
    """A trend drawn into a box of so many units, as SVG writes numbers; one for wide screens, one for narrow ones."""

    def __init__(self, trend: Trend, width: int, height: int):
        self.trend, self.width, self.height = trend, width, height
        self.left, self.right, self.top, self.bottom = 34, width - 54, 16, height - 28
        last = trend.reached_on or trend.points[-1].day
        self._first, self._days = trend.points[0].day, max(1, (last - trend.points[0].day).days)

    def _x(self, day: date) -> float:
        return self.left + (self.right - self.left) * (day - self._first).days / self._days

    def _y(self, percent) -> float:
        return self.bottom - (self.bottom - self.top) * float(percent) / 100

    def _place(self, point: Point) -> str:
        return f"{self._x(point.day):.1f} {self._y(point.percent):.1f}"

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"

    @property
    def line(self) -> str:
        return "M" + "L".join(self._place(point) for point in self.trend.points)

    @property
    def area(self) -> str:
        return f"{self.line}L{self._x(self.trend.points[-1].day):.1f} {self.bottom}L{self.left} {self.bottom}Z"

    @property
    def ahead(self) -> str:
        """The dotted line to the day on which the target is reached; "" without one."""
        reached = self.trend.reached_on
        if not reached:
            return ""
        return f"M{self._place(self.trend.points[-1])}L{self._x(reached):.1f} {self._y(self.trend.target):.1f}"

    @property
    def grid(self) -> list[Mark]:
        return [Mark(str(self.left), f"{self._y(percent):.1f}", str(percent)) for percent in (0, 25, 50, 75, 100)]

    @property
    def target(self) -> Mark | None:
        percent = self.trend.target
        return Mark(str(self.right), f"{self._y(percent):.1f}", f"{percent}%") if percent else None

    @property
    def now(self) -> Mark:
        point = self.trend.points[-1]
        return Mark(f"{self._x(point.day):.1f}", f"{self._y(point.percent):.1f}", TREND_COLUMNS[3].text_of(point.rate))

    @property
    def now_above(self) -> str:
        """Where the last rate is written: above its point, below it where the line is too high for that."""
        y = float(self.now.y)
        return f"{y - 12 if y - 12 > self.top + 14 else y + 24:.1f}"

    @property
    def days(self) -> list[Mark]:
        """The first and the last day and the forecast's, as far as they stand apart."""
        days = [self._first, self.trend.points[-1].day, *([self.trend.reached_on] if self.trend.reached_on else [])]
        marks: list[Mark] = []
        for day in days:
            if not marks or self._x(day) - float(marks[-1].x) > 60:
                marks.append(Mark(f"{self._x(day):.1f}", str(self.height - 8), f"{day:%m/%Y}"))
        return marks

    @property
    def grid_end(self) -> str:
        return str(self.right)

    @property
    def target_label_x(self) -> str:
        return str(self.right + 6)
