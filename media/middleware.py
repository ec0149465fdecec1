"""On every road through the admin: a publication refused becomes a message, never an error page."""

from django.http import HttpResponseRedirect, JsonResponse
from django.urls import reverse
from wagtail.admin import messages

from media.domain.publishing import PublicationRefused


class RefusalMiddleware:
    """Turns PublicationRefused, raised by any view of the admin, into a message on the story's edit page.

    Wagtail runs approvals and bulk actions in a transaction: nothing is half-done then.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        inside = request.path_info.startswith(reverse("wagtailadmin_home"))
        if not inside or not isinstance(exception, PublicationRefused):
            return None
        messages.error(request, exception.message)
        address = _edit_address(exception.story)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # Wagtail's workflow dialogs are answered with JSON and follow its `redirect`.
            return JsonResponse({"step": "success", "redirect": address})
        return HttpResponseRedirect(address)


def _edit_address(story) -> str:
    if story.pk is None:
        return reverse("wagtailadmin_home")
    return reverse("wagtailadmin_pages:edit", args=[story.pk])
