"""Feeds: Atom and RSS with the full text of public stories, never their pictures."""

from django.contrib.syndication.views import Feed
from django.http import Http404
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _

from media import queries
from media.models import StoryIndexPage

STORIES_IN_FEED = 20
_NO_PICTURES = {"photograph", "gallery", "video"}


class AtomWithText(Atom1Feed):
    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["full_text"], {"type": "html"})


class RssWithText(Rss201rev2Feed):
    def rss_attributes(self):
        return super().rss_attributes() | {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["full_text"])


class StoryFeed(Feed):
    """Public stories for feed readers: whoever may not be shown today is not in it."""

    feed_type = RssWithText

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

    subtitle = description

    def items(self, index):
        return queries.stories_for(None)[:STORIES_IN_FEED]

    def item_title(self, story):
        return _("%(title)s (illustration)") % {"title": story.title} if story.is_fictional else story.title

    def item_description(self, story):
        return story.standfirst

    def item_extra_kwargs(self, story):
        blocks = [str(block.render()) for block in story.body if block.block_type not in _NO_PICTURES]
        return {"full_text": "\n".join(blocks)}

    def item_link(self, story):
        return story.full_url

    def item_author_name(self, story):
        return story.byline or None

    def item_pubdate(self, story):
        return story.first_published_at

    def item_updateddate(self, story):
        return story.last_published_at


class StoryAtomFeed(StoryFeed):
    feed_type = AtomWithText
