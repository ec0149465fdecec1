"""What the directory's page shows besides the rows: choices, sentences, page numbers."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.directory.columns import COLUMNS
from people.directory.filters import AccountState, Manager, Service
from people.directory.listing import Listing
from people.enums import EmploymentType, PositionGroup
from shared.tables import Table, grouped

ROWS_A_PAGE = 50


@dataclass(frozen=True)
class Option:
    """A choice of a select; values are text, so that no number is written with a thousands separator."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True)
class PageLink:
    """A step of the page numbers; no address: a gap."""

    text: str
    address: str = ""
    is_current: bool = False


def table_of(listing: Listing, people) -> Table:
    """The rows with the lines without which they cannot be read, for page and files."""
    return Table(_("People"), COLUMNS, listing.rows(people), notes(listing))


def as_of(listing: Listing) -> str:
    return _("Data as of %(time)s, %(day)s") % {"time": f"{listing.now:%H:%M}", "day": f"{listing.now:%d/%m/%Y}"}


def notes(listing: Listing) -> list[str]:
    unit = listing.filters.unit
    where = _("Unit: %(unit)s") % {"unit": unit.name if unit else _("all units of your scope")}
    narrowed = narrowing(listing)
    lines = [as_of(listing), where, _("Only: %(what)s") % {"what": narrowed} if narrowed else "", ignored(listing)]
    return [line for line in lines if line]


def narrowing(listing: Listing) -> str:
    """How the list is narrowed beyond the unit; "" if it is not."""
    chosen = listing.filters
    choices = (chosen.service, chosen.group, chosen.employment, chosen.manager, chosen.account)
    parts = [str(choice.label) for choice in choices if choice]
    if chosen.text:
        parts.append(_("search for “%(text)s”") % {"text": chosen.text})
    return "; ".join(parts)


def ignored(listing: Listing) -> str:
    """What of the address was not understood; "" if all was."""
    if not listing.filters.ignored:
        return ""
    return _("These filters were not understood and are left out: %(filters)s") % {
        "filters": ", ".join(listing.filters.ignored)
    }


def count_in_words(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": grouped(count)}


def workbook_label(rows: int) -> str:
    """A download says what it is and how long."""
    return ngettext("Excel (.xlsx, %(count)s row)", "Excel (.xlsx, %(count)s rows)", rows) % {"count": grouped(rows)}


def choices(listing: Listing) -> dict[str, list[Option]]:
    chosen = listing.filters
    units = [Option(str(node.pk), node.indented, node is chosen.unit) for node in listing.tree.open_units()]
    return {
        "unit_options": [Option("", _("All units of the scope"), chosen.unit is None), *units],
        "group_options": _options(_("All position groups"), PositionGroup, chosen.group),
        "employment_options": _options(_("All employment types"), EmploymentType, chosen.employment),
        "manager_options": _options(_("Managers and others"), Manager, chosen.manager),
        "service_options": _options(_("In service or beginning"), Service, chosen.service),
        "account_options": _options(_("All account states"), AccountState, chosen.account),
    }


def _options(all_label: str, kind, chosen) -> list[Option]:
    return [
        Option("", all_label, chosen is None),
        *(Option(choice.value, str(choice.label), choice is chosen) for choice in kind),
    ]


def page_of(listing: Listing, number: str | None) -> Page:
    page = Paginator(listing.keys, ROWS_A_PAGE).get_page(number)
    page.object_list = listing.with_keys(list(page.object_list))
    return page


def page_links(listing: Listing, page: Page) -> dict:
    """The numbers around the present page; every address keeps the filters."""
    links = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if isinstance(number, int):
            links.append(PageLink(str(number), _address(listing, number), number == page.number))
        else:
            links.append(PageLink(str(number)))
    return {
        "page_links": links,
        "next_address": _address(listing, page.number + 1) if page.has_next() else "",
        "previous_address": _address(listing, page.number - 1) if page.has_previous() else "",
    }


def _address(listing: Listing, number: int) -> str:
    kept = listing.filters.address()
    return f"{kept}&trang={number}" if kept else f"trang={number}"
