"""The sitemap names what anybody may open, and nothing else."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import PageViewRestriction, Site

from courses.models import CoursePage, LessonPage
from home.models import StandardPage
from media.models import Consent, StoryPage

COURSES = ("quy-tac-ung-xu-cong-so",)
OPENS, ASKS, ABSENT = 200, 302, 404


@pytest.fixture
def listed(site, client):
    """A function: the paths the sitemap lists."""

    def read() -> set[str]:
        response = client.get(reverse("sitemap"))
        assert response.status_code == 200
        return {urlsplit(address).path for address in re.findall(r"<loc>([^<]+)</loc>", response.content.decode())}

    return read


@pytest.fixture
def course(site) -> CoursePage:
    return CoursePage.objects.get()


@pytest.fixture
def lesson(course) -> LessonPage:
    return LessonPage.objects.child_of(course).first()


def test_everything_in_it_opens_without_signing_in(listed, client, course):
    paths = listed()
    assert {"/", "/khoa-hoc/", "/guong-dien-hinh/", "/chien-dich/", "/huong-dan/", course.url} <= paths
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, OPENS)


def test_lessons_of_a_closed_course_are_not_in_it(listed, client, lesson):
    assert client.get(lesson.url).status_code == ASKS
    assert lesson.url not in listed()


def test_lessons_of_an_open_course_are_in_it(listed, client, course, lesson):
    CoursePage.objects.filter(pk=course.pk).update(is_open=True)
    assert client.get(lesson.url).status_code == OPENS
    assert lesson.url in listed()


@pytest.mark.parametrize("is_open", [True, False])
def test_lessons_of_an_unpublished_course_are_not_in_it(listed, course, lesson, is_open):
    CoursePage.objects.filter(pk=course.pk).update(is_open=is_open, live=False)
    assert lesson.url not in listed()


def test_drafts_and_private_pages_are_not_in_it(listed):
    draft = StandardPage.objects.get(slug="huong-dan")
    draft.unpublish()
    private = StandardPage.objects.get(slug="lien-he")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.PASSWORD, password="x")
    assert not {draft.url, private.url} & listed()


def test_a_story_whose_consent_has_run_out_is_not_in_it(listed, client, site):
    from media.demo import load_demo_stories

    story = load_demo_stories(site, None)[0]
    assert story.url in listed()
    Consent.objects.filter(exemplar__in=story.people.values("exemplar")).update(
        expires_on=timezone.localdate() - timedelta(days=1)
    )
    assert StoryPage.objects.get(pk=story.pk).live, "the sweep has not come by yet"
    assert client.get(story.url).status_code == 410, "gone, not merely missing"
    assert story.url not in listed()


def test_control_wagtails_own_sitemap_lists_closed_lessons(listed, lesson, monkeypatch):
    monkeypatch.setattr("home.sitemap.PublicSitemap.items", Sitemap.items)
    assert lesson.url in listed()


def test_its_query_count_does_not_grow_with_the_lessons(listed, course, django_assert_max_num_queries):
    CoursePage.objects.filter(pk=course.pk).update(is_open=True)
    assert LessonPage.objects.child_of(course).count() > 10
    Site.clear_site_root_paths_cache()
    with django_assert_max_num_queries(20):
        listed()
