"""The dirty workbooks: every fault stands where the key says, and importing them finds each one and nothing else."""

import csv
import json
from datetime import date, datetime
from pathlib import Path

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from bench._against_key import compare, wrong_values
from people.domain import importing
from people.domain.importing import undoing
from people.models import PeopleImport, Person
from people.province.facts import marks, sizes
from people.province.loading import load_province
from people.province.workbooks import WHOLE, _written, write_workbooks
from people.province.workbooks.faults import FAULTS
from people.province.workbooks.files import for_1258
from people.province.workbooks.layouts import LAYOUTS
from shared.text.fold import to_nfc

ENCODINGS = {layout.name: (layout.encoding, layout.separator) for layout in LAYOUTS if layout.encoding}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("province")
    write_workbooks("small", 1, folder)
    return folder


@pytest.fixture(scope="module")
def key(small):
    return json.loads((small / "key.json").read_text(encoding="utf-8"))


def cells_of(folder: Path, file: dict) -> dict[str, list[list]]:
    """The rows of each sheet."""
    path = folder / file["file"]
    if path.suffix == ".csv":
        encoding, separator = ENCODINGS[file["layout"]]
        with path.open(encoding=encoding, newline="") as source:
            return {"CSV": list(csv.reader(source, delimiter=separator))}
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def shown(value) -> str:
    if isinstance(value, date | datetime):
        return f"{value:%d/%m/%Y}"
    return str(int(value)) if isinstance(value, float) else str(value)


def test_every_fault_stands_where_the_key_says(small, key):
    contents = {file["file"]: cells_of(small, file) for file in key["files"]}
    split = {file["file"] for file in key["files"] if "split name" in file["layout"]}
    checked = 0
    for fault in key["faults"]:
        letters = fault["cell"].rstrip("0123456789")
        row = contents[fault["file"]][fault["sheet"]][fault["row"] - 1]
        if fault["column"] == "full_name" and fault["file"] in split:
            assert to_nfc(fault["wrote"]).split()[:1] == to_nfc(shown(row[ord(letters) - 65])).split()[:1]
            continue
        said = shown(row[ord(letters) - 65])
        wrote = fault["wrote"]
        if fault["file"].endswith(".csv"):  # the old code page writes tones apart
            said, wrote = to_nfc(said), to_nfc(wrote)
        assert said == wrote, fault
        checked += 1
    assert checked > 60


def test_every_kind_of_fault_and_every_layout_occurs(small, key):
    whole = {fault["code"] for fault in key["faults"] if fault["file"] == WHOLE}
    assert whole == {fault.code for fault in FAULTS}
    assert {file["layout"] for file in key["files"]} >= {layout.name for layout in LAYOUTS}


def test_the_same_seed_gives_the_same_files(small, tmp_path):
    write_workbooks("small", 1, tmp_path)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*"))
    assert made == sorted(path.relative_to(small) for path in small.rglob("*.*"))
    assert all((tmp_path / path).read_bytes() == (small / path).read_bytes() for path in made)


def test_everybody_stands_once_in_the_whole_workbook_and_once_in_an_agencys(key):
    rows = {file["file"]: file["rows"] for file in key["files"]}
    assert rows.pop(WHOLE) == sum(rows.values()) == sizes()["small"]["people"]


def test_workbooks_say_that_they_are_illustrative(small, key):
    assert key["notice"] == marks()["banner"]
    for file in key["files"]:
        if file["file"].endswith(".xlsx"):
            sheets = cells_of(small, file)
            said = {cell for rows in sheets.values() for row in rows[:8] for cell in row}
            assert marks()["banner"] in said, file


def test_the_key_can_be_opened_without_running_what_was_planted(small):
    with (small / "key.csv").open(encoding="utf-8-sig", newline="") as source:
        cells = [cell for row in csv.reader(source) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("text", ["Nguyễn Thị Ẩn", "Đặng Vũ Quỳnh Hương", "Ủy ban nhân dân phường Khe Luông", "ASCII"])
def test_the_old_code_page_holds_every_vietnamese_letter(text):
    assert to_nfc(for_1258(text).encode("cp1258").decode("cp1258")) == text


# --- What an import makes of them -------------------------------------------------------------------


def staged(content: bytes, name: str) -> PeopleImport:
    made = importing.upload(
        content, name, actor=None, unit=None, effective_on=timezone.localdate(), ask_for_sheets=False
    )
    importing.stage(made.pk)
    return PeopleImport.objects.get(pk=made.pk)


def test_an_import_finds_every_fault_and_refuses_no_clean_row(db, tmp_path):
    load_province("small", 1, with_people=False)
    files = 0
    for file, writer, planter in _written("small", 1, _folders(tmp_path)):
        found = staged((tmp_path / file).read_bytes(), file)
        assert found.rows_total == writer.rows, file
        compared = compare(found, planter.planted)
        assert not compared["examples"], (file, writer.layout.name, compared["examples"])
        if file == WHOLE:
            importing.confirm(found, actor=None)
            assert not wrong_values(planter.planted)
            importing.undo(PeopleImport.objects.get(pk=found.pk), actor=None)
            undoing.remove_put_away(found.pk)  # as the worker does afterwards
            assert not Person.objects.exists()
        files += 1
    assert files > 10


def test_an_import_among_the_same_people_changes_only_what_faults_changed(db, tmp_path):
    load_province("small", 1)
    file, _writer, planter = next(_written("small", 1, _folders(tmp_path)))
    found = staged((tmp_path / file).read_bytes(), file)
    compared = compare(found, planter.planted, on_record=True)
    assert not compared["examples"]
    spoiled = {(one.sheet, one.number) for one in planter.planted}
    changing = found.rows.exclude(kind__in=("unchanged", "refused", "doubtful")).values_list("sheet", "number")
    assert set(changing) <= spoiled


def test_the_comparison_notices_a_fault_that_was_not_reported(db, tmp_path):
    load_province("small", 1, with_people=False)
    file, _writer, planter = next(_written("small", 1, _folders(tmp_path)))
    found = staged((tmp_path / file).read_bytes(), file)
    found.rows.filter(kind="refused").update(kind="create", problems=[])
    compared = compare(found, planter.planted)
    assert compared["missed"] >= 20


def _folders(folder: Path) -> Path:
    (folder / "theo-don-vi").mkdir()
    return folder
