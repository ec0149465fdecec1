"""The sentences without which the figures cannot be read: of whom, counted how, when."""

from datetime import datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shared.tables import grouped
from shared.text.dates import short_date


def as_of(now: datetime) -> str:
    return _("Data as of %(time)s, %(day)s") % {"time": f"{now:%H:%M}", "day": f"{now:%d/%m/%Y}"}


def percent(rate) -> str:
    return f"{number_format(rate * 100, decimal_pos=1)}%"


def place(filters) -> str:
    if filters.unit is None:
        return _("all units of your scope")
    return filters.unit.name


def summary(desk) -> str:
    """“1.284 of 1.812 people have completed, 70,8%.”"""
    figures = desk.figures
    if not figures.total:
        return _("There is nobody to count here.")
    values = {
        "done": grouped(figures.completed),
        "total": grouped(figures.total),
        "rate": percent(figures.rate),
    }
    if desk.filters.course:
        sentence = ngettext(
            "%(done)s of %(total)s person has completed, %(rate)s.",
            "%(done)s of %(total)s people have completed, %(rate)s.",
            figures.total,
        )
    else:
        sentence = ngettext(
            "%(done)s of %(total)s required course has been completed, %(rate)s.",
            "%(done)s of %(total)s required courses have been completed, %(rate)s.",
            figures.total,
        )
    return sentence % values


def denominator(desk) -> str:
    """Who is counted, in words."""
    where = {"unit": place(desk.filters), "day": short_date(desk.day)}
    if desk.filters.course:
        text = _("Counted: everybody posted in %(unit)s on %(day)s who was obliged to this course on that day.") % where
    else:
        people = desk.figures.people
        text = ngettext(
            "Counted: each course required on %(day)s of everybody posted in %(unit)s then, %(people)s person. "
            "Two required courses count as two.",
            "Counted: each course required on %(day)s of everybody posted in %(unit)s then, %(people)s people. "
            "Somebody with two required courses counts twice.",
            people,
        ) % (where | {"people": grouped(people)})
    if desk.filters.only_direct:
        text += " " + _("Units below are left out.")
    return f"{text} {exempt(desk.figures.exempt)}"


def exempt(count: int) -> str:
    """The exempt, who are no part of the denominator."""
    words = ngettext(
        "Exempt and therefore not counted: %(count)s case.",
        "Exempt and therefore not counted: %(count)s cases.",
        count,
    )
    return words % {"count": grouped(count)}


def unnamed(count: int) -> str:
    """Why a list of a former day is shorter than its number; "" if it is not."""
    if not count:
        return ""
    words = ngettext(
        "%(count)s row is counted but not listed: the person was here on that day and is elsewhere now.",
        "%(count)s rows are counted but not listed: the people were here on that day and are elsewhere now.",
        count,
    )
    return words % {"count": grouped(count)}


def ignored(desk) -> str:
    """What of the address was not understood; "" if all was."""
    if not desk.filters.ignored:
        return ""
    return _("These filters were not understood and are left out: %(filters)s") % {
        "filters": ", ".join(desk.filters.ignored)
    }


def narrowing(filters) -> str:
    """How the list is narrowed beyond unit and course; "" if it is not."""
    parts = []
    if filters.state:
        parts.append(str(filters.state.label))
    if filters.group:
        parts.append(str(filters.group.label))
    if filters.basis:
        parts.append(str(filters.basis.label))
    if filters.text:
        parts.append(_("name or staff number contains “%(text)s”") % {"text": filters.text})
    return "; ".join(parts)


def workbook_label(rows: int) -> str:
    """A download says what it is and how long."""
    return ngettext("Excel (.xlsx, %(count)s row)", "Excel (.xlsx, %(count)s rows)", rows) % {"count": grouped(rows)}


def notes_on_figures(desk) -> list[str]:
    course = desk.filters.course
    lines = [
        as_of(desk.as_of),
        _("Figures of %(day)s") % {"day": short_date(desk.day)} if desk.is_past else "",
        _("Unit: %(unit)s") % {"unit": place(desk.filters)},
        _("Course: %(course)s") % {"course": course.title} if course else "",
        f"{summary(desk)} {denominator(desk)}",
        ignored(desk),
    ]
    return [line for line in lines if line]


def notes(desk) -> list[str]:
    narrowed = narrowing(desk.filters)
    return [*notes_on_figures(desk), *([_("Only: %(what)s") % {"what": narrowed}] if narrowed else [])]


def towards_target(desk) -> str:
    """“347 more are needed for the target of 90%.”; "" without anybody to count."""
    figures = desk.figures
    if not figures.total:
        return ""
    if desk.target is None:
        if desk.has_several_targets:
            return _("The courses have different targets: choose one to measure against its own.")
        return _("The rules set no target.")
    missing = figures.missing_to(desk.target)
    values = {"target": f"{desk.target}%", "count": grouped(missing)}
    if not missing:
        return _("The target of %(target)s has been reached.") % values
    words = ngettext(
        "%(count)s more completion is needed for the target of %(target)s.",
        "%(count)s more completions are needed for the target of %(target)s.",
        missing,
    )
    return words % values


def definition(desk) -> list[str]:
    """How the number is counted, in sentences whoever signs a report can stand by."""
    day = {"day": short_date(desk.day)}
    lines = [
        denominator(desk),
        _(
            "Obliged on a day is whom a rule of assignment asked on that day; several rules for one course count once. "
            "Everybody counts in the unit of their main posting on %(day)s, as the units stood then: what has been "
            "merged, moved or left since changes nothing."
        )
        % day,
        _(
            "Completed is who had completed the course by the end of %(day)s, or whose equivalent had been "
            "recognised. Overdue is who had not, though the day it was due on had passed."
        )
        % day,
        _("Rate = completed : obliged, rounded down to a tenth of a percent, so that 100% means everybody."),
    ]
    if desk.counted.are_kept and not desk.is_past:
        lines.append(_("For wide scopes the figures of today are counted anew every quarter of an hour."))
    return lines


def definition_counts(desk) -> list[tuple[str, str]]:
    """Each count the numbers are made of, with its name."""
    figures = desk.figures
    counts = [
        (_("People obliged to anything"), figures.people),
        (_("Obliged: one person, one course (the denominator, N)"), figures.total),
        (_("Of these completed (n)"), figures.completed),
        (_("Of these with a certificate in the register"), figures.certified),
        (_("In progress"), figures.in_progress),
        (_("Not started"), figures.not_started),
        (_("Overdue, among those in progress and not started"), figures.overdue),
        (_("Due within 7 days, among those in progress and not started"), figures.due_soon),
        (_("Exempt, outside the denominator"), figures.exempt),
    ]
    shown = [(label, grouped(number)) for label, number in counts]
    if figures.total:
        shown.append(
            (_("Rate n/N"), f"{grouped(figures.completed)}/{grouped(figures.total)} = {percent(figures.rate)}")
        )
    return shown
