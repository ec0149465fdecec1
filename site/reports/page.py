"""What the page shows besides the tables' texts: addresses behind the numbers, bars, page numbers."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from reports import wording
from reports.desk import Desk
from reports.figures import UnitFigures
from reports.filters import Basis, State
from reports.overview import Overview
from reports.places import read_place
from reports.trend import Drawing
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


def people_page(desk: Desk, sent: QueryDict) -> Page:
    paginator = Paginator(desk.rows(read_place(sent)), ROWS_A_PAGE)
    paginator.count = desk.found_count
    page = paginator.get_page(sent.get("trang"))
    page.object_list = list(page.object_list)
    return page


@dataclass(frozen=True)
class PageLink:
    """A step of the page numbers; no address: the present page, or a gap."""

    text: str
    address: str = ""
    is_current: bool = False


def page_links(desk: Desk, page: Page) -> list[PageLink]:
    """The numbers around the present page; every address keeps the filters."""
    links = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if isinstance(number, int):
            links.append(PageLink(str(number), page_address(desk, page, number), number == page.number))
        else:
            links.append(PageLink(str(number)))
    return links


def page_address(desk: Desk, page: Page, number: int) -> str:
    """The address of a page: from the page shown to the next, the one before and the last by the rows between them."""
    rows = page.object_list
    way = {"trang": number}
    if number == page.number + 1 and rows:
        way["sau"] = _named(rows[-1])
    elif number > 1 and number == page.paginator.num_pages:
        way["cuoi"] = 1
    elif number > 1 and number == page.number - 1 and rows:
        way["truoc"] = _named(rows[0])
    return urlencode(desk.filters.parts() | way)


def _named(row: dict) -> str:
    return f"{row['person_id']}-{row['course_ref']}"


# --- the parts of the page, as its template names them ---


def words(desk: Desk) -> dict:
    return {
        "as_of": wording.as_of(desk.as_of),
        "summary": wording.summary(desk),
        "denominator": wording.denominator(desk),
        "narrowing": wording.narrowing(desk.filters),
        "ignored": wording.ignored(desk),
        "cards": cards(desk),
        "plain_address": desk.filters.of_figures(),
        "overview_address": desk.filters.of_figures(),
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
    lines = list(table.lines())
    return {
        "people": people,
        "people_table": table,
        "people_lines": lines,
        "reachable": desk.reachable(row.person_id for row, _cells in lines),
        "unnamed": wording.unnamed(desk.unnamed_count),
        "page_links": page_links(desk, people),
        "next_address": page_address(desk, people, people.number + 1) if people.has_next() else "",
        "previous_address": page_address(desk, people, people.number - 1) if people.has_previous() else "",
        "address": desk.filters.address(),
        "workbook_label": wording.workbook_label(people.paginator.count),
    }


# --- the overview ---


def overview_cards(desk: Overview) -> list[Card]:
    """The four questions; each number leads to the list of its people."""
    found = [Card(card.question, card.number, card.note, _list(card.address), card.tone) for card in cards(desk)[:3]]
    address = desk.filters.of_figures(state=State.CERTIFIED, basis=Basis.COUNTED)
    note = _("of %(count)s completed") % {"count": wording.grouped(desk.figures.completed)}
    return [*found, Card(_("Who has a certificate?"), desk.figures.certified, note, _list(address), "green")]


def _list(address: str) -> str:
    return f"{reverse('reports:completions')}?{address}#people"


def overview_words(desk: Overview) -> dict:
    return {
        "as_of": wording.as_of(desk.as_of),
        "summary": wording.summary(desk),
        "towards_target": wording.towards_target(desk),
        "ignored": wording.ignored(desk),
        "cards": overview_cards(desk),
        "definition": wording.definition(desk),
        "definition_counts": wording.definition_counts(desk),
        "list_address": _list(desk.filters.of_figures(basis=Basis.COUNTED)),
        "file_address": desk.filters.of_figures(),
    }


@dataclass(frozen=True)
class KindRow:
    cells: list[LinkedCell]


@dataclass(frozen=True)
class KindTable:
    title: str
    columns: tuple
    rows: list[KindRow]


def overview_sections(desk: Overview, *, show_all: bool) -> dict:
    lines = desk.unit_figures if show_all else desk.unit_figures[:UNITS_AT_FIRST]
    table = desk.compared_table(lines)
    rows = []
    for line, cells in table.lines():
        linked = [LinkedCell(cell, _overview_address(desk, line, cell)) for cell in cells]
        rows.append(UnitRow(linked, Bar.of(line.figures)))
    trend = desk.trend
    return {
        "compared": table,
        "compared_rows": rows,
        "units_in_all": len(desk.unit_figures),
        "units_hidden": len(desk.unit_figures) - len(lines),
        "all_units_address": desk.filters.of_figures() + "&tat_ca=1",
        "trend": trend,
        "trend_table": trend.table(),
        "drawings": [("r", Drawing(trend, 460, 330)), ("h", Drawing(trend, 290, 240))] if trend.is_drawn else [],
        "kind_tables": [_kind_table(desk, table) for table in desk.kinds],
    }


def _overview_address(desk: Overview, line: UnitFigures, cell: Cell) -> str:
    """A unit's name leads to its own overview, its numbers to their people."""
    if cell.column.key == "unit":
        return "" if line.is_direct else "?" + desk.filters.of_figures(unit=line.unit, only_direct=False)
    if not cell.value:
        return ""
    state = _STATE_OF_COLUMN.get(cell.column.key, State.COMPLETED if cell.column.key == "rate" else None)
    return _list(desk.filters.of_figures(unit=line.unit, only_direct=line.is_direct, basis=Basis.COUNTED, state=state))


def _kind_table(desk: Overview, table) -> KindTable:
    rows = []
    for line, cells in table.lines():
        linked = []
        for cell in cells:
            key, address = cell.column.key, ""
            if line.group and key in ("total", "completed") and cell.value:
                state = State.COMPLETED if key == "completed" else None
                address = _list(desk.filters.of_figures(group=line.group, basis=Basis.COUNTED, state=state))
            linked.append(LinkedCell(cell, address))
        rows.append(KindRow(linked))
    return KindTable(table.title, table.columns, rows)
