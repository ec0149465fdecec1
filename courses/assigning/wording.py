"""A rule in words: what, of whom, until when, how often."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.enums import DueKind, ManagerScope, Recurrence
from courses.models import Assignment
from people.enums import EmploymentType, PositionGroup
from shared.text.dates import short_date


def due_in_words(rule: Assignment) -> str:
    """“30/11/2026”, “every year from 01/03 to 30/11”, “30 days after joining the service”."""
    if rule.recurrence == Recurrence.YEARLY:
        days = {"opens": f"{rule.window_opens_on:%d/%m}", "closes": f"{rule.due_on:%d/%m}"}
        return _("every year from %(opens)s to %(closes)s") % days
    if rule.due_kind == DueKind.FIXED:
        return short_date(rule.due_on)
    if rule.due_kind == DueKind.AFTER_JOINING:
        words = ngettext("%(n)s day after joining the service", "%(n)s days after joining the service", rule.due_days)
    else:
        words = ngettext("%(n)s day after being asked", "%(n)s days after being asked", rule.due_days)
    return words % {"n": rule.due_days}


def whom_in_words(rule: Assignment) -> str:
    """“One-stop unit, Leader or manager; Civil servant; only leaders”, or “everybody”."""
    parts = [
        ", ".join(str(PositionGroup(word).label) for word in rule.position_groups),
        ", ".join(str(EmploymentType(word).label) for word in rule.employment_types),
        "" if rule.managers == ManagerScope.ANY else str(ManagerScope(rule.managers).label),
    ]
    return "; ".join(part for part in parts if part) or _("everybody")


def state_in_words(rule: Assignment, day) -> str:
    if rule.retired_at and rule.active_to and rule.active_to <= day:
        return _("retired on %(day)s") % {"day": short_date(rule.active_to)}
    if rule.active_from > day:
        return _("begins on %(day)s") % {"day": short_date(rule.active_from)}
    return _("in force")
