"""Files of one's own: asked for, being made, ready, removed. Everything works without JavaScript."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.documents.asking import read_question
from reports.documents.kinds import FileFormat, ReportKind
from reports.enums import ExportState, ExportWhat
from reports.exports import keeping, ordering
from reports.exports.ordering import AT_ONCE
from reports.exports.sources import MEDIA_TYPE_OF
from reports.guards import for_readers
from reports.models import Export
from shared.errors import DomainError
from shared.tables import grouped

FILES_A_PAGE = 30
LIST_FORMATS = (FileFormat.XLSX, FileFormat.CSV)
_LIST_FILTERS = ("don_vi", "rieng", "khoa_hoc", "ngay", "trang_thai", "dien", "nhom", "q")


@for_readers
@require_safe
def exports(request):
    """One's files, the newest first."""
    page = Paginator(keeping.exports_for(request.user), FILES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/exports/list.html", {"exports": page, **_frame()})


@for_readers
@require_http_methods(["GET", "HEAD", "POST"])
def order(request):
    """Says what a file would hold; when the form is sent, has it made. A GET changes nothing."""
    sent = request.POST if request.method == "POST" else request.GET
    what, parameters, file_format = _wish(request.user, sent)
    if request.method != "POST":
        fields = {"cai": what.value, "dang": file_format, **parameters}
        return render(request, "reports/exports/order.html", {"fields": fields, "at_once": AT_ONCE, **_frame()})
    try:
        export = ordering.order(request.user, what, parameters, file_format)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("reports:exports")
    return redirect("reports:export", export.pk)


@for_readers
@require_safe
def export(request, pk: int):
    """How far a file is, or what it is and for how long."""
    found = get_object_or_404(keeping.exports_for(request.user), pk=pk)
    context = {"export": found, "words": _words(found), "may_download": keeping.can_download(request.user, found)}
    return render(request, "reports/exports/export.html", {**context, **_frame()})


@for_readers
@require_safe
def progress(request, pk: int):
    """For the page's script: how far the file is."""
    found = get_object_or_404(keeping.exports_for(request.user), pk=pk)
    answer = {"is_done": not found.is_open, "staged": found.done, "total": found.total, "text": _words(found)}
    return JsonResponse(answer)


@for_readers
@require_POST
def download(request, pk: int):
    """By POST: every download stands in the log."""
    found = get_object_or_404(keeping.exports_for(request.user), pk=pk)
    try:
        file = keeping.download(found, actor=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("reports:export", pk)
    kind = MEDIA_TYPE_OF[found.file_format]
    return FileResponse(file, as_attachment=True, filename=found.file_name, content_type=kind)


@for_readers
@require_POST
def remove(request, pk: int):
    keeping.give_up(get_object_or_404(keeping.exports_for(request.user), pk=pk), actor=request.user)
    messages.success(request, _("The file has been removed."))
    return redirect("reports:exports")


def _wish(viewer, sent) -> tuple[ExportWhat, dict, str]:
    """What is asked for, checked as the pages check it. Raises Http404 for what is not there."""
    what, file_format = sent.get("cai", ""), sent.get("dang", "")
    if what == ExportWhat.LIST and file_format in LIST_FORMATS:
        return ExportWhat.LIST, {name: sent[name] for name in _LIST_FILTERS if sent.get(name)}, file_format
    if what == ExportWhat.REPORT and file_format in FileFormat.values and sent.get("report") in ReportKind.values:
        question = read_question(viewer, sent["report"], sent)
        if question.unit is None:
            raise Http404
        return ExportWhat.REPORT, {"report": question.kind.value, **question.parts()}, file_format
    raise Http404


def _words(found: Export) -> str:
    if found.state == ExportState.WAITING:
        return _("Waiting for its turn")
    if found.state == ExportState.MAKING:
        text = ngettext("%(done)s of %(total)s row", "%(done)s of %(total)s rows", found.total)
        return text % {"done": grouped(found.done), "total": grouped(found.total)}
    return str(found.get_state_display())


def _frame() -> dict:
    return {"nav_section": "reports", "section": "reports:exports"}
