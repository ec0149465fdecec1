"""The rows of each report, from what the database counted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.enums import EmploymentType, Gender
from reports.documents import duties
from reports.documents.asking import Question
from reports.domain import kept
from reports.domain.on_date import Counts, total_of
from reports.filters import State
from reports.models import GradeBand
from reports.progress import points_in_words


@dataclass
class Numbers(Counts):
    """What is counted of a line; `points` is the sum of the scores on the scale to ten."""

    scored: int = 0
    points: float = 0.0

    def add_scores(self, found: "dict | Numbers") -> None:
        read = found.__getitem__ if isinstance(found, dict) else found.__getattribute__
        self.scored += read("scored") or 0
        self.points += read("points") or 0

    @property
    def begun(self) -> int:
        return self.fulfilled + self.in_progress

    @property
    def rate(self) -> Decimal | None:
        """Rounded down to a tenth of a percent, as everywhere: 100% means everybody. None of nobody."""
        return Decimal(self.fulfilled * 1000 // self.obliged) / 1000 if self.obliged else None

    @property
    def average(self) -> Decimal | int | None:
        return average_of(self.points, self.scored)


def average_of(points: float, scored: int) -> Decimal | int | None:
    """With two decimals at most, without zeros behind them, so that every form writes the same. None of nobody."""
    if not scored:
        return None
    rounded = Decimal(str(points / scored)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return int(rounded) if rounded == int(rounded) else Decimal(f"{rounded:f}".rstrip("0"))


@dataclass
class Line:
    """A row under a name with its numbers; a sum has no number of its own."""

    name: str
    numbers: Numbers = field(default_factory=Numbers)
    number: int | None = None
    is_total: bool = False

    @property
    def note(self) -> str:
        count = self.numbers.exempt
        if not count:
            return ""
        return ngettext("Exempt: %(count)s assignment", "Exempt: %(count)s assignments", count) % {"count": count}


def by_unit(question: Question) -> list[Line]:
    """The units next below, the unit itself if anybody is posted there, and the sum of all of them."""
    found = kept.figures_of(question.units, question.course_pk, question.day)
    lines, line_of, direct = _places(question, Line)
    for unit, counts in found.by_unit.items():
        line_of[unit].numbers.add(counts)
    for row in duties.scores(question, "unit_id"):
        line_of[row["unit_id"]].numbers.add_scores(row)
    return _with_sum([line for line in lines if line is not direct or line.numbers.obliged or line.numbers.exempt])


def by_course(question: Question) -> list[Line]:
    found = _by_course(question)
    line_of = {pk: Line(course.title) for pk, course in question.courses.items() if pk in found and found[pk].obliged}
    for pk, line in line_of.items():
        line.numbers.add(found[pk])
    for row in duties.scores(question, "course_ref"):
        line_of[row["course_ref"]].numbers.add_scores(row)
    return _with_sum(list(line_of.values()))


def _by_course(question: Question) -> dict[int, Counts]:
    if question.course is None:
        return kept.by_course(question.units, question.day)
    found = kept.figures_of(question.units, question.course_pk, question.day)
    return {question.course.pk: total_of(found.by_unit.values())}


@dataclass
class AudienceLine(Line):
    """People of one employment type, leading others or not; of whom which gender as far as HR's records hold it."""

    position: str = ""
    women: Numbers = field(default_factory=Numbers)
    men: Numbers = field(default_factory=Numbers)
    unknown: Numbers = field(default_factory=Numbers)

    def part_of(self, gender: str) -> Numbers:
        return {Gender.FEMALE: self.women, Gender.MALE: self.men}.get(gender, self.unknown)


def by_audience(question: Question) -> list[AudienceLine]:
    found = kept.figures_of(question.units, question.course_pk, question.day, by_kind=True)
    lines: dict[tuple[str, bool], AudienceLine] = {}
    total = AudienceLine(_("Total"), is_total=True)
    for kind, counts in found.by_kind.items():
        if not counts.obliged:
            continue
        key = (kind.employment_type, kind.is_manager)
        line = lines.setdefault(key, AudienceLine(_called(key[0]), position=_leading(key[1])))
        for one in (line, total):
            one.numbers.add(counts)
            one.part_of(kind.gender).add(counts)
    places = {kind: place for place, kind in enumerate(EmploymentType.values)}
    in_order = [lines[key] for key in sorted(lines, key=lambda key: (places.get(key[0], len(places)), not key[1]))]
    for number, line in enumerate(in_order, start=1):
        line.number = number
    return [*in_order, total] if in_order else []


