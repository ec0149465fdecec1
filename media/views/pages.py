"""The public pages, called by the pages' own `serve`."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from media import queries
from media.models import CampaignIndexPage, CampaignPage, StoryIndexPage, StoryPage

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


def show_story(request, story: StoryPage):
    """A live story whose consent has run out is not there, even before the sweep has unpublished it."""
    shown = queries.stories_for(request.user).filter(pk=story.pk).select_related("share_card")
    story = queries.with_pictures(shown, body=True).first()
    if story is None:
        raise Http404
    return _render_story(request, story)


def preview_story(request, story: StoryPage):
    """The editor's preview: the draft as it is, consent or not, seen by the press office only."""
    request.is_preview = True
    return _render_story(request, story)


def _render_story(request, story: StoryPage):
    card = getattr(story, "share_card", None) if story.pk else None
    return render(
        request,
        "media/story.html",
        {
            "page": story,
            "story_url": story.full_url or request.build_absolute_uri(),
            "profiles": queries.profiles_of(story, timezone.localdate()),
            "course": _published_course(story),
            "campaigns": list(queries.campaigns_of(story, request.user)) if story.pk else [],
            "share_card_url": request.build_absolute_uri(card.file.url) if card else "",
            "nav_section": "stories",
        },
    )


def _published_course(story: StoryPage):
    course = story.related_course
    return course if course and course.live else None


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
            "nav_section": "campaigns",
        },
    )
