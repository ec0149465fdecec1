"""Importing lists on the HR desk: upload, preview, confirm, undo. Each import is seen in its scope only."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people import queries, rules
from people.domain import importing
from people.domain.importing.exporting import people_table, template_table
from people.domain.importing.reporting import result_workbook
from people.enums import ImportState, RowDecision
from people.forms.importing import UploadForm
from people.import_desk import page
from people.import_desk.findings import chosen_reason, findings_of
from people.import_desk.questions import choices_of, questions_of
from people.import_desk.rows import decisions, shown_rows
from people.models import PeopleImport
from people.sheets.refusal import FileRefused
from people.unit_tree import tree_of
from people.views.guards import for_keepers
from shared.errors import DomainError
from shared.tables import csv_file, to_csv, to_xlsx, xlsx_file
from shared.text.fold import fold

_LISTED = 100


@require_safe
@for_keepers
def imports(request):
    """The imports of the viewer's units, the newest first; and the way out: the same columns as files."""
    return render(
        request,
        "people/importing/imports.html",
        {"imports": queries.imports_for(request.user)[:_LISTED], "nav_section": "reports"},
    )


@for_keepers
def new_import(request):
    """Upload: file, unit, effective date."""
    may_import_all = rules.can_administer_people(request.user)
    tree = tree_of(queries.kept_units_for(request.user), timezone.localdate())
    units = [(node.pk, node.indented) for node in tree.open_units()]
    form = UploadForm(request.POST or None, request.FILES or None, units=units, may_import_all=may_import_all)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            taken = importing.upload(
                file.read(),
                file.name,
                actor=request.user,
                unit=form.chosen_unit,
                effective_on=form.cleaned_data["effective_on"],
            )
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("people:import", taken.pk)
    context = {"form": form, "has_units": bool(units), "nav_section": "reports"}
    return render(request, "people/importing/new.html", context, status=422 if form.errors else 200)


@require_safe
@for_keepers
def one_import(request, pk: int):
    """One import as far as it has come: choice of sheets, progress, preview, outcome."""
    return _shown(request, _import_of(request, pk))


def _shown(request, found: PeopleImport, sent: QueryDict | None = None) -> HttpResponse:
    """`sent`: decisions on units that are not noted yet, with what was searched for."""
    context = {"import": found, "nav_section": "reports", "progress": page.progress(found)}
    if found.state in (ImportState.READY, ImportState.APPLIED, ImportState.UNDONE):
        context |= _preview(request, found, sent)
    elif found.state == ImportState.REFUSED:
        context["refusal"] = page.refusal(found)
    return render(request, "people/importing/import.html", context)


def _preview(request, found: PeopleImport, sent: QueryDict | None) -> dict:
    chosen = page.chosen_filter(request.GET.get("loai"))
    text = request.GET.get("q", "").strip()[:120]
    reason = chosen_reason(request.GET)
    people = page.rows_of(found, chosen, request.GET.get("trang"), text, reason)
    shown = shown_rows(found, people.object_list)
    return {
        "filters": page.filters(found, chosen if not reason.code else None),
        "findings": findings_of(found, reason),
        "questions": questions_of(found, request.user, sent),
        "chosen": chosen,
        "reason": reason,
        "text": text,
        "people": people,
        "rows": [(row, decisions(row) if row.asks else []) for row in shown],
        "summary": page.summary(found),
        "left_out": page.left_out(found),
        "changes_anything": page.changes_anything(found),
        "sheets": page.sheets_of(found),
        "repeated": page.repeated_headings(found),
        "lost_zeros": found.counts.get("lost_zeros", 0),
        "here": request.get_full_path(),
    } | page.page_links(people, chosen, text, reason)


@require_safe
@for_keepers
def import_progress(request, pk: int):
    """For the page's script: how far reading has come."""
    return JsonResponse(page.progress(_import_of(request, pk)))


@require_POST
@for_keepers
def choose_sheets(request, pk: int):
    return _do(request, pk, lambda found: importing.choose_sheets(found, request.POST.getlist("sheet")))


@require_POST
@for_keepers
def read_again(request, pk: int):
    """The preview anew; with the answer to “put the zeros back?” if that was asked."""
    answer = {"co": True, "khong": False}.get(request.POST.get("so_0", ""))
    return _do(request, pk, lambda found: importing.read_again(found, accept_lost_zeros=answer))


