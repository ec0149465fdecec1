"""On every road through the admin: a rule that refuses becomes a message, not an error page."""

from django.db.models import ProtectedError
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from media.domain.publishing import PublicationRefused

MOST_NAMES = 5


class RefusalMiddleware:
    """Turns PublicationRefused and ProtectedError, raised by any admin view, into a message and a redirect.

    Wagtail runs workflow approvals, bulk actions and deletions in a transaction: nothing is half-done then.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not request.path_info.startswith(reverse("wagtailadmin_home")):
            return None
        if isinstance(exception, PublicationRefused):
            messages.error(request, exception.message)
            return _go(request, _edit_address(exception.story))
        if isinstance(exception, ProtectedError):
            messages.error(request, _protection_message(exception))
            return _go(request, request.headers.get("referer") or reverse("wagtailadmin_home"))
        return None


def _go(request, address: str):
    """Wagtail's workflow dialogs are answered with JSON and follow its `redirect`."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        return JsonResponse({"step": "success", "redirect": address})
    return HttpResponseRedirect(address)


def _edit_address(story) -> str:
    if story.pk is None:
        return reverse("wagtailadmin_home")
    return reverse("wagtailadmin_pages:edit", args=[story.pk])


def _protection_message(exception: ProtectedError) -> str:
    dependants = sorted({f"{thing._meta.verbose_name} “{thing}”" for thing in exception.protected_objects})
    shown = "; ".join(dependants[:MOST_NAMES])
    if len(dependants) > MOST_NAMES:
        shown += " …"
    return _("This cannot be deleted, because it is still needed by: %(dependants)s.") % {"dependants": shown}
