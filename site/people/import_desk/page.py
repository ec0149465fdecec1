"""Sentences, choices and numbers of the import pages."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from people.enums import ImportState, RowKind
from people.import_desk.findings import Reason, with_reason
from people.models import PeopleImport
from people.sheets.refusal import words_of
from people.sheets.vocabulary import LABELS
from shared.tables import grouped
from shared.text.fold import fold

ROWS_A_PAGE = 50
WARNED, LOST_ZEROS = "warned", "lost_zeros"
NO_REASON = Reason()
_SKIPPED = {
    "repeated_heading": lambda n: ngettext("{n} repeated heading", "{n} repeated headings", n),
    "numbering": lambda n: ngettext("{n} row of column numbers", "{n} rows of column numbers", n),
    "section": lambda n: ngettext("{n} section heading", "{n} section headings", n),
    "sum": lambda n: ngettext("{n} row of sums", "{n} rows of sums", n),
    "signature": lambda n: ngettext("{n} row of signatures and notes", "{n} rows of signatures and notes", n),
}


@dataclass(frozen=True)
class Filter:
    """One way to look at the rows: all, of a kind, or with warnings."""

    value: str
    label: str
    count: str
    address: str
    is_current: bool


@dataclass(frozen=True)
class PageLink:
    """A step of the page numbers; no address: a gap."""

    text: str
    address: str = ""
    is_current: bool = False


def filters(people_import: PeopleImport, chosen: str | None) -> list[Filter]:
    """`chosen` None: the rows shown are narrowed in another way."""
    counts = people_import.counts
    offered = [("", _("All rows"), counts.get("total", 0))]
    offered += [(kind.value, str(kind.label), counts.get(kind.value, 0)) for kind in RowKind]
    offered.append((WARNED, pgettext("rows of a list", "With notes"), counts.get(WARNED, 0)))
    if counts.get(LOST_ZEROS):
        offered.append((LOST_ZEROS, _("Lost zeros"), counts[LOST_ZEROS]))
    return [
        Filter(value, label, grouped(count), urlencode({"loai": value}) if value else "", value == chosen)
        for value, label, count in offered
        if count or value in ("", chosen)
    ]


def chosen_filter(sent: str | None) -> str:
    return sent if sent in (*RowKind.values, WARNED, LOST_ZEROS) else ""


def rows_of(
    people_import: PeopleImport, chosen: str, number: str | None, text: str = "", reason: Reason = NO_REASON
) -> Page:
    """A page of rows under a filter, a reason and a search; 50,000 rows are as quick as fifty (one index)."""
    rows = people_import.rows.select_related("unit", "before", "before__unit").order_by("position")
    if chosen == WARNED:
        rows = rows.filter(is_warned=True)
    elif chosen == LOST_ZEROS:
        rows = rows.filter(asks_for_zero=True)
    elif chosen:
        rows = rows.filter(kind=chosen)
    if reason.code:
        rows = with_reason(rows, people_import, reason)
    if text:
        rows = rows.filter(_found(text))
    paginator = Paginator(rows, ROWS_A_PAGE)
    if not text and not reason.code:
        paginator.count = people_import.counts.get(chosen or "total", 0)
    return paginator.get_page(number)


def _found(text: str) -> Q:
    condition = Q(search_key__contains=fold(text)) | Q(full_name__icontains=text) | Q(staff_number__iexact=text)
    return condition | Q(number=int(text)) if text.isdecimal() and len(text) < 7 else condition


def page_links(page: Page, chosen: str, text: str, reason: Reason = NO_REASON) -> dict:
    def address(number: int) -> str:
        parts = {"loai": chosen, **reason.sent, "q": text, "trang": number}
        return urlencode({name: value for name, value in parts.items() if value})

    links = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if isinstance(number, int):
            links.append(PageLink(str(number), address(number), number == page.number))
        else:
            links.append(PageLink(str(number)))
    return {
        "page_links": links,
        "previous_address": address(page.number - 1) if page.has_previous() else "",
        "next_address": address(page.number + 1) if page.has_next() else "",
    }


def summary(people_import: PeopleImport) -> str:
    """What confirming would do, in one sentence."""
    counts = people_import.counts
    parts = []
    for kind, words in (
        ("create", ngettext("create {n} account", "create {n} accounts", counts.get("create", 0))),
        ("change", ngettext("change {n} record", "change {n} records", counts.get("change", 0))),
        ("move", ngettext("move {n} person", "move {n} people", counts.get("move", 0))),
    ):
        if counts.get(kind):
            parts.append(words.format(n=grouped(counts[kind])))
    if not parts:
        return _("Nothing would be created or changed.")
    return _("Confirming would {what}.").format(what=", ".join(parts))


def left_out(people_import: PeopleImport) -> str:
    """Which rows would stay out, in one sentence; "" if all can be imported."""
    refused, doubtful = people_import.counts.get("refused", 0), people_import.counts.get("doubtful", 0)
    parts = []
    if refused:
        parts.append(ngettext("{n} row is refused", "{n} rows are refused", refused).format(n=grouped(refused)))
    if doubtful:
        words = ngettext("{n} row waits for a decision", "{n} rows wait for a decision", doubtful)
        parts.append(words.format(n=grouped(doubtful)))
    return _("{what}: these stay out.").format(what=", ".join(parts)) if parts else ""


def changes_anything(people_import: PeopleImport) -> bool:
    return any(people_import.counts.get(kind) for kind in ("create", "change", "move"))


def progress(people_import: PeopleImport) -> dict:
    """How far reading has come: for the page and for the script that keeps it up to date."""
    total, staged = people_import.rows_total, people_import.rows_staged
    if people_import.state != ImportState.STAGING:
        text = str(people_import.get_state_display())
    elif not total:
        text = _("The file is being opened and its rows are read …")
    else:
        text = _("{done} of {total} rows read and compared with the records").format(
            done=grouped(staged), total=grouped(total)
        )
    return {
        "is_done": people_import.state != ImportState.STAGING,
        "staged": staged,
        "total": total or 1,
        "text": text,
    }


def refusal(people_import: PeopleImport) -> str:
    problem = people_import.problem
    return words_of(problem["code"], problem.get("params", {})) if problem else ""


@dataclass(frozen=True)
class ShownSheet:
    """How a sheet was understood, so that a wrong guess is seen before it is confirmed."""

    name: str
    heading_row: int
    rows: str
    columns: list[tuple[str, str]]
    unused: str
    skipped: str


def sheets_of(people_import: PeopleImport) -> list[ShownSheet]:
    found = []
    for part in people_import.layout:
        skipped = [_SKIPPED[kind](n).format(n=n) for kind, n in part["skipped"].items() if kind in _SKIPPED]
        rows = ngettext("{n} row", "{n} rows", part["rows"]).format(n=grouped(part["rows"]))
        columns = [(label, str(LABELS[key])) for key, label in part["columns"].items()]
        found.append(
            ShownSheet(part["sheet"], part["heading_row"], rows, columns, ", ".join(part["unused"]), ", ".join(skipped))
        )
    return found


def repeated_headings(people_import: PeopleImport) -> str:
    """Headings that stand twice in a sheet; "" if none does. Imports of earlier versions did not note them."""
    labels = [f"“{label}”" for part in people_import.layout for label in part.get("repeated", ())]
    return ", ".join(dict.fromkeys(labels))


def undo_words(outcome: dict[str, int]) -> list[str]:
    """What undoing did or would do, a line each."""
    words = {
        "undone": lambda n: ngettext("{n} record gets its former values", "{n} records get their former values", n),
        "removed": lambda n: ngettext("{n} created account is removed", "{n} created accounts are removed", n),
        "closed": lambda n: ngettext(
            "{n} created account has been used or has records: it is closed, not removed",
            "{n} created accounts have been used or have records: they are closed, not removed",
            n,
        ),
        "undo_changed_since": lambda n: ngettext(
            "{n} row stays as it is: its record was changed since", "{n} rows stay as they are: changed since", n
        ),
        "undo_key_taken": lambda n: ngettext(
            "{n} row stays as it is: a former number or address is somebody else's now",
            "{n} rows stay as they are: a former number or address is somebody else's now",
            n,
        ),
    }
    return [words[kind](count).format(n=grouped(count)) for kind, count in outcome.items() if kind in words]
