"""Who comes through the press office's own doors on the editing desk."""

from functools import wraps

from django.core.exceptions import PermissionDenied

from media import rules


def for_the_press(view):
    """The press office and administrators; everybody else of the desk is refused."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not rules.can_keep_consents(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
