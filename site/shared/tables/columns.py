"""What a table is: columns, rows, a title and the notes that belong to the figures."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.formats import number_format

from shared.text.dates import short_date

DEMO_MARK = "Dữ liệu minh họa"  # Vietnamese in every language: a file leaves the site it was made on

Value = str | int | Decimal | date | None


@dataclass(frozen=True)
class Column:
    """One column: its heading, and how the value of a row is found.

    `value` gives text, a number, a day or None, never a formatted number: each output formats in its own way.
    A share is a Decimal between 0 and 1 in a column with `percent=True`. `width` is in characters, for XLSX.
    """

    key: str
    label: Any  # text or lazy text
    value: Callable[[Any], Value]
    align: str = "left"
    width: int = 16
    percent: bool = False

    def value_of(self, row) -> Value:
        value = self.value(row)
        if isinstance(value, datetime):
            raise TypeError(f"Column {self.key!r}: give a day in local time, not a moment.")
        if value is None or isinstance(value, int | Decimal | date):
            return value
        return str(value)

    def text_of(self, value: Value) -> str:
        """The value as people read it: 22/11/2026, 1.284, 87,5%."""
        if value is None:
            return ""
        if isinstance(value, date):
            return short_date(value)
        if self.percent:
            return f"{number_format(value * 100, decimal_pos=1)}%"
        if isinstance(value, int | Decimal):
            return grouped(value)
        return value


def grouped(number: int | Decimal) -> str:
    """The number with its thousands set apart, as figures are written: 1.284."""
    return number_format(number, force_grouping=True)


@dataclass(frozen=True)
class Cell:
    """One value in its place, for templates: `{{ cell.text }}`, with `cell.column` to say what it is."""

    column: Column
    value: Value

    @property
    def text(self) -> str:
        return self.column.text_of(self.value)


@dataclass
class Table:
    """Columns and rows under a title. `rows` may be a generator: files are written in one pass.

    `notes` are the lines without which the figures cannot be read: the time they were taken, the filters, how
    people were counted.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Any]
    notes: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[tuple[Any, list[Cell]]]:
        """Each row with its cells, for a template."""
        for row in self.rows:
            yield row, [Cell(column, column.value_of(row)) for column in self.columns]

    def labels(self) -> list[str]:
        return [str(column.label) for column in self.columns]

    def head_lines(self) -> list[str]:
        """The notes, and the mark that no file with invented people may lack."""
        mark = [DEMO_MARK] if settings.DEMO_CONTENT else []
        return [*map(str, self.notes), *mark]
