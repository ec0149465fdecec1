"""The province's staff lists as HR offices send them: one of the whole province, one of each agency, faults planted.

Every fault stands in key.json and key.csv: file, sheet, row, cell, what is wrong, and what an import must make of
it. The files follow from size and seed alone.
"""

import csv
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

from people.province.facts import marks, sizes
from people.province.workbooks.faults import FAULTS
from people.province.workbooks.files import TextFile, XlsxFile
from people.province.workbooks.layouts import LAYOUTS, WHOLE_PROVINCE, Layout
from people.province.workbooks.lists import ListWriter
from people.province.workbooks.planting import Planted, Planter, Turns, for_whole_province
from people.province.workbooks.rows import StaffRow, staff_rows
from shared.text.fold import fold

WHOLE = "toan-tinh.xlsx"
_BY_AGENCY = "theo-don-vi"
# What a text file in the old Vietnamese code page cannot hold, or not so that it would be a fault.
_NOT_IN_1258 = {"name_decomposed", "name_zero_width", "name_old_font"}
_ACROSS_SHEETS = ("sections", "merged", "sheets")  # here the row before may stand in another office's part


def write_workbooks(size: str, seed: int, folder: Path) -> dict:
    """Writes all files below `folder` (made if absent) and returns how many files, rows and faults they are."""
    (folder / _BY_AGENCY).mkdir(parents=True, exist_ok=True)
    files, planted = [], []
    for file, writer, planter in _written(size, seed, folder):
        files.append({"file": file, "layout": writer.layout.name, "agency": writer.agency, "rows": writer.rows})
        planted += planter.planted
    _write_key(folder, size, seed, files, planted)
    return {"files": len(files), "rows": sum(file["rows"] for file in files), "faults": len(planted)}


def write_whole(size: str, seed: int, path: Path, most: int | None = None) -> tuple[ListWriter, Planter]:
    """Writes the one workbook of everybody, or of the first `most`; the planter knows its faults."""
    people = min(sizes()[size]["people"], most or sizes()[size]["people"])
    planter = Planter(path.name, people, for_whole_province(people), Random(f"whole {size} {seed}"))  # noqa: S311
    writer = ListWriter(WHOLE_PROVINCE, "Ủy ban nhân dân tỉnh")
    book = XlsxFile(path, streaming=True)
    writer.write(book, planter.spoil(islice(staff_rows(size, seed), people)))
    book.close()
    return writer, planter


def _written(size: str, seed: int, folder: Path) -> Iterator[tuple[str, ListWriter, Planter]]:
    yield WHOLE, *write_whole(size, seed, folder / WHOLE)
    turns = Turns()
    for number, (agency, rows) in enumerate(_by_agency(size, seed)):
        layout = LAYOUTS[number % len(LAYOUTS)]
        yield _write_agency(folder, agency, rows, layout, turns, seed)


def _by_agency(size: str, seed: int) -> Iterator[tuple[str, list[StaffRow]]]:
    """The rows of each agency. Its schools and hospitals come later in the plan, so all rows are sorted once."""
    order: dict[str, list[StaffRow]] = {}
    for row in staff_rows(size, seed):
        order.setdefault(row.agency.code, []).append(row)
    while order:
        rows = order.pop(next(iter(order)))
        yield rows[0].agency.name, rows


def _write_agency(folder: Path, agency: str, rows: list[StaffRow], layout: Layout, turns: Turns, seed: int):
    name = f"{_BY_AGENCY}/{fold(agency).replace(' ', '-')}.{'csv' if layout.encoding else 'xlsx'}"
    wanted = turns.take(min(max(len(rows) // 20, 2), len(rows) // 2), _possible(layout))
    planter = Planter(name, len(rows), wanted, Random(f"{name} {seed}"))  # noqa: S311
    writer = ListWriter(layout, agency)
    path = folder / name
    file = TextFile(path, layout.encoding, layout.separator) if layout.encoding else XlsxFile(path)
    writer.write(file, planter.spoil(rows))
    file.close()
    return name, writer, planter


def _possible(layout: Layout):
    for fault in FAULTS:
        if layout.encoding == "cp1258" and fault.code in _NOT_IN_1258:
            continue
        if fault.pair and layout.places in _ACROSS_SHEETS:
            continue
        if layout.places == "office" and fault.code.startswith("unit_") and fault.expected != "refused":
            continue  # the column names offices there, not agencies
        if layout.can_hold(fault.column):
            yield fault


def _write_key(folder: Path, size: str, seed: int, files: list[dict], planted: list[Planted]) -> None:
    faults = [one.as_dict() for one in planted]
    key = {"notice": marks()["banner"], "size": size, "seed": seed, "files": files, "faults": faults}
    text = json.dumps(key, ensure_ascii=False, indent=1)
    (folder / "key.json").write_text(text + "\n", encoding="utf-8")
    with (folder / "key.csv").open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.DictWriter(target, list(faults[0]) if faults else ["file"])
        writer.writeheader()
        for fault in faults:
            texts = {name: _as_text(value) for name, value in fault.items() if isinstance(value, str)}
            writer.writerow(fault | texts | {"others": " ".join(map(str, fault["others"]))})


def _as_text(text: str) -> str:
    """The key is opened in Excel too: what was planted must not run there."""
    return f"'{text}" if text[:1] in tuple("=+-@") and text else text
