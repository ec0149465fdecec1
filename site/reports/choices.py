"""The selects of the reports' pages: what can be chosen, and what is."""

from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.desk import Desk
from reports.filters import Basis, Group, State


@dataclass(frozen=True)
class Option:
    """A choice of a select; values are text, so that no number is written with a thousands separator."""

    value: str
    label: str
    is_chosen: bool = False


def unit_options(desk: Desk) -> list[Option]:
    """The tree of the scope; with several roots also the choice of all of them."""
    options = [Option(str(unit.pk), unit.indented, unit is desk.filters.unit) for unit in desk.tree.open_units()]
    if len(desk.tree.roots) > 1:
        options.insert(0, Option("", _("All units of the scope"), desk.filters.unit is None))
    return options


def course_options(desk: Desk) -> list[Option]:
    return [
        Option("", _("All courses"), desk.filters.course is None),
        *(Option(str(course.pk), course.title, course is desk.filters.course) for course in desk.courses.values()),
    ]


def state_options(desk: Desk) -> list[Option]:
    return _choices(_("All states"), State, desk.filters.state)


def basis_options(desk: Desk) -> list[Option]:
    options = _choices(_("Required and by choice"), Basis, desk.filters.basis)
    return options[1:] if desk.counted.are_kept else options


def group_options(desk: Desk) -> list[Option]:
    return _choices(_("All kinds of people"), Group, desk.filters.group)


def _choices(all_label: str, choices, chosen) -> list[Option]:
    return [
        Option("", all_label, chosen is None),
        *(Option(choice.value, str(choice.label), choice is chosen) for choice in choices),
    ]


def _written(options: list[Option]) -> SafeString:
    """As HTML, here and not in a template: a province has a thousand units, and each page shows them all."""
    return SafeString("".join(_option(one) for one in options))


def _option(option: Option) -> str:
    chosen = " selected" if option.is_chosen else ""
    return f'<option value="{escape(option.value)}"{chosen}>{escape(option.label)}</option>'


def choices(desk: Desk) -> dict:
    """The selects, and what each of the two forms must send along for the other."""
    parts = desk.filters.parts()
    return {
        "unit_options": (units := unit_options(desk)),
        "unit_choices": _written(units),
        "course_options": course_options(desk),
        "state_options": state_options(desk),
        "basis_options": basis_options(desk),
        "group_options": group_options(desk),
        "day_value": desk.day.isoformat(),
        "latest_day": desk.today.isoformat(),
        "kept_by_scope_form": {name: parts[name] for name in ("dien", "nhom", "q") if name in parts},
        "kept_by_search_form": {name: parts[name] for name in parts if name not in ("dien", "nhom", "q")},
    }
