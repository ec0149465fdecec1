"""The public pages, called by the pages' own `serve`."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.views import serve

from media import queries
from media.domain.consent import may_go_social
from media.models import CampaignIndexPage, CampaignPage, StoryIndexPage, StoryPage
from media.rules import can_keep_consents
from media.structured_data import structured_data
from people.models import Unit

STORIES_A_PAGE = 12


def show_story_list(request, page: StoryIndexPage):
    stories = queries.with_pictures(queries.stories_for(request.user))
    return render(
        request,
        "media/story_list.html",
        {
            "page": page,
            "stories": Paginator(stories, STORIES_A_PAGE).get_page(request.GET.get("page")),
            "nav_section": "stories",
        },
    )


def story_at(request, slug: str):
    """The short way to a story; one that was public and is no longer says that it is gone, and since when."""
    return _shown_or_gone(request, slug) or serve(request, f"guong-dien-hinh/{slug}/")


def show_story(request, story: StoryPage):
    """As Wagtail serves it: the same page by the same rule."""
    response = _shown_or_gone(request, story.slug)
    if response is None:
        raise Http404
    return response


def _shown_or_gone(request, slug: str):
    shown = queries.stories_for(request.user).filter(slug=slug).select_related("share_card", "press_kit")
    story = queries.with_pictures(shown, body=True).first()
    if story is not None:
        return _render_story(request, story)
    gone = StoryPage.objects.filter(slug=slug, first_published_at__isnull=False).first()
    return show_gone(request, gone) if gone is not None and not _is_under_embargo(gone) else None


def show_gone(request, story: StoryPage):
    """410: only that it was removed, and when; neither title nor reason."""
    removal = story.removals.first()
    context = {"removed_at": removal.removed_at if removal else None, "nav_section": "stories"}
    return render(request, "media/story_gone.html", context, status=410)


def preview_story(request, story: StoryPage, note: str = ""):
    """The draft as it is, consent or not: for the press office, and for whoever was sent a link to it."""
    request.is_preview = True
    return _render_story(request, story, draft_note=note or _("This is a draft. It is not public."))


def _render_story(request, story: StoryPage, draft_note: str = ""):
    card = getattr(story, "share_card", None) if story.pk else None
    today = timezone.localdate()
    course = _published_course(story)
    address = story.full_url or request.build_absolute_uri()
    card_address = request.build_absolute_uri(card.file.url) if card else ""
    pictures = {} if draft_note else queries.pictures_of(story)
    response = render(
        request,
        "media/story.html",
        {
            "page": story,
            "story_url": address,
            "profiles": queries.profiles_of(story, today),
            "prepared_pictures": pictures,
            "course": course,
            "notices": story.notices_to_readers.all(),
            "adoptions": queries.adoptions_of(story) if story.pk else [],
            "kit": None if draft_note else getattr(story, "press_kit", None),
            "campaigns": list(queries.campaigns_of(story, request.user)) if story.pk else [],
            "share_card_url": card_address,
            "structured_data": "" if draft_note else structured_data(story, address, card_address),
            "may_share": not draft_note and may_go_social(story, today),
            "is_draft": bool(draft_note),
            "draft_note": draft_note,
            "nav_section": "stories",
        },
    )
    if not draft_note and story.live and not can_keep_consents(request.user):
        response.story_read = story.pk
    return response


def _is_under_embargo(story: StoryPage) -> bool:
    return story.live and story.embargo_until is not None and story.embargo_until > timezone.now()


def _published_course(story: StoryPage):
    course = story.related_course
    return course if course and course.live else None


def unit_stories(request, code: str):
    """A unit's page: the stories about its people, and the examples it follows."""
    unit = get_object_or_404(Unit, code=code)
    stories = Paginator(queries.stories_from(unit, request.user), STORIES_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "media/unit_stories.html",
        {
            "unit": unit,
            "stories": stories,
            "adoptions": queries.adoptions_by(unit),
            "nav_section": "stories",
        },
    )


def show_campaign_list(request, page: CampaignIndexPage):
    campaigns = queries.campaigns_for(request.user)
    return render(
        request,
        "media/campaign_list.html",
        {"page": page, "campaigns": campaigns, "nav_section": "campaigns"},
    )


def show_campaign(request, campaign: CampaignPage):
    return render(
        request,
        "media/campaign.html",
        {
            "page": campaign,
            "stories": queries.stories_of(campaign, request.user),
            "courses": [
                place.course for place in campaign.campaign_courses.select_related("course") if place.course.live
            ],
            "nav_section": "campaigns",
        },
    )
