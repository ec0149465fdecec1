"""Refused publications become messages, old versions of people who withdrew stay closed, story pages are kept."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Revision

from media.domain import kept_pages, reads
from media.domain.consent import withdrawn_people_in
from media.domain.publishing import PublicationRefused
from media.models import StoryPage

STORIES = "/guong-dien-hinh/"
_OLD_VERSIONS = {
    "revisions_view",
    "revisions_revert",
    "revisions_compare",
    "revisions_unschedule",
}


class KeptPagesMiddleware:
    """Answers for readers without a session from the kept page, and counts reads, of people only.

    Stands before everything that would only find out that the reader is nobody in particular.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(STORIES) or request.method != "GET":
            return self.get_response(request)
        may_keep = _is_nobody(request)
        now = kept_pages.stamp() if may_keep else 0
        page = kept_pages.find(_where(request), now) if may_keep else None
        if page is None:
            response = self.get_response(request)
            if may_keep:
                _keep(request, response, now)
            story_id = getattr(response, "story_read", None)
        else:
            response, story_id = HttpResponse(page.content, headers=dict(page.headers)), page.story_id
        if story_id and reads.is_a_reader(request.META.get("HTTP_USER_AGENT", "")):
            reads.note(story_id)
        return response


def _is_nobody(request) -> bool:
    cookies = request.COOKIES
    return (
        not request.META.get("QUERY_STRING")
        and settings.SESSION_COOKIE_NAME not in cookies
        and settings.LANGUAGE_COOKIE_NAME not in cookies
        and "messages" not in cookies
        and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    )


def _where(request) -> str:
    return f"{request.scheme}://{request.get_host()}{quote(request.path_info)}"


def _keep(request, response, now: int) -> None:
    """Only a whole, compressed page of a story that sets no cookie."""
    story_id = getattr(response, "story_read", None)
    if story_id and response.status_code == 200 and response.get("Content-Encoding") == "gzip" and not response.cookies:
        kept_pages.keep(
            _where(request), now, kept_pages.KeptPage(response.content, tuple(response.headers.items()), story_id)
        )


class RefusalMiddleware:
    """Turns PublicationRefused, raised by any view of the admin, into a message on the story's edit page.

    Wagtail runs approvals and bulk actions in a transaction: nothing is half-done then.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Old versions that show somebody who withdrew are closed to editors as well."""
        match = request.resolver_match
        if match is None or "wagtailadmin_pages" not in match.namespaces or match.url_name not in _OLD_VERSIONS:
            return None
        wanted = [kwargs.get(name) for name in ("revision_id", "revision_id_a", "revision_id_b")]
        numbers = [int(one) for one in wanted if one and str(one).isdecimal()]
        for revision in Revision.page_revisions.filter(pk__in=numbers):
            story = revision.as_object() if revision.content_type.model_class() is StoryPage else None
            if story is not None and withdrawn_people_in(story):
                messages.error(
                    request, _("This version shows somebody who withdrew their consent. It is closed, to editors too.")
                )
                return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[story.pk]))
        return None

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
