"""Lists of the duties desk: rows with their unit's name, page numbers, tables for page and files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from courses.assigning import queries
from courses.assigning.preview import UnitNumbers
from courses.models import ObligationReason
from people.models import Posting
from people.unit_tree import UnitTree
from shared.text.dates import short_date

ROWS_A_PAGE = 50
_CHUNK = 1000


@dataclass
class Row:
    """Somebody's posting with the unit as the desk names it, and the rules behind what is asked."""

    posting: Posting
    unit: str
    reasons: str = ""


@dataclass
class UnitRow:
    numbers: UnitNumbers
    unit: str
    sort_key: str


@dataclass(frozen=True)
class Option:
    """A choice of a select."""

    value: str
    label: str
    is_chosen: bool = False


def rows_of(postings: Iterable[Posting], tree: UnitTree) -> Iterator[Row]:
    """The postings as rows; those with an obligation with all its reasons, fetched for many at once."""
    source = iter(postings)
    while chunk := list(islice(source, _CHUNK)):
        duties = [posting.duty for posting in chunk if hasattr(posting, "duty")]
        reasons = queries.reasons_of(duties) if duties else {}
        for posting in chunk:
            found = reasons.get(getattr(posting, "duty", None), [])
            yield Row(posting, unit_name(tree, posting.unit_id), "; ".join(reason_in_words(one) for one in found))


def unit_rows(numbers: list[UnitNumbers], tree: UnitTree) -> list[UnitRow]:
    """By unit, in the order of their names."""
    rows = [UnitRow(one, unit_name(tree, one.unit_id), _sort_key(tree, one.unit_id)) for one in numbers]
    return sorted(rows, key=lambda row: row.sort_key)


def unit_name(tree: UnitTree, pk: int) -> str:
    node = tree.nodes.get(pk)
    return node.label if node else ""


def _sort_key(tree: UnitTree, pk: int) -> str:
    node = tree.nodes.get(pk)
    return node.sort_key if node else ""


def reason_in_words(reason: ObligationReason) -> str:
    """“05/CT-UBND (30/11/2026)”: what a rule rests on, and its own day."""
    rule = reason.assignment
    basis = str(rule.directive or rule.owner_unit or _("a rule"))
    return f"{basis} ({short_date(reason.due_on)})"


def page_of(found, number: str | None) -> Page:
    return Paginator(found, ROWS_A_PAGE).get_page(number)


def page_links(page: Page, sent: QueryDict) -> dict:
    """Addresses of the neighbouring pages, every one with the filters."""

    def address(number: int) -> str:
        kept = sent.copy()
        kept["trang"] = str(number)
        return kept.urlencode()

    return {
        "next_address": address(page.next_page_number()) if page.has_next() else "",
        "previous_address": address(page.previous_page_number()) if page.has_previous() else "",
    }


def as_of(now: datetime) -> str:
    return _("Data as of %(time)s, %(day)s") % {"time": f"{now:%H:%M}", "day": f"{now:%d/%m/%Y}"}
