"""Who comes through the doors of the papers and exports; each view scopes what it shows besides."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from people.rules import can_see_reports


def for_readers(view):
    """Signed-in people who may see reports of some unit; nobody else's browser or proxy keeps a copy."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not can_see_reports(request.user):
            raise PermissionDenied(_("Reports are for HR officers, inspectors and heads of units."))
        return view(request, *args, **kwargs)

    return never_cache(login_required(guarded))
