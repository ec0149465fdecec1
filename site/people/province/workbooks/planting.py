"""Planting faults among the rows of one file, and writing down where each one is."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from random import Random

from people.province.workbooks.faults import FAULTS, Fault
from people.province.workbooks.rows import StaffRow


@dataclass
class Planted:
    """A fault in its place. Rows and cells are numbered as a spreadsheet shows them; `others` are the rows it
    takes part with."""

    file: str
    fault: Fault
    row: StaffRow
    sheet: str = ""
    number: int = 0
    cell: str = ""
    others: list[int] = field(default_factory=list)

    def as_dict(self) -> dict:
        cells, meant, column = self.row.cells, self.row.meant, self.fault.column
        taken_as = self.fault.taken_as(cells[column], meant.get(column, cells[column]))
        return {
            "file": self.file,
            "sheet": self.sheet,
            "row": self.number,
            "cell": self.cell,
            "column": column,
            "code": self.fault.code,
            "expected": self.fault.expected,
            "expected_on_record": self.fault.on_record or self.fault.expected,
            "staff_number": self.row.staff_number,
            "wrote": _text(cells[column]),
            "meant": _text(meant.get(column, cells[column])),
            "taken_as": None if taken_as is None else _text(taken_as),
            "others": self.others,
        }


class Planter:
    """Spoils every so many rows of a file. Only every second row can be chosen, so that the row before it, which
    a fault of two rows needs, is always a clean one."""

    def __init__(self, file: str, rows: int, wanted: Iterable[Fault], random: Random):
        self.file, self.random = file, random
        self.waiting = list(wanted)
        places = list(range(1, rows, 2))
        self.places = sorted(random.sample(places, min(len(places), len(self.waiting))))
        self.planted: list[Planted] = []

    def spoil(self, rows: Iterable[StaffRow]) -> Iterator[tuple[StaffRow, Planted | None]]:
        """The rows, some of them spoiled, each with the fault planted in it."""
        other = None
        for index, row in enumerate(rows):
            due = index % 2 and len(self.planted) < bisect_right(self.places, index)
            yield row, self._plant(row, other) if due else None
            other = row

    def _plant(self, row: StaffRow, other: StaffRow) -> Planted | None:
        for fault in self.waiting:
            if fault.spoil(row, other, self.random):
                self.waiting.remove(fault)
                self.planted.append(Planted(self.file, fault, row))
                return self.planted[-1]
        return None


def for_whole_province(rows: int) -> list[Fault]:
    """Every fault many times in a large file, once in a small one; at most every second row."""
    times = min(max(rows // 400, 1), 25)
    return (list(FAULTS) * times)[: rows // 2]


class Turns:
    """Faults for many small files: each file gets the next ones, so that all of them occur."""

    def __init__(self):
        self._next = 0

    def take(self, count: int, possible: Iterable[Fault]) -> list[Fault]:
        possible = list(possible)
        taken = [possible[(self._next + step) % len(possible)] for step in range(count)]
        self._next += count
        return taken


def _text(value) -> str:
    return f"{value:%d/%m/%Y}" if hasattr(value, "year") else str(value)
