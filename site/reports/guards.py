"""Who comes through the doors of the papers and exports; each view scopes what it shows besides."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from people.rules import can_see_reports
from reports.domain.kept import StillCounting

RELOAD_AFTER = 4  # seconds, while a worker counts


def while_counting(view):
    """The view, or, while a worker counts the day it is about, a page that says so and looks again by itself."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except StillCounting as waiting:
            context = {"day": waiting.day, "address": request.get_full_path(), "nav_section": "reports"}
            answer = render(request, "reports/counting.html", context, status=202)
            if request.method == "GET":
                answer["Refresh"] = str(RELOAD_AFTER)
            return answer

    return answered


def for_readers(view):
    """Signed-in people who may see reports of some unit; nobody else's browser or proxy keeps a copy."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not can_see_reports(request.user):
            raise PermissionDenied(_("Reports are for HR officers, inspectors and heads of units."))
        return view(request, *args, **kwargs)

    return never_cache(login_required(while_counting(guarded)))
