from django.urls import path

from media.views.feed import StoryFeed

urlpatterns = [
    # Wagtail's own addresses end in a slash and know no dot, so the feed stands before them.
    path("guong-dien-hinh/rss.xml", StoryFeed(), name="story_feed"),
]
