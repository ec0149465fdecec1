"""What can be exported. A source reads the wish again each time: when asked, when made, when handed out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from django.http import Http404, QueryDict
from django.utils.http import urlencode

from people.models import Person
from people.rules import can_see_reports
from reports.desk import Desk
from reports.documents.asking import Question
from reports.documents.kinds import MEDIA_TYPES, FileFormat, is_too_long
from reports.documents.paper import TITLES, paper_of
from reports.documents.writing import write
from reports.enums import ExportWhat
from reports.models import Export
from reports.packs.asking import PackQuestion
from reports.packs.writing import count_rows, file_name, write_pack
from shared.tables import to_csv, write_xlsx
from shared.text.dates import short_date

Tick = Callable[[], None]


class OutOfScope(Exception):
    """The person who asked may not have this any more, or it does not exist any more."""


@dataclass
class Content:
    """What goes into the file: `write(file, folder, tick)` writes it, calling `tick` for every row."""

    title: str
    file_name: str
    total: int
    units: list[int]
    write: Callable[[BinaryIO, str, Tick], None]


@dataclass
class Source:
    """A wish that is in the viewer's scope: whose people it is about, and, counted only then, what goes in."""

    units: list[int]
    prepare: Callable[[], Content]


def content_of(export: Export) -> Content:
    """What the export asks for, as of now. Raises OutOfScope."""
    return _read(export, export.asked_by).prepare()


def may_have(export: Export, viewer: Person) -> bool:
    """Whether all that stands in the file is in the viewer's scope today."""
    try:
        found = _read(export, viewer)
    except OutOfScope:
        return False
    return set(export.units) <= set(found.units)


def _read(export: Export, viewer: Person) -> Source:
    if not (viewer.is_active and can_see_reports(viewer)):
        raise OutOfScope
    try:
        return _SOURCES[ExportWhat(export.what)](export, viewer)
    except Http404 as problem:
        raise OutOfScope from problem


# --- reports -------------------------------------------------------------------------------------------------------


def _report(export: Export, viewer: Person) -> Source:
    asked, file_format = export.parameters, FileFormat(export.file_format)
    question = Question.of(
        viewer,
        asked["report"],
        day=date.fromisoformat(asked["ngay"]),
        unit=int(asked["don_vi"]),
        course=int(asked["khoa_hoc"]) if asked.get("khoa_hoc") else None,
    )
    if question.unit is None:
        raise OutOfScope
    units = [node.pk for node in question.unit.walk()]
    return Source(units, lambda: _report_content(question, file_format, units))


def _report_content(question: Question, file_format: FileFormat, units: list[int]) -> Content:
    paper = paper_of(question)
    if is_too_long(file_format, paper.count):
        raise OutOfScope

    def put(file: BinaryIO, folder: str, tick: Tick) -> None:
        paper.table.rows = watched(paper.table.rows, tick)
        write(paper, file_format, file, folder)

    title = f"{TITLES[question.kind].capitalize()} · {question.unit.name} · {short_date(question.day)}"
    return Content(title, f"{paper.file_name}.{file_format}", paper.count, units, put)


# --- the list of the desk -------------------------------------------------------------------------------------------


def _list(export: Export, viewer: Person) -> Source:
    desk = Desk(viewer, QueryDict(urlencode(export.parameters)))
    shown = [desk.filters.unit] if desk.filters.unit else desk.tree.roots
    units = sorted({node.pk for root in shown for node in root.walk()})
    return Source(units, lambda: _list_content(desk, FileFormat(export.file_format), units))


def _list_content(desk: Desk, file_format: FileFormat, units: list[int]) -> Content:
    def put(file: BinaryIO, folder: str, tick: Tick) -> None:
        table = desk.people_table(watched(desk.found.iterator(chunk_size=2000), tick))
        if file_format == FileFormat.XLSX:
            write_xlsx(file, table, desk.unit_table(), folder=folder)
            return
        for piece in to_csv(table):
            file.write(piece)

    place = desk.filters.unit.name if desk.filters.unit else desk.tree.roots[0].name if desk.tree.roots else ""
    name = f"hoan-thanh-khoa-hoc-{desk.now:%Y-%m-%d-%H%M}.{file_format}"
    title = f"Danh sách hoàn thành khóa học · {place} · {short_date(desk.day)}"
    return Content(title, name, desk.found_count, units, put)


# --- the evidence pack -----------------------------------------------------------------------------------------------


def _pack(export: Export, viewer: Person) -> Source:
    question = PackQuestion.of(viewer, int(export.parameters["don_vi"]), int(export.parameters["nam"]))
    units = [node.pk for node in question.unit.walk()]
    return Source(units, lambda: _pack_content(question, units))


def _pack_content(question: PackQuestion, units: list[int]) -> Content:
    def put(file: BinaryIO, folder: str, tick: Tick) -> None:
        write_pack(question, file, folder, tick)

    title = f"Hồ sơ kiểm tra · {question.unit.name} · năm {question.year}"
    return Content(title, file_name(question), count_rows(question), units, put)


def watched(rows: Iterable, tick: Tick) -> Iterator:
    for row in rows:
        tick()
        yield row


MEDIA_TYPE_OF = {**MEDIA_TYPES, "zip": "application/zip"}
_SOURCES: dict[ExportWhat, Callable[[Export, Person], Source]] = {
    ExportWhat.REPORT: _report,
    ExportWhat.LIST: _list,
    ExportWhat.PACK: _pack,
}
