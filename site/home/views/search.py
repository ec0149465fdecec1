"""Search over courses, lessons, stories and pages; each viewer finds only what that viewer may open."""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.models import CoursePage
from courses.queries import lessons_for
from home.models import StandardPage
from media.queries import stories_for
from shared.text.fold import fold

LONGEST_QUERY = 200
MOST_PER_GROUP = 20


@dataclass
class Group:
    title: str
    pages: list


@require_safe
def search(request):
    typed = request.GET.get("q", "")[:LONGEST_QUERY]
    groups = _find(request.user, typed) if fold(typed) else []
    return render(
        request,
        "home/search.html",
        {"typed": typed, "groups": groups, "count": sum(len(group.pages) for group in groups)},
    )


def _find(viewer, typed: str) -> list[Group]:
    sources = (
        (_("Courses"), CoursePage.objects.live().public()),
        (_("Lessons"), lessons_for(viewer)),
        (_("Exemplary stories"), stories_for(viewer)),
        (_("Pages"), StandardPage.objects.live().public()),
    )
    groups = [Group(title, list(pages.search(typed)[:MOST_PER_GROUP])) for title, pages in sources]
    return [group for group in groups if group.pages]
