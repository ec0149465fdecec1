"""The cells of a table's row. Written here and not in a template: a page of a list has some five hundred of them."""

from html import escape

from django import template
from django.utils.safestring import SafeString

from reports.filters import State
from shared.icons import icon_svg
from shared.tables import Cell

register = template.Library()

_ICONS = {State.COMPLETED: "circle-check", State.IN_PROGRESS: "circle-dot", State.NOT_STARTED: "circle"}


@register.simple_tag
def row_cells(row, cells: list[Cell], address: str = "") -> SafeString:
    """The first cell heads the row and leads to `address`; the others bear their column's name for narrow screens."""
    first, *others = cells
    text = escape(first.text)
    heading = f'<a href="{escape(address)}">{text}</a>' if address else text
    others = "".join(_cell(row, cell) for cell in others)
    return SafeString(f'<th scope="row" class="column-{first.column.key}">{heading}</th>{others}')


def _cell(row, cell: Cell) -> str:
    column, text = cell.column, escape(cell.text)
    name = f' data-n="{escape(str(column.label))}"' if text else ""
    number = " number" if column.align == "right" else ""
    if column.key == "state":
        text = _state(row.state, text)
    elif column.key == "days_overdue" and text:
        text = f'<span class="tag tag--red">{icon_svg("circle-alert")}{text}</span>'
    return f'<td class="column-{column.key}{number}"{name}>{text}</td>'


def _state(state: State, text: str) -> str:
    blue = " tag--blue" if state == State.IN_PROGRESS else ""
    return f'<span class="tag{blue}">{icon_svg(_ICONS.get(state, "circle"))}{text}</span>'
