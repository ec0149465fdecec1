"""Who comes through the doors of the duties desk, and how its files are sent."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses.rules import can_see_expired_citations
from people.domain import audit
from people.rules import can_keep_people, can_see_reports
from shared.tables import Table, to_xlsx, xlsx_file


def _guarded(view, rule, refusal):
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not rule(request.user):
            raise PermissionDenied(refusal())
        return view(request, *args, **kwargs)

    return never_cache(login_required(guarded))


def for_keepers_of_courses(view):
    """Who has to know which lessons are out of date: course authors, and whoever reads training records."""
    refusal = lambda: _("This page is for course authors and for officers who read training records.")  # noqa: E731
    return require_safe(_guarded(view, can_see_expired_citations, refusal))


def for_readers(view):
    """Who reads training records of some unit: HR officers, inspectors, heads, administrators."""
    refusal = lambda: _("This page is for HR officers, inspectors and heads of units.")  # noqa: E731
    return require_safe(_guarded(view, can_see_reports, refusal))


def for_people_with_units(view):
    """As `for_readers`, for pages on which heads and HR officers also hand something in."""
    refusal = lambda: _("This page is for HR officers, inspectors and heads of units.")  # noqa: E731
    return require_http_methods(["GET", "HEAD", "POST"])(_guarded(view, can_see_reports, refusal))


def for_keepers(view):
    """Who asks something of people: HR officers and administrators."""
    refusal = lambda: _("Courses are assigned by HR officers and administrators.")  # noqa: E731
    return require_http_methods(["GET", "HEAD", "POST"])(_guarded(view, can_keep_people, refusal))


def workbook(request, name: str, what: str, *tables: Table, about=None) -> HttpResponse:
    """An XLSX file, with an entry in the log of who took it away."""
    audit.record(request.user, f"exported.{what}", request.user, about=about, kind="xlsx")
    return HttpResponse(
        to_xlsx(*tables),
        content_type=xlsx_file.MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )
