"""The pages of the papers, and the papers as files."""

from tempfile import TemporaryFile

from django.core.paginator import Page, Paginator
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.domain import audit
from people.unit_tree import UnitNode
from reports.choices import Option
from reports.documents import duties, lines
from reports.documents.asking import Question, read_question
from reports.documents.kinds import MEDIA_TYPES, MOST_ROWS, WHAT_IT_SAYS, FileFormat, ReportKind, is_too_long
from reports.documents.paper import paper_of, rows_counted
from reports.documents.writing import write
from reports.enums import ExportWhat
from reports.exports.ordering import AT_ONCE
from reports.guards import for_readers

ROWS_A_PAGE = 50


@for_readers
@require_safe
def reports(request):
    """The five reports to choose from."""
    kinds = [{"value": kind.value, "label": kind.label, "says": WHAT_IT_SAYS[kind]} for kind in ReportKind]
    return render(request, "reports/documents/index.html", {"kinds": kinds, **_frame()})


@for_readers
@require_safe
def report(request, kind: str):
    """One report on the screen as it stands on paper; of the detailed list a page of its rows."""
    question = read_question(request.user, kind, request.GET)
    page = _page(question, request.GET.get("trang"))
    paper = paper_of(question, rows=None if page is None else lines.details(question, page, page.start_index()))
    with translation.override("vi"):  # the paper is Vietnamese, the page around it speaks the reader's language
        labels = paper.table.labels()
        shown = [
            {"is_total": is_total, "cells": list(zip(texts, labels, paper.table.columns, strict=True))}
            for is_total, texts in paper.texts()
        ]
    count = page.paginator.count if page else paper.count
    return render(
        request,
        "reports/documents/report.html",
        {
            "question": question,
            "paper": paper,
            "rows": shown,
            "headings": list(zip(labels, paper.table.columns, strict=True)),
            "page": page,
            "count": count,
            "kinds": [Option(one.value, str(one.label), one == question.kind) for one in ReportKind],
            "unit_options": _unit_options(question),
            "course_options": _course_options(question),
            "formats": [_offer(one, count) for one in FileFormat],
            "most_rows": {file_format.value: most for file_format, most in MOST_ROWS.items()},
            "is_too_long": {one.value: is_too_long(one, count) for one in MOST_ROWS},
            "address": _address(question),
            **_page_links(question, page),
            **_frame(),
        },
    )


@for_readers
@require_safe
def report_file(request, kind: str, extension: str):
    """The report as a file, at once; the way to the background for a long one."""
    question = read_question(request.user, kind, request.GET)
    if extension not in FileFormat.values or question.unit is None:
        raise Http404
    file_format = FileFormat(extension)
    paper = paper_of(question)
    if is_too_long(file_format, paper.count):
        raise Http404
    if paper.count > AT_ONCE:
        asked = {"cai": ExportWhat.REPORT.value, "dang": file_format.value, "report": question.kind.value}
        return redirect(f"{reverse('reports:order')}?{urlencode(asked | question.parts())}")
    file = TemporaryFile()  # noqa: SIM115  the answer closes it
    write(paper, file_format, file)
    file.seek(0)
    record_export(question, file_format)
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"{paper.file_name}.{file_format}",
        content_type=MEDIA_TYPES[file_format],
    )


def record_export(question: Question, file_format: str) -> None:
    """One entry a file: who took which report away."""
    audit.record(
        question.viewer,
        "exported.report",
        question.viewer,
        about=None,
        report=question.kind.value,
        format=str(file_format),
        filters=question.parts(),
    )


def _page(question: Question, number: str | None) -> Page | None:
    """The page of the detailed list asked for; None for the other reports."""
    if question.kind != ReportKind.DETAILS:
        return None
    paginator = Paginator(duties.Details(question), ROWS_A_PAGE)
    paginator.count = rows_counted(question)
    return paginator.get_page(number)


def _page_links(question: Question, page: Page | None) -> dict:
    if page is None:
        return {}
    return {
        "previous_address": f"{_address(question)}&trang={page.previous_page_number()}" if page.has_previous() else "",
        "next_address": f"{_address(question)}&trang={page.next_page_number()}" if page.has_next() else "",
    }


def _address(question: Question) -> str:
    return urlencode(question.parts())


def _offer(file_format: FileFormat, count: int) -> dict:
    return {
        "value": file_format.value,
        "label": file_format.label,
        "is_too_long": is_too_long(file_format, count),
    }


def _unit_options(question: Question) -> list[Option]:
    units: list[UnitNode] = question.scope.tree.open_units()
    return [Option(str(unit.pk), unit.indented, unit is question.unit) for unit in units]


def _course_options(question: Question) -> list[Option]:
    everything = Option("", _("All courses"), question.course is None)
    chosen = question.course.pk if question.course else None
    return [everything, *(Option(str(one.pk), one.title, one.pk == chosen) for one in question.courses.values())]


def _frame() -> dict:
    return {"nav_section": "reports", "section": "reports:documents"}
