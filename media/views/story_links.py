"""A personal link's page: read the story before it is public, and answer."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from media.domain import story_links
from media.domain.consent import withdrawn_people_in
from media.enums import LinkAnswer
from media.views.pages import preview_story
from shared.errors import DomainError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def story_link(request, token: str):
    link = _find(token)
    problem = ""
    if request.method == "POST":
        try:
            given = request.POST.get("answer", "")
            if given in LinkAnswer.values:
                story_links.answer(link, LinkAnswer(given), request.POST.get("comment", "")[:4000])
            return redirect("story_link", token)
        except DomainError as refusal:
            problem = refusal.message
    elif link.works:
        story_links.note_opening(link)
    draft = link.story.get_latest_revision_as_object()
    context = {
        "link": link,
        "token": token,
        "title": draft.title,
        "problem": problem,
        "comment": request.POST.get("comment", ""),
    }
    return render(request, "media/story_link.html", context, status=422 if problem else 200)


@never_cache
@require_safe
def story_link_draft(request, token: str):
    """The latest draft, until the link expires; closed once somebody in it has withdrawn their consent."""
    link = _find(token)
    draft = link.story.get_latest_revision_as_object()
    if not link.works or withdrawn_people_in(draft):
        raise Http404
    return preview_story(request, draft, _("Read with a personal link. This story is not public yet."))


def _find(token: str):
    link = story_links.find_by_token(token)
    if link is None:
        raise Http404
    return link
