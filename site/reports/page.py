"""What the page shows besides the tables' texts: addresses behind the numbers, bars, page numbers."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from reports import wording
from reports.desk import Desk
from reports.figures import UnitFigures
from reports.filters import Basis, State
from shared.tables import Cell

ROWS_A_PAGE = 50
UNITS_AT_FIRST = 10
_STATE_OF_COLUMN = {
    "total": None,
    "completed": State.COMPLETED,
    "in_progress": State.IN_PROGRESS,
    "not_started": State.NOT_STARTED,
    "overdue": State.OVERDUE,
}


@dataclass(frozen=True)
class Card:
    """A question, the number that answers it, and the address of the people behind the number."""

    question: str
    number: int
    note: str
    address: str
    tone: str = ""


def cards(desk: Desk) -> list[Card]:
    figures, filters = desk.figures, desk.filters

    def address(state: State) -> str:
        return filters.of_figures(state=state, basis=Basis.COUNTED)

    return [
        Card(_("Who is overdue?"), figures.overdue, _("not completed"), address(State.OVERDUE), "red"),
        Card(_("Who is due soon?"), figures.due_soon, _("within 7 days"), address(State.DUE_SOON), "gold"),
        Card(
            _("Who has not started?"),
            figures.not_started,
            _("no lesson opened yet"),
            address(State.NOT_STARTED),
        ),
        Card(
            _("Who has completed?"),
            figures.completed,
            _("all that the course asks"),
            address(State.COMPLETED),
        ),
    ]


@dataclass(frozen=True)
class LinkedCell:
    """A cell and, if somebody stands behind it, the address of the list of them."""

    cell: Cell
    address: str


@dataclass(frozen=True)
class UnitRow:
    cells: list[LinkedCell]
    bar: "Bar | None"


@dataclass(frozen=True)
class Bar:
    """Lengths in a bar 100 long, as SVG writes numbers: completed, then completed or begun."""

    completed: str
    begun: str

    @classmethod
    def of(cls, figures) -> "Bar | None":
        if not figures.total:
            return None
        lengths = (figures.completed, figures.completed + figures.in_progress)
        return cls(*(f"{Decimal(100 * length) / figures.total:.1f}" for length in lengths))


def unit_rows(desk: Desk, lines: list[UnitFigures]) -> list[UnitRow]:
    rows = []
    for line, cells in desk.unit_table(lines).lines():
        linked = [LinkedCell(cell, _address_behind(desk, line, cell)) for cell in cells]
        rows.append(UnitRow(linked, Bar.of(line.figures)))
    return rows


def _address_behind(desk: Desk, line: UnitFigures, cell: Cell) -> str:
    where = {"unit": line.unit, "only_direct": line.is_direct}
    key = cell.column.key
    if key == "unit":
        return desk.filters.of_figures(**where)
    if not cell.value:
        return ""
    return desk.filters.of_figures(**where, basis=Basis.COUNTED, state=_STATE_OF_COLUMN.get(key))


def people_page(desk: Desk, number: str | None) -> Page:
    paginator = Paginator(desk.found, ROWS_A_PAGE)
    paginator.count = desk.found_count
    return paginator.get_page(number)


@dataclass(frozen=True)
class PageLink:
    """A step of the page numbers; no address: the present page, or a gap."""

    text: str
    address: str = ""
    is_current: bool = False


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
    return _choices(_("Required and by choice"), Basis, desk.filters.basis)


def _choices(all_label: str, choices, chosen) -> list[Option]:
    return [
        Option("", all_label, chosen is None),
        *(Option(choice.value, str(choice.label), choice is chosen) for choice in choices),
    ]


def page_links(desk: Desk, page: Page) -> list[PageLink]:
    """The numbers around the present page; every address keeps the filters."""
    links = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if isinstance(number, int):
            links.append(PageLink(str(number), page_address(desk, number), number == page.number))
        else:
            links.append(PageLink(str(number)))
    return links


def page_address(desk: Desk, number: int) -> str:
    kept = desk.filters.address()
    return f"{kept}&trang={number}" if kept else f"trang={number}"


# --- the parts of the page, as its template names them ---


def words(desk: Desk) -> dict:
    return {
        "as_of": wording.as_of(desk.now),
        "summary": wording.summary(desk),
        "denominator": wording.denominator(desk),
        "narrowing": wording.narrowing(desk.filters),
        "ignored": wording.ignored(desk),
        "cards": cards(desk),
        "plain_address": desk.filters.of_figures(),
    }


def choices(desk: Desk) -> dict:
    """The selects, and what each of the two forms must send along for the other."""
    parts = desk.filters.parts()
    return {
        "unit_options": unit_options(desk),
        "course_options": course_options(desk),
        "state_options": state_options(desk),
        "basis_options": basis_options(desk),
        "kept_by_scope_form": {name: parts[name] for name in ("dien", "q") if name in parts},
        "kept_by_search_form": {name: parts[name] for name in parts if name not in ("dien", "q")},
    }


def unit_section(desk: Desk, *, show_all: bool) -> dict:
    lines = desk.unit_figures if show_all else desk.unit_figures[:UNITS_AT_FIRST]
    table = desk.unit_table(lines)
    return {
        "unit_table": table,
        "unit_rows": unit_rows(desk, lines),
        "units_in_all": len(desk.unit_figures),
        "units_hidden": len(desk.unit_figures) - len(lines),
        "all_units_address": desk.filters.address() + "&tat_ca=1",
    }


def people_section(desk: Desk, people: Page) -> dict:
    table = desk.people_table(people.object_list)
    return {
        "people": people,
        "people_table": table,
        "people_lines": list(table.lines()),
        "page_links": page_links(desk, people),
        "next_address": page_address(desk, people.number + 1) if people.has_next() else "",
        "previous_address": page_address(desk, people.number - 1) if people.has_previous() else "",
        "address": desk.filters.address(),
        "workbook_label": wording.workbook_label(people.paginator.count),
    }
