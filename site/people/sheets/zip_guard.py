"""What is looked at before a workbook is opened: how large it is unpacked, and how far its cells reach.

The reader keeps the rectangle of all cells in memory, so one cell in the last corner of a sheet would cost
gigabytes; and a ZIP of a few kilobytes can unpack to as much. Both are seen here while the archive streams by.
"""

import re
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from people.sheets.limits import MAX_CELLS, MAX_COLUMNS, MAX_UNPACKED_BYTES
from people.sheets.refusal import FileRefused

_PIECE = 1 << 20
_OVERLAP = 4096  # of two pieces, so that a tag on the seam is seen whole
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*?(/?)>')
_FORMULA_ALONE = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_ERROR = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>.{0,400}?<(?:\w+:)?v>([^<]{1,20})<',
    re.DOTALL,
)
_REPEATED = re.compile(rb'number-(?:columns|rows)-repeated="([0-9]{2,9})"[^>]*office:value')
_REPEATED_ROW = re.compile(rb'number-rows-repeated="([0-9]{2,9})"[^>]*>\s*<table:table-cell[^>]*office:value')
_LARGEST_REPEAT = 1000


@dataclass
class Archive:
    """What was seen: for each sheet file of an .xlsx the cells without a usable value, by their names (“B7”).

    The text is the error the cell shows, or "" for a formula without a stored result.
    """

    unreadable: dict[str, dict[str, str]] = field(default_factory=dict)
    sheet_files: list[str] = field(default_factory=list)  # in the workbook's order


def inspect(content: bytes) -> Archive:
    """Streams through the whole archive once. Raises FileRefused for a bomb, a damaged or an endless one."""
    archive = Archive()
    try:
        with ZipFile(BytesIO(content)) as packed:
            _must_be_a_workbook(packed.namelist())
            left = MAX_UNPACKED_BYTES
            for entry in packed.infolist():
                look = _look_for(entry.filename, archive)
                left = _stream(packed, entry, left, look)
            archive.sheet_files = _sheet_files(packed)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as fault:
        raise FileRefused("file_damaged") from fault
    return archive


def _must_be_a_workbook(names: list[str]) -> None:
    """Text documents and plain archives come in ZIPs as well; of them nobody should be told that they are damaged."""
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise FileRefused("file_other_office")
    if "[Content_Types].xml" not in names and "content.xml" not in names:
        raise FileRefused("file_archive")


def _stream(packed: ZipFile, entry, left: int, look) -> int:
    """Reads one file in pieces, never trusting the size the archive claims; returns what may still come."""
    tail = b""
    with packed.open(entry) as file:
        while piece := file.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise FileRefused("file_bomb", limit=MAX_UNPACKED_BYTES // 1024**2)
            if look:
                look(tail + piece)
                tail = piece[-_OVERLAP:]
    return left


def _look_for(name: str, archive: Archive):
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        return _SheetLook(name, archive)
    return _look_at_repeats if name == "content.xml" else None


class _SheetLook:
    """Follows the farthest row and column that hold something; styled empty cells do not count."""

    def __init__(self, name: str, archive: Archive):
        self.name, self.row, self.column = name, 0, 0
        self.unreadable = archive.unreadable.setdefault(name, {})

    def __call__(self, piece: bytes) -> None:
        columns = set()
        last = b"0"
        for column, row, is_empty in _CELL.findall(piece):
            if not is_empty:
                columns.add(column)
                if len(row) > len(last) or (len(row) == len(last) and row > last):
                    last = row
        self.row = max(self.row, int(last))
        self.column = max([self.column, *map(column_number, columns)])
        if self.row * self.column > MAX_CELLS or self.column > MAX_COLUMNS:
            raise FileRefused("sheet_too_wide", sheet=self.name.rpartition("/")[2], cells=self.row * self.column)
        if b"<f" in piece or b":f" in piece:
            self.unreadable.update((where.decode(), "") for where in _FORMULA_ALONE.findall(piece))
        if b't="e"' in piece:
            self.unreadable.update((where.decode(), shown.decode()) for where, shown in _ERROR.findall(piece))


def _look_at_repeats(piece: bytes) -> None:
    """An OpenDocument sheet says “the same a million times”; with a value in it, that is no staff list."""
    for pattern in (_REPEATED, _REPEATED_ROW):
        for times in pattern.findall(piece):
            if int(times) > _LARGEST_REPEAT:
                raise FileRefused("sheet_too_wide", sheet="content.xml", cells=int(times))


def column_number(letters: bytes | str) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters if isinstance(letters, bytes) else letters.encode():
        number = number * 26 + letter - 64
    return number


_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION_ID = re.compile(rb'\br:id="([^"]+)"|\bid="(rId[^"]+)"')
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")


def _sheet_files(packed: ZipFile) -> list[str]:
    """The files of the sheets in the order of the workbook's list; empty for other kinds of archives."""
    names = set(packed.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return []
    targets = {}
    for tag in _RELATIONSHIP.findall(packed.read("xl/_rels/workbook.xml.rels")):
        relation, target = re.search(rb'\bId="([^"]+)"', tag), re.search(rb'\bTarget="([^"]+)"', tag)
        if relation and target:
            path = target[1].decode(errors="replace")
            targets[relation[1]] = path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    files = []
    for tag in _SHEET.findall(packed.read("xl/workbook.xml")):
        found = _RELATION_ID.search(tag)
        files.append(targets.get(found[1] or found[2], "") if found else "")
    return files
