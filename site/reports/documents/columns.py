"""What each report shows. Page, XLSX, CSV, DOCX and PDF are made from these columns and from nothing else."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.documents.asking import Question
from reports.documents.kinds import ReportKind
from reports.filters import State
from reports.models import GradeBand
from shared.tables import Column


def _count(key: str, label, value, width: int = 10) -> Column:
    return Column(key, label, value, align="right", width=width)


NUMBER = Column("number", _("No."), lambda line: line.number, align="right", width=8)
PEOPLE = _count("people", _("People assigned"), lambda line: line.numbers.people)
ASKED = _count("asked", _("Assignments"), lambda line: line.numbers.obliged)
FULFILLED = _count("fulfilled", State.COMPLETED.label, lambda line: line.numbers.fulfilled)
RATE = Column("rate", _("Rate"), lambda line: line.numbers.rate, align="right", width=9, percent=True)
AVERAGE = _count("average", _("Average score (of 10)"), lambda line: line.numbers.average)

BY_UNIT = (
    NUMBER,
    Column("unit", _("Unit"), lambda line: line.name, width=38),
    PEOPLE,
    ASKED,
    FULFILLED,
    RATE,
    _count("in_progress", State.IN_PROGRESS.label, lambda line: line.numbers.in_progress),
    _count("not_started", State.NOT_STARTED.label, lambda line: line.numbers.not_started),
    _count("overdue", State.OVERDUE.label, lambda line: line.numbers.late),
    AVERAGE,
    Column("note", _("Note"), lambda line: line.note, width=18),
)
BY_COURSE = (
    NUMBER,
    Column("course", _("Course"), lambda line: line.name, width=48),
    ASKED,
    _count("begun", _("Taken part"), lambda line: line.numbers.begun, 12),
    _count("fulfilled", State.COMPLETED.label, lambda line: line.numbers.fulfilled, 12),
    RATE,
    _count("overdue", State.OVERDUE.label, lambda line: line.numbers.late),
    AVERAGE,
)
BY_AUDIENCE = (
    NUMBER,
    Column("kind", _("Kind of staff"), lambda line: line.name, width=26),
    Column("position", _("Leading position"), lambda line: line.position, width=26),
    PEOPLE,
    _count("women", _("of whom women"), lambda line: line.women.people),
    _count("men", _("of whom men"), lambda line: line.men.people),
    _count("unknown", _("gender not on record"), lambda line: line.unknown.people, 12),
    ASKED,
    FULFILLED,
    _count("women_fulfilled", _("completed by women"), lambda line: line.women.fulfilled),
    _count("men_fulfilled", _("completed by men"), lambda line: line.men.fulfilled),
    RATE,
)
DETAILS = (
    NUMBER,
    Column("name", _("Full name"), lambda line: line.full_name, width=26),
    Column("staff_number", _("Staff number"), lambda line: line.staff_number, width=16),
    Column("unit", _("Unit"), lambda line: line.unit, width=30),
    Column("position", _("Position"), lambda line: line.position, width=20),
    Column("employment", _("Kind of staff"), lambda line: line.employment, width=16),
    Column("course", _("Course"), lambda line: line.course, width=32),
    Column("due_on", _("Due on"), lambda line: line.due_on, width=16),
    Column("state", pgettext_lazy("training", "State"), lambda line: line.state, width=15),
    _count("days_overdue", _("Days overdue"), lambda line: line.days_overdue),
    Column("completed_on", _("Completed on"), lambda line: line.completed_on, width=16),
    Column("register_number", _("Register number"), lambda line: line.register_number, width=12),
    Column("note", _("Note"), lambda line: line.note, width=14),
)
SCORE = Column("score", _("Score"), lambda line: line.score, align="right", width=10)
_OF = {
    ReportKind.BY_UNIT: BY_UNIT,
    ReportKind.BY_COURSE: BY_COURSE,
    ReportKind.BY_AUDIENCE: BY_AUDIENCE,
}


def columns_of(question: Question, bands: list[GradeBand]) -> tuple[Column, ...]:
    """Columns of scores only where one of the courses shows its scores to HR."""
    if question.kind == ReportKind.DETAILS:
        return (*DETAILS[:-1], SCORE, DETAILS[-1]) if question.shows_scores else DETAILS
    if question.kind == ReportKind.GRADES:
        return _grades(bands)
    columns = _OF[question.kind]
    return columns if question.shows_scores else tuple(column for column in columns if column is not AVERAGE)


def _grades(bands: list[GradeBand]) -> tuple[Column, ...]:
    return (
        NUMBER,
        Column("unit", _("Unit"), lambda line: line.name, width=42),
        _count("scored", _("Results with a score"), lambda line: line.numbers.scored, 12),
        *(
            _count(f"band_{index}", band.label, lambda line, index=index: line.in_band.get(index, 0), 12)
            for index, band in enumerate(bands)
        ),
        AVERAGE,
    )
