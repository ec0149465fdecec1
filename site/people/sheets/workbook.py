"""Opening a file of any of the kinds HR offices send; its kind is read from its content, never from its name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from people.sheets import text_file, zip_guard
from people.sheets.limits import MAX_BYTES
from people.sheets.refusal import FileRefused

XLSX, XLS, ODS, CSV = "xlsx", "xls", "ods", "csv"
_ZIP_MARK, _OLE_MARK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML_MARKS = (b"<html", b"<!doctype html", b"<table", b"<?xml")

Merge = tuple[tuple[int, int], tuple[int, int]]  # (row, column) of two corners, from 0, both inside


class Sheet:
    """One visible sheet, read when it is first asked for.

    `unreadable` gives, by (row, column) from 0, the cells whose value cannot be known: "" for a formula whose
    result the file does not store, or the error Excel shows there (“#N/A”).
    """

    def __init__(self, name: str, index: int, load: Callable[[], "Loaded"], unreadable: dict | None = None):
        self.name, self.index, self.unreadable = name, index, unreadable or {}
        self._load = load

    @cached_property
    def _loaded(self) -> "Loaded":
        return self._load()

    def rows(self) -> Iterator[list]:
        """Every row from the first on, each as a list of cells from column A on: text, numbers, dates or ""."""
        return self._loaded.rows()

    @property
    def merged(self) -> list[Merge]:
        return self._loaded.merged


@dataclass(frozen=True)
class Loaded:
    rows: Callable[[], Iterator[list]]
    merged: list[Merge]


def open_file(content: bytes) -> tuple[str, list[Sheet]]:
    """(kind, visible sheets). Raises FileRefused with what is wrong with the file and what to do."""
    if not content:
        raise FileRefused("file_empty")
    if len(content) > MAX_BYTES:
        raise FileRefused("file_too_large", size=len(content) // 1024**2 + 1, limit=MAX_BYTES // 1024**2)
    if content.startswith(_ZIP_MARK):
        archive = zip_guard.inspect(content)
        kind = XLSX if archive.sheet_files else ODS
        return kind, _sheets(content, archive)
    if content.startswith(_OLE_MARK):
        return XLS, _sheets(content, zip_guard.Archive())
    if content.lstrip()[:200].lower().startswith(_HTML_MARKS):
        raise FileRefused("file_is_html")
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")):
        raise FileRefused("file_kind")
    found = text_file.rows(text_file.decode(content))
    return CSV, [Sheet("CSV", 0, lambda: Loaded(lambda: iter(found), []))]


def _sheets(content: bytes, archive: zip_guard.Archive) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
    except PasswordError as fault:
        raise FileRefused("file_encrypted") from fault
    except (CalamineError, OSError, ValueError) as fault:
        raise FileRefused(_why_unopened(content)) from fault
    sheets = []
    for index, facts in enumerate(book.sheets_metadata):
        if facts.typ == SheetTypeEnum.WorkSheet and facts.visible == SheetVisibleEnum.Visible:
            sheets.append(_sheet(book, index, facts.name, archive))
    if not sheets:
        raise FileRefused("no_sheet")
    return sheets


def _why_unopened(content: bytes) -> str:
    """An .xlsx with a password is an OLE file with a stream of this name (in UTF-16)."""
    return "file_encrypted" if "EncryptedPackage".encode("utf-16-le") in content else "file_damaged"


def _sheet(book: CalamineWorkbook, index: int, name: str, archive: zip_guard.Archive) -> Sheet:
    file = archive.sheet_files[index] if index < len(archive.sheet_files) else ""
    unreadable = {_place(where): shown for where, shown in archive.unreadable.get(file, {}).items()}

    def load() -> Loaded:
        try:
            sheet = book.get_sheet_by_index(index)
        except (CalamineError, OSError, ValueError) as fault:
            raise FileRefused("file_damaged") from fault
        return Loaded(lambda: _rows(sheet), list(sheet.merged_cell_ranges or []))

    return Sheet(name, index, load, unreadable)


def _rows(sheet) -> Iterator[list]:
    """The reader leaves out empty columns at the left, never empty rows above."""
    if sheet.start is None:
        return
    margin = [""] * sheet.start[1]
    for cells in sheet.iter_rows():
        yield margin + cells


def _place(where: str) -> tuple[int, int]:
    letters = where.rstrip("0123456789")
    return int(where[len(letters) :]) - 1, zip_guard.column_number(letters) - 1
