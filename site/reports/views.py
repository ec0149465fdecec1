"""The HR desk: who has completed what, the same as files, and one person's training record."""

from collections.abc import Iterator
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.domain import audit
from people.rules import can_see_aggregates, can_see_reports
from reports import page, wording
from reports.aggregates import Aggregates, completed_in_words, rate_in_words
from reports.choices import choices
from reports.desk import Desk
from reports.enums import ExportWhat
from reports.exports.ordering import AT_ONCE
from reports.guards import while_counting
from reports.record import training_record
from reports.urging import can_urge
from shared.tables import csv_file, to_csv, to_xlsx, xlsx_file


def for_report_readers(view):
    """Signed-in people who may see reports of some unit; nobody else's browser or proxy keeps a copy."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not can_see_reports(request.user):
            raise PermissionDenied(_("Reports are for HR officers, inspectors and heads of units."))
        return view(request, *args, **kwargs)

    return never_cache(require_safe(login_required(while_counting(guarded))))


@for_report_readers
def completions(request):
    """Figures of the units in scope, by unit, and the people behind them."""
    desk = Desk(request.user, request.GET)
    people = page.people_page(desk, request.GET)
    return render(
        request,
        "reports/completions.html",
        {"desk": desk, "filters": desk.filters, "nav_section": "reports", "may_urge": can_urge(request.user)}
        | page.words(desk)
        | choices(desk)
        | page.unit_section(desk, show_all="tat_ca" in request.GET)
        | page.people_section(desk, people),
    )


@for_report_readers
def export_xlsx(request):
    """The list with all its pages, and the table by unit, as the screen shows them under the same filters."""
    desk = Desk(request.user, request.GET)
    if desk.found_count > AT_ONCE:
        return _to_the_background(desk, "xlsx")
    log_export(request.user, desk, "xlsx")
    content = to_xlsx(desk.people_table(desk.found.iterator(chunk_size=2000)), desk.unit_table())
    return HttpResponse(
        content, content_type=xlsx_file.MEDIA_TYPE, headers={"Content-Disposition": _attachment(desk, "xlsx")}
    )


@for_report_readers
def export_csv(request):
    """The list with all its pages for other programs."""
    desk = Desk(request.user, request.GET)
    if desk.found_count > AT_ONCE:
        return _to_the_background(desk, "csv")
    log_export(request.user, desk, "csv")
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
    audit.record_view(request.user, record.person, "training_record")
    return render(
        request,
        "reports/person.html",
        {"record": record, "as_of": wording.as_of(record.now), "nav_section": "reports"},
    )


def for_observers(view):
    """Signed-in people who see figures of some unit without anybody's name."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not can_see_aggregates(request.user):
            raise PermissionDenied(_("These figures are for observers."))
        return view(request, *args, **kwargs)

    return never_cache(require_safe(login_required(while_counting(guarded))))


@for_observers
def aggregates(request):
    """A course's completion by unit, in which no few people can be recognised."""
    return show_aggregates(request, Aggregates(request.user, request.GET))


def show_aggregates(request, found, **more):
    """The page of figures without names; `found` is an `Aggregates` or something that answers like one."""
    context = {"aggregates": found, "nav_section": "reports"} | more
    if found.course and found.figures.total:
        total = found.figures.total
        context |= {
            "table": found.table(),
            "total": total,
            "total_completed": completed_in_words(total),
            "total_rate": rate_in_words(total),
        }
    return render(request, "reports/aggregates.html", context)


@for_observers
def aggregates_xlsx(request):
    """The same table as a file."""
    found = Aggregates(request.user, request.GET)
    if not (found.course and found.figures.total):
        raise Http404
    name = f"tong-hop-{found.now:%Y-%m-%d-%H%M}.xlsx"
    return HttpResponse(
        to_xlsx(found.table()),
        content_type=xlsx_file.MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def log_export(viewer, desk: Desk, kind: str, what: str = "completions") -> None:
    """One entry a file: who took which list away. What was searched for may be a name and stays out."""
    audit.record(
        viewer,
        f"exported.{what}",
        viewer,
        about=None,
        kind=kind,
        filters=desk.filters.parts(text=""),
        searched=bool(desk.filters.text),
    )


def _to_the_background(desk: Desk, kind: str):
    """Long lists are made by a worker (`reports.exports`)."""
    asked = {"cai": ExportWhat.LIST.value, "dang": kind} | desk.filters.parts()
    return redirect(f"{reverse('reports:order')}?{urlencode(asked)}")


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
