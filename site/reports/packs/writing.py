"""Putting a pack together: each part is written, digested and packed before the next one; the index comes last."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from reports.documents.kinds import FileFormat, ReportKind
from reports.documents.paper import paper_of
from reports.documents.writing import write
from reports.packs import columns
from reports.packs.asking import PackQuestion
from reports.packs.evidence import Evidence
from shared.tables import Column, Table, to_csv, write_xlsx
from shared.tables.columns import DEMO_MARK
from shared.text.dates import short_date
from shared.text.fold import fold

INDEX_HTML, INDEX_CSV, SUMS = "00-muc-luc.html", "00-muc-luc.csv", "SHA256SUMS.txt"
_STEP = 2000


@dataclass(frozen=True)
class Part:
    """One file of the pack, as the index tells it."""

    number: int
    name: str
    title: str
    rows: int | None
    size: int
    sha256: str


@dataclass(frozen=True)
class _List:
    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable


def file_name(question: PackQuestion) -> str:
    return f"ho-so-kiem-tra-{slugify(fold(question.unit.name))[:60]}-{question.year}.zip"


def count_rows(question: PackQuestion) -> int:
    """How many rows the lists have together; each is written twice, as XLSX and CSV."""
    return sum(2 * one.rows().count() for one in _lists(Evidence(question)))


def write_pack(question: PackQuestion, file: BinaryIO, folder: str, tick: Callable[[], None]) -> None:
    """The whole ZIP, in Vietnamese: it leaves the site."""
    with translation.override("vi"), ZipFile(file, "w", ZIP_DEFLATED) as pack:
        _Pack(question, pack, folder, tick).write()


def _lists(evidence: Evidence) -> list[_List]:
    return [
        _List("02-quy-tac-giao-hoc", _("Rules that asked the people of the unit"), columns.RULES, evidence.rules),
        _List("03-van-ban", _("Directives the learning rests on"), columns.DIRECTIVES, evidence.directives),
        _List("04-van-ban-den-don-vi", _("Directives reaching the units"), columns.HOPS, evidence.hops),
        _List("05-diem-danh-van-ban", _("Roll-call of the directives"), columns.RECEIPTS, evidence.receipts),
        _List("06-danh-sach-hoan-thanh", _("Completions of the year"), columns.COMPLETIONS, evidence.completions),
        _List("07-so-giay-xac-nhan", _("Register of certificates"), columns.CERTIFICATES, evidence.certificates),
        _List(
            "08-mien-hoan-cong-nhan",
            _("Exemptions, deferrals and equivalents, with reasons and who decided"),
            columns.EXEMPTIONS,
            evidence.exemptions,
        ),
        _List("09-trich-nhat-ky", _("Extract of the log of changes"), columns.LOG, evidence.log),
    ]


class _Pack:
    def __init__(self, question: PackQuestion, pack: ZipFile, folder: str, tick: Callable[[], None]):
        self.question, self.pack, self.folder, self.tick = question, pack, folder, tick
        self.evidence = Evidence(question)
        self.parts: list[Part] = []

    def write(self) -> None:
        self._report(ReportKind.BY_UNIT, FileFormat.PDF, "01-tong-hop-theo-don-vi.pdf")
        self._report(ReportKind.DETAILS, FileFormat.XLSX, "01-danh-sach-chi-tiet.xlsx")
        for one in _lists(self.evidence):
            self._list(one)
        for directive in self.evidence.directives():
            self._document(directive)
        self._index()

    def _report(self, kind: ReportKind, file_format: FileFormat, name: str) -> None:
        paper = paper_of(self.question.report(kind))
        paper.table.rows = self._watched(paper.table.rows)
        self._add(
            name, paper.title.capitalize(), paper.count, lambda file: write(paper, file_format, file, self.folder)
        )

    def _list(self, one: _List) -> None:
        notes = [self._of_whom(), self._as_of()]

        def table() -> Table:
            rows = one.rows().iterator(chunk_size=_STEP)
            return Table(one.title, one.columns, self._watched(rows), notes)

        def csv(file: BinaryIO) -> None:
            for piece in to_csv(table()):
                file.write(piece)

        count = one.rows().count()
        self._add(f"{one.name}.xlsx", one.title, count, lambda file: write_xlsx(file, table(), folder=self.folder))
        self._add(f"{one.name}.csv", one.title, count, csv)

    def _document(self, directive) -> None:
        """The file of a directive, where there is one."""
        if not directive.file:
            return
        safe = re.sub(r"[^0-9A-Za-z.-]+", "-", fold(directive.number).upper()).strip("-.") or str(directive.pk)

        def copied(file: BinaryIO) -> None:
            with directive.file.open("rb") as source:
                for piece in iter(lambda: source.read(1024 * 1024), b""):
                    file.write(piece)

        title = _("Document %(number)s") % {"number": directive.number}
        try:
            self._add(f"van-ban/{directive.pk}-{safe}.pdf", title, None, copied)
        except FileNotFoundError:
            self.parts.append(Part(len(self.parts) + 1, "", f"{title}: {_('its file is lost')}", None, 0, ""))

    def _add(self, name: str, title: str, rows: int | None, put: Callable[[BinaryIO], None]) -> None:
        with TemporaryFile(dir=self.folder) as file:
            put(file)
            size = file.tell()
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            with self.pack.open(name, "w", force_zip64=True) as entry:
                for piece in iter(lambda: file.read(1024 * 1024), b""):
                    entry.write(piece)
        self.parts.append(Part(len(self.parts) + 1, name, title, rows, size, digest))

    def _index(self) -> None:
        table = Table(_("Index"), columns.INDEX, self.parts, [self._of_whom(), self._as_of()])
        self.pack.writestr(INDEX_CSV, b"".join(to_csv(table)))
        self.pack.writestr(INDEX_HTML, self._page(table))
        sums = "".join(f"{part.sha256}  {part.name}\n" for part in self.parts if part.name)
        self.pack.writestr(SUMS, sums)

    def _page(self, table: Table) -> str:
        return render_to_string(
            "reports/packs/index_of_pack.html",
            {
                "unit": self.question.unit.name,
                "year": str(self.question.year),
                "as_of": self._as_of(),
                "made_for": self.question.viewer.full_name,
                "made_at": f"{timezone.localtime():%H:%M %d/%m/%Y}",
                "labels": table.labels(),
                "lines": [cells for _row, cells in table.lines()],
                "mark": DEMO_MARK if settings.DEMO_CONTENT else "",
            },
        )

    def _watched(self, rows: Iterable) -> Iterator:
        for row in rows:
            self.tick()
            yield row

    def _of_whom(self) -> str:
        words = {"unit": self.question.unit.name, "year": self.question.year}
        return _("Unit: %(unit)s, with all units below it; year %(year)s") % words

    def _as_of(self) -> str:
        return f"Số liệu đến ngày {short_date(self.question.last)}"
