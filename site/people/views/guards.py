"""Who comes through the doors of the HR desk for people. Each door also scopes what it shows by `queries`."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people import rules


def _guarded(view, rule, refusal):
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not rule(request.user):
            raise PermissionDenied(refusal())
        return view(request, *args, **kwargs)

    return never_cache(login_required(guarded))


def for_readers(view):
    """Reading staff records: HR officers, administrators, inspectors. No browser or proxy keeps a copy."""
    return require_safe(
        _guarded(
            view,
            rules.can_see_people,
            lambda: _("Staff records are for HR officers, inspectors and administrators."),
        )
    )


def for_keepers(view):
    """Keeping staff records: HR officers and administrators."""
    return require_http_methods(["GET", "HEAD", "POST"])(
        _guarded(view, rules.can_keep_people, lambda: _("Staff records are kept by HR officers and administrators."))
    )
