from django.contrib.auth.models import AnonymousUser
from wagtail.contrib.sitemaps import Sitemap

from courses.models import LessonPage
from courses.queries import lessons_for


class PublicSitemap(Sitemap):
    """Pages anybody may open. Lessons of closed courses are left out here, all in one query; stories that have lost
    their consent leave themselves out (`StoryPage.get_sitemap_urls`)."""

    def items(self):
        readable = lessons_for(AnonymousUser()).values("pk")
        closed = LessonPage.objects.exclude(pk__in=readable).values("pk")
        return super().items().exclude(pk__in=closed)
