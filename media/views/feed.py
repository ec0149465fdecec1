from django.contrib.syndication.views import Feed
from django.http import Http404
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _

from media import queries
from media.models import StoryIndexPage

STORIES_IN_FEED = 20


class StoryFeed(Feed):
    """Public stories for feed readers: title, standfirst and address, never the pictures."""

    feed_type = Rss201rev2Feed

    def get_object(self, request):
        index = StoryIndexPage.objects.live().public().first()
        if index is None:
            raise Http404
        return index

    def title(self, index):
        return index.title

    def link(self, index):
        return index.full_url

    def description(self, index):
        return index.introduction or index.title

    def items(self, index):
        return queries.stories_for(None).defer("body")[:STORIES_IN_FEED]

    def item_title(self, story):
        return _("%(title)s (illustration)") % {"title": story.title} if story.is_fictional else story.title

    def item_description(self, story):
        return story.standfirst

    def item_link(self, story):
        return story.full_url

    def item_pubdate(self, story):
        return story.first_published_at

    def item_updateddate(self, story):
        return story.last_published_at
