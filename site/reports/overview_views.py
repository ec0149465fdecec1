"""The overview and the table by unit as files; and the figures of courses one's unit has a share in."""

from django.http import HttpResponse
from django.shortcuts import render

from reports import page
from reports.choices import choices
from reports.overview import Overview
from reports.shared_courses import SharedCourses, shared_courses_for
from reports.views import for_report_readers, log_export, show_aggregates
from shared.tables import csv_file, to_csv, to_xlsx, xlsx_file


@for_report_readers
def overview(request):
    """Question cards, the units worst first, the months, and kinds of people; every number opens its people."""
    found = Overview(request.user, request.GET)
    context = {"desk": found, "filters": found.filters, "nav_section": "reports"}
    if found.tree.roots:
        context |= (
            page.overview_words(found)
            | choices(found)
            | page.overview_sections(found, show_all="tat_ca" in request.GET)
        )
    context["shared_courses"] = shared_courses_for(request.user).exists()
    return render(request, "reports/overview.html", context)


@for_report_readers
def units_xlsx(request):
    """The table by unit with all its lines, as the overview shows it under the same filters."""
    found = Overview(request.user, request.GET)
    log_export(request.user, found, "xlsx", "unit_figures")
    return _file(found, to_xlsx(found.compared_table()), xlsx_file.MEDIA_TYPE, "xlsx")


@for_report_readers
def units_csv(request):
    """The same for other programs."""
    found = Overview(request.user, request.GET)
    log_export(request.user, found, "csv", "unit_figures")
    return _file(found, b"".join(to_csv(found.compared_table())), csv_file.MEDIA_TYPE, "csv")


@for_report_readers
def shared_courses(request):
    """A course's completion in other units, for a unit that shares its care: figures alone."""
    return show_aggregates(request, SharedCourses(request.user, request.GET), is_shared=True)


def _file(found: Overview, content: bytes, media_type: str, extension: str) -> HttpResponse:
    name = f"theo-don-vi-{found.day:%Y-%m-%d}.{extension}"
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