@require_POST
@for_keepers
def decide(request, pk: int, row_pk: int):
    """A human's word on a doubtful row: “same-17”, “new”, “skip”, or "" to take it back."""
    found = _import_of(request, pk)
    row = get_object_or_404(found.rows, pk=row_pk)
    decision, _dash, chosen = request.POST.get("answer", "").partition("-")
    chosen_pk = int(chosen) if decision == RowDecision.SAME and chosen.isdecimal() and len(chosen) < 16 else None
    try:
        importing.decide(row, decision, chosen=chosen_pk, actor=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{_back_to(request, found)}#row-{row.pk}")


@for_keepers
def choose_units(request, pk: int):
    """Which units the names mean that were not recognised: noted, and the list is read again; or searched for only."""
    found = _import_of(request, pk)
    if request.method != "POST":
        return redirect("people:import", pk)
    if "find" in request.POST:
        return _shown(request, found, request.POST)
    choices, seen = choices_of(request.POST)
    try:
        if not importing.choose_units(found, choices, seen=seen, actor=request.user):
            messages.info(request, _("Nothing was chosen, so everything stays as it was."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("people:import", pk)


@require_POST
@for_keepers
def confirm(request, pk: int):
    def act(found: PeopleImport) -> None:
        importing.confirm(found, actor=request.user)
        messages.success(request, _("The list has been imported."))

    return _do(request, pk, act)


@for_keepers
def undo(request, pk: int):
    """What undoing would do; then, by POST, undoing."""
    found = _import_of(request, pk)
    try:
        if request.method == "POST":
            outcome = importing.undo(found, actor=request.user)
            messages.success(
                request, _("The import has been undone.") + " " + "; ".join(page.undo_words(outcome)) + "."
            )
            return redirect("people:import", pk)
        outcome = importing.preview_undo(found)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("people:import", pk)
    context = {"import": found, "lines": page.undo_words(outcome), "nav_section": "reports"}
    return render(request, "people/importing/undo.html", context)


@require_POST
@for_keepers
def discard(request, pk: int):
    found = _import_of(request, pk)
    try:
        importing.discard(found, actor=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("people:import", pk)
    messages.success(request, _("The import was discarded; nothing was imported."))
    return redirect("people:imports")


@require_safe
@for_keepers
def result(request, pk: int):
    """The uploaded list with the columns “Kết quả” and “Lỗi”."""
    found = _import_of(request, pk)
    if found.state not in (ImportState.READY, ImportState.APPLIED, ImportState.UNDONE):
        raise Http404
    try:
        content = result_workbook(found)
    except FileRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("people:import", pk)
    name = slugify(fold(found.file_name.rpartition(".")[0])) or "danh-sach"
    return _workbook(content, f"ket-qua-{name}.xlsx")


@require_safe
@for_keepers
def template(request):
    """An empty list with the columns an import reads, and two illustrative rows."""
    return _workbook(to_xlsx(template_table()), "mau-danh-sach.xlsx")


@require_safe
@for_keepers
def export_xlsx(request):
    """The people of the viewer's units in the columns an import reads."""
    return _workbook(to_xlsx(people_table(queries.kept_units_for(request.user))), f"danh-sach-{_today()}.xlsx")


@require_safe
@for_keepers
def export_csv(request):
    language = translation.get_language()

    def pieces():
        with translation.override(language):
            yield from to_csv(people_table(queries.kept_units_for(request.user)))

    headers = {"Content-Disposition": f'attachment; filename="danh-sach-{_today()}.csv"'}
    return StreamingHttpResponse(pieces(), content_type=csv_file.MEDIA_TYPE, headers=headers)


def _import_of(request, pk: int) -> PeopleImport:
    return get_object_or_404(queries.imports_for(request.user), pk=pk)


def _do(request, pk: int, act):
    """Acts on an import of the viewer's and goes back to its page, with the refusal if there is one."""
    found = _import_of(request, pk)
    try:
        act(found)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("people:import", found.pk)


def _back_to(request, found: PeopleImport) -> str:
    """The page of rows the decision was made on; only addresses of this import."""
    address, sent = reverse("people:import", args=[found.pk]), request.POST.get("next", "")
    return sent if sent.startswith(f"{address}?") and "\n" not in sent and "\r" not in sent else address


def _workbook(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=xlsx_file.MEDIA_TYPE, headers=headers)


def _today() -> str:
    return f"{timezone.localdate():%Y-%m-%d}"
