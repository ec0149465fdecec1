"""The uploaded file as drafts: its sheets, how they were understood, and every person's row."""

from dataclasses import dataclass
from datetime import date

from people.domain.importing.unit_lookup import UnitLookup
from people.sheets.body import Body
from people.sheets.draft import Draft, read_draft
from people.sheets.header import Header, find_header
from people.sheets.limits import MAX_ROWS
from people.sheets.refusal import FileRefused
from people.sheets.workbook import Sheet, open_file


@dataclass
class Understood:
    """A sheet with a heading that was found."""

    sheet: Sheet
    header: Header


@dataclass
class SheetRow:
    """A draft with the sheet it comes from and the agency the sheet is about; `known`: the person it is said to be."""

    sheet: str
    draft: Draft
    context: int | None
    known: int | None = None


def sheets_with_lists(content: bytes) -> list[Understood]:
    """The visible sheets that hold a list. Raises FileRefused if there is none."""
    _kind, sheets = open_file(content)
    found, refusal = [], None
    for sheet in sheets:
        try:
            found.append(Understood(sheet, find_header(sheet)))
        except FileRefused as fault:
            refusal = fault
    if not found:
        raise refusal
    return found


def read_rows(
    understood: list[Understood], units: UnitLookup, *, today: date, accept_lost_zeros: bool
) -> tuple[list[SheetRow], list[dict]]:
    """(all rows of these sheets in order, how each sheet was understood). Raises FileRefused if nobody is in them."""
    rows: list[SheetRow] = []
    layout = []
    for part in understood:
        body = Body(part.sheet, part.header)
        context = units.context_of([*part.header.above, part.sheet.name])
        before = len(rows)
        for person in body.people(names_unit=units.names_unit):
            draft = read_draft(person, today=today, accept_lost_zeros=accept_lost_zeros)
            rows.append(SheetRow(part.sheet.name[:100], draft, context))
            if len(rows) > MAX_ROWS:
                raise FileRefused("too_many_rows", limit=MAX_ROWS)
        layout.append(_layout(part, body, len(rows) - before))
    if not rows:
        raise FileRefused("no_rows")
    return rows, layout


def _layout(part: Understood, body: Body, count: int) -> dict:
    """What the preview says about a sheet: heading row, columns by their words, what was passed over."""
    header = part.header
    return {
        "sheet": part.sheet.name[:100],
        "index": part.sheet.index,
        "heading_row": header.first + 1,
        "end_row": header.end,
        "columns": {key: header.labels.get(column, "")[:80] for column, key in header.columns.items()},
        "places": {key: column for column, key in header.columns.items()},
        "unused": [label[:80] for label in header.unused[:30]],
        "repeated": [label[:80] for label in header.repeated[:30]],
        "skipped": {kind: number for kind, number in body.skipped.items() if kind != "blank"},
        "rows": count,
    }
