"""One paper in four formats. Each writer puts it into a file open for writing, row by row as the rows come."""

from collections.abc import Callable
from typing import BinaryIO

from django.utils import translation

from reports.documents.kinds import FileFormat
from reports.documents.paper import Paper
from shared.tables import to_csv

from .pdf_file import write_pdf
from .xlsx_file import write_xlsx

__all__ = ["write"]


def _write_csv(paper: Paper, file: BinaryIO, folder: str | None) -> None:
    for piece in to_csv(paper.table):
        file.write(piece)


def _write_docx(paper: Paper, file: BinaryIO, folder: str | None) -> None:
    """Loaded when the first Word document is asked for: most processes never make one."""
    from .docx_file import write_docx

    write_docx(paper, file, folder)


_WRITERS: dict[FileFormat, Callable[[Paper, BinaryIO, str | None], None]] = {
    FileFormat.PDF: write_pdf,
    FileFormat.DOCX: _write_docx,
    FileFormat.XLSX: write_xlsx,
    FileFormat.CSV: _write_csv,
}


def write(paper: Paper, file_format: FileFormat, file: BinaryIO, folder: str | None = None) -> None:
    """Writes the whole paper, in Vietnamese whatever the language of the request; work in hand is kept in `folder`."""
    with translation.override("vi"):
        _WRITERS[FileFormat(file_format)](paper, file, folder)
