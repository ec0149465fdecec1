"""The HR desk: who has completed what, the same as files, and one person's training record."""

from collections.abc import Iterator
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.rules import can_see_reports
from reports import page, wording
from reports.desk import Desk
from reports.record import training_record
from shared.tables import csv_file, to_csv, to_xlsx, xlsx_file


def for_report_readers(view):
    """Signed-in people who may see reports of some unit; nobody else's browser or proxy keeps a copy."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not can_see_reports(request.user):
            raise PermissionDenied(_("Reports are for HR officers, inspectors and heads of units."))
        return view(request, *args, **kwargs)

    return never_cache(require_safe(login_required(guarded)))


@for_report_readers
def completions(request):
    """Figures of the units in scope, by unit, and the people behind them."""
    desk = Desk(request.user, request.GET)
    people = page.people_page(desk, request.GET.get("trang"))
    return render(
        request,
        "reports/completions.html",
        {"desk": desk, "filters": desk.filters, "nav_section": "reports"}
        | page.words(desk)
        | page.choices(desk)
        | page.unit_section(desk, show_all="tat_ca" in request.GET)
        | page.people_section(desk, people),
    )


@for_report_readers
def export_xlsx(request):
    """The list with all its pages, and the table by unit, as the screen shows them under the same filters."""
    desk = Desk(request.user, request.GET)
    content = to_xlsx(desk.people_table(desk.found.iterator(chunk_size=2000)), desk.unit_table())
    return HttpResponse(
        content, content_type=xlsx_file.MEDIA_TYPE, headers={"Content-Disposition": _attachment(desk, "xlsx")}
    )


@for_report_readers
def export_csv(request):
    """The list with all its pages for other programs."""
    desk = Desk(request.user, request.GET)
    pieces = to_csv(desk.people_table(desk.found.iterator(chunk_size=2000)))
    return StreamingHttpResponse(
        _in_language(translation.get_language(), pieces),
        content_type=csv_file.MEDIA_TYPE,
        headers={"Content-Disposition": _attachment(desk, "csv")},
    )


@for_report_readers
def person(request, pk: int):
    """A person's training record; not found for people posted outside the viewer's units."""
    record = training_record(request.user, pk, timezone.localtime())
    if record is None:
        raise Http404
    return render(
        request,
        "reports/person.html",
        {"record": record, "as_of": wording.as_of(record.now), "nav_section": "reports"},
    )


def _attachment(desk: Desk, extension: str) -> str:
    return f'attachment; filename="hoan-thanh-khoa-hoc-{desk.now:%Y-%m-%d-%H%M}.{extension}"'


def _in_language(language: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, each made in the reader's language: streaming begins when the middleware has ended."""
    while True:
        with translation.override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece
