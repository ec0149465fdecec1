"""The sentences without which the figures cannot be read: of whom, counted how, when."""

from datetime import datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shared.tables import grouped


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
    where = {"unit": place(desk.filters)}
    if desk.population.everyone:
        text = _("Nobody in %(unit)s has been assigned this course, so everybody posted there today counts.") % where
    elif desk.filters.course:
        text = _("Counted: everybody posted in %(unit)s today who has been assigned this course.") % where
    else:
        people = desk.figures.people
        text = ngettext(
            "Counted: each required course of everybody posted in %(unit)s today, %(people)s person. "
            "Two required courses count as two.",
            "Counted: each required course of everybody posted in %(unit)s today, %(people)s people. "
            "Somebody with two required courses counts twice.",
            people,
        ) % (where | {"people": grouped(people)})
    if desk.filters.only_direct:
        text += " " + _("Units below are left out.")
    return text


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
        as_of(desk.now),
        _("Unit: %(unit)s") % {"unit": place(desk.filters)},
        _("Course: %(course)s") % {"course": course.title} if course else "",
        f"{summary(desk)} {denominator(desk)}",
        ignored(desk),
    ]
    return [line for line in lines if line]


def notes(desk) -> list[str]:
    narrowed = narrowing(desk.filters)
    return [*notes_on_figures(desk), *([_("Only: %(what)s") % {"what": narrowed}] if narrowed else [])]
