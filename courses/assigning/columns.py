"""The columns of the lists of people. Page, XLSX and CSV are made from these and from nothing else."""

from django.utils.translation import gettext_lazy as _

from courses.assigning.preview import Outcome
from shared.tables import Column

_WHO = (
    Column("name", _("Full name"), lambda row: row.posting.person.full_name, width=26),
    Column("staff_number", _("Staff number"), lambda row: row.posting.person.staff_number, width=13),
    Column("unit", _("Unit"), lambda row: row.unit, width=36),
    Column("position", _("Position"), lambda row: row.posting.position_title, width=26),
)
PREVIEW_COLUMNS = (
    *_WHO,
    Column("outcome", _("By this rule"), lambda row: Outcome(row.posting.outcome).label, width=34),
    Column("already", _("Asked already, due on"), lambda row: row.posting.already_due_on, width=16),
    Column("done", _("Completed before"), lambda row: _("yes") if row.posting.done else "", width=12),
)
PREVIEW_UNIT_COLUMNS = (
    Column("unit", _("Unit"), lambda row: row.unit, width=40),
    Column("total", _("People"), lambda row: row.numbers.total, align="right"),
    Column("asked", _("Asked"), lambda row: row.numbers.asked, align="right"),
    Column("not_asked", _("Not asked"), lambda row: row.numbers.not_asked, align="right"),
    Column("done", _("Asked, completed before"), lambda row: row.numbers.done, align="right", width=20),
)
ASKED_COLUMNS = (
    *_WHO,
    Column("course", _("Course"), lambda row: row.posting.course_title, width=34),
    Column("due_on", _("Due on"), lambda row: row.posting.due_on, width=12),
    Column("fulfilled_on", _("Completed on"), lambda row: row.posting.fulfilled_on, width=12),
    Column("reasons", _("Reasons"), lambda row: row.reasons, width=50),
)
