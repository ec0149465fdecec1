from django.contrib.auth.models import AnonymousUser
from wagtail.contrib.sitemaps import Sitemap

from courses.models import LessonPage
from courses.queries import lessons_for
from media.queries import withheld_stories


class PublicSitemap(Sitemap):
    """Pages anybody may open: no lessons of closed courses, no stories whose consent has run out."""

    def items(self):
        readable = lessons_for(AnonymousUser()).values("pk")
        closed = LessonPage.objects.exclude(pk__in=readable).values("pk")
        return super().items().exclude(pk__in=closed).exclude(pk__in=withheld_stories().values("pk"))