def _called(kind: str) -> str:
    """The employment type without what its label explains in brackets."""
    return str(EmploymentType(kind).label).split(" (")[0] if kind in EmploymentType.values else _("Not on record")


def _leading(leads: bool) -> str:
    return _("Leaders and managers") if leads else _("Without a leading position")


@dataclass
class DetailLine:
    """One person and one course as of the day."""

    number: int
    full_name: str
    staff_number: str
    unit: str
    position: str
    employment: str
    course: str
    due_on: date
    state: str
    completed_on: date | None
    days_overdue: int | None
    register_number: str
    score: str
    note: str
    is_total: bool = False


def details(question: Question, found: Iterable[dict], first: int = 1) -> Iterator[DetailLine]:
    """`found` are rows of `duties.details`, all of them or a page that begins with the row `first`."""
    nodes, courses, day = question.scope.tree.nodes, question.courses, question.day
    labels = {state: str(state.label) for state in State}
    employment = {kind: _called(kind) for kind in EmploymentType.values}
    equivalent = _("recognised equivalent")
    for number, row in enumerate(found, start=first):
        done = row["fulfilled_on"]
        is_late = done is None and row["due_on"] < day
        course = courses[row["row_course"]]
        state = State.COMPLETED if done else State.IN_PROGRESS if row["row_begun"] else State.NOT_STARTED
        has_score = done and course.shows_scores and row["row_score"] is not None
        yield DetailLine(
            number=number,
            full_name=row["row_full_name"],
            staff_number=row["row_staff_number"] or "",
            unit=nodes[row["row_unit"]].label,
            position=row["row_position"],
            employment=employment.get(row["row_employment_type"], ""),
            course=course.title,
            due_on=row["due_on"],
            state=labels[state],
            completed_on=done,
            days_overdue=(day - row["due_on"]).days if is_late else None,
            register_number=f"{row['row_number']}/{row['row_year']}" if done and row["row_number"] else "",
            score=points_in_words(row["row_score"], row["row_highest"]) if has_score else "",
            note=equivalent if done and row["row_equivalence"] else "",
        )


@dataclass
class GradeLine(Line):
    """How many results of a unit fall into each band, by its place in the list of bands."""

    in_band: dict[int, int] = field(default_factory=dict)


def bands() -> list[GradeBand]:
    """The best first."""
    return list(GradeBand.objects.order_by("-from_points"))


def by_grade(question: Question, best_first: list[GradeBand]) -> list[GradeLine]:
    above = [None, *(band.from_points for band in best_first)]
    limits = [(band.from_points, above[index]) for index, band in enumerate(best_first)]
    lines, line_of, _direct = _places(question, GradeLine)
    for row in duties.counted_in_bands(question, limits):
        line = line_of[row["unit_id"]]
        line.numbers.scored += row["scored"]
        line.numbers.points += (row["average"] or 0) * row["scored"]
        for index in range(len(best_first)):
            line.in_band[index] = line.in_band.get(index, 0) + row[f"band_{index}"]
    kept = [line for line in lines if line.numbers.scored]
    total = GradeLine(_("Total"), is_total=True)
    for number, line in enumerate(kept, start=1):
        line.number = number
        total.numbers.scored += line.numbers.scored
        total.numbers.points += line.numbers.points
        for index, count in line.in_band.items():
            total.in_band[index] = total.in_band.get(index, 0) + count
    return [*kept, total] if kept else []


# --- lines by unit -----------------------------------------------------------------------------------------------


def _places(question: Question, make) -> tuple[list, dict, Line | None]:
    """A line for each unit next below in the order of names, and one for those posted in the unit itself.

    Returns the lines, the line by unit, and the one of the unit itself if there are units below it.
    """
    unit = question.unit
    if unit is None:
        return [], {}, None
    if not unit.children:
        line = make(unit.name)
        return [line], {unit.pk: line}, None
    below = [(child, make(child.name)) for child in unit.children]
    direct = make(_("%(unit)s (directly)") % {"unit": unit.name})
    line_of = {node.pk: line for child, line in below for node in child.walk()} | {unit.pk: direct}
    return [direct, *(line for _child, line in below)], line_of, direct


def _with_sum(lines: list[Line]) -> list[Line]:
    """The lines numbered, with their sum below."""
    total = Line(_("Total"), is_total=True)
    for number, line in enumerate(lines, start=1):
        line.number = number
        total.numbers.add(line.numbers)
        total.numbers.add_scores(line.numbers)
    return [*lines, total] if lines else []
