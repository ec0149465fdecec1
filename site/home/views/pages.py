"""The front page: the public one, or a signed-in learner's own."""

from django.shortcuts import render
from wagtail.views import serve

from courses.queries import catalogue
from courses.views.learning import my_learning
from media.queries import campaigns_for, latest_stories


def front_page(request):
    """The short way to a learner's own page; everybody else's front page is in the page tree."""
    return my_learning(request) if request.user.is_authenticated else serve(request, "")


def show_home(request, page):
    if request.user.is_authenticated:
        return my_learning(request)
    return show_public_home(request, page)


def show_public_home(request, page):
    stories = list(latest_stories(request.user, 3))
    return render(
        request,
        "home/home_page.html",
        {
            "page": page,
            "courses": catalogue(request.user)[:3],
            "feature": stories[0] if stories else None,
            "stories": stories[1:],
            "campaign": campaigns_for(request.user).first(),
            "nav_section": "home",
        },
    )
