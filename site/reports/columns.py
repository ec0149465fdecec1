"""The columns of the desk's tables. Page, XLSX and CSV are made from these and from nothing else."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.figures import UnitFigures
from reports.filters import State
from reports.progress import points_in_words
from shared.tables import Column

# Of one person and one course, on the person's own page.
COURSE_COLUMNS = (
    Column("course", _("Course"), lambda row: row.course, width=42),
    Column("lessons_done", _("Lessons done"), lambda row: row.lessons_done, align="right", width=9),
    Column("lessons_required", _("Lessons required"), lambda row: row.lessons_required, align="right", width=9),
    Column("state", pgettext_lazy("training", "State"), lambda row: row.state.label, width=15),
    Column("due_on", _("Due on"), lambda row: row.due_on, width=12),
    Column("days_overdue", _("Days overdue"), lambda row: row.days_overdue, align="right", width=9),
    Column("completed_on", _("Completed on"), lambda row: row.completed_on, width=13),
    Column("quiz", _("Quiz"), lambda row: row.quiz, width=13),
    Column("quiz_on", _("Quiz on"), lambda row: row.quiz_on, width=13),
)
# Only where a course says that HR sees scores; its rows alone have one.
SCORE_COLUMN = Column("score", _("Score"), lambda row: row.score, align="right", width=10)

PEOPLE_COLUMNS = (
    Column("name", _("Full name"), lambda row: row.full_name, width=26),
    Column("staff_number", _("Staff number"), lambda row: row.staff_number, width=13),
    Column("unit", _("Unit"), lambda row: row.unit, width=34),
    Column("position", _("Position"), lambda row: row.position, width=24),
    *COURSE_COLUMNS,
)


def with_scores(columns: tuple[Column, ...], courses) -> tuple[Column, ...]:
    """The columns, and the score if one of the courses shows it to HR."""
    return (*columns, SCORE_COLUMN) if any(course.shows_scores for course in courses) else columns


def _unit_name(line: UnitFigures) -> str:
    return str(_("%(unit)s (directly)") % {"unit": line.unit.name}) if line.is_direct else line.unit.name


UNIT_COLUMNS = (
    Column("unit", _("Unit"), _unit_name, width=44),
    Column("people", pgettext_lazy("column", "People"), lambda line: line.figures.people, align="right", width=10),
    Column("total", _("Required"), lambda line: line.figures.total, align="right", width=10),
    Column("completed", State.COMPLETED.label, lambda line: line.figures.completed, align="right", width=12),
    Column("rate", _("Rate"), lambda line: line.figures.rate, align="right", width=9, percent=True),
    Column("in_progress", State.IN_PROGRESS.label, lambda line: line.figures.in_progress, align="right", width=11),
    Column("not_started", State.NOT_STARTED.label, lambda line: line.figures.not_started, align="right", width=11),
    Column("overdue", State.OVERDUE.label, lambda line: line.figures.overdue, align="right", width=10),
)

_OF_UNITS = {column.key: column for column in UNIT_COLUMNS}
OVERVIEW_UNIT_COLUMNS = tuple(_OF_UNITS[key] for key in ("unit", "total", "completed", "rate", "overdue"))


def _completed_on(completion):
    return timezone.localdate(completion.completed_at)


def _register_number(completion):
    certificate = getattr(completion, "certificate", None)
    return certificate.register_number if certificate else None


def _certificate_state(completion):
    certificate = getattr(completion, "certificate", None)
    return certificate.get_state_display() if certificate else None


def _evidence_score(completion):
    if not completion.course.shows_scores or completion.score is None:
        return None
    return points_in_words(completion.score, completion.max_points)


EVIDENCE_SCORE_COLUMN = Column("score", _("Score"), _evidence_score, align="right", width=10)
EVIDENCE_COLUMNS = (
    Column("course", _("Course"), lambda done: done.course.title, width=42),
    Column("edition", _("Edition"), lambda done: done.edition.number, align="right", width=9),
    Column("completed_on", _("Completed on"), _completed_on, width=13),
    Column("minutes", _("Minutes"), lambda done: done.duration_minutes, align="right", width=9),
    Column("unit_then", _("Unit at that time"), lambda done: done.unit_name, width=34),
    Column("position_then", _("Position at that time"), lambda done: done.position_title, width=24),
    Column("register_number", _("Register number"), _register_number, width=14),
    Column("certificate_state", _("Certificate"), _certificate_state, width=14),
)
