"""Course pages are remembered between requests; a change is on the next page that is opened."""

from courses.models import CoursePage
from tests.shared.test_content_version import nothing_counted


def test_a_published_change_is_on_the_next_page_a_learner_opens(course, signed_in):
    """Written past the model, as an import or another program would."""
    learner, address = signed_in("lan"), course.url
    assert course.summary[:30] in learner.get(address).content.decode()
    CoursePage.objects.filter(pk=course.pk).update(summary="Một lời giới thiệu khác (minh họa).")
    assert "Một lời giới thiệu khác" in learner.get(address).content.decode()


def test_control_uncounted_a_change_is_not_seen(course, signed_in):
    learner, address = signed_in("lan"), course.url
    assert course.summary[:30] in learner.get(address).content.decode()
    with nothing_counted():
        CoursePage.objects.filter(pk=course.pk).update(summary="Một lời giới thiệu khác (minh họa).")
        assert "Một lời giới thiệu khác" not in learner.get(address).content.decode()


def test_unpublishing_closes_a_remembered_page_at_once(course, signed_in):
    learner, address = signed_in("lan"), course.url
    assert learner.get(address).status_code == 200
    CoursePage.objects.get(pk=course.pk).unpublish()
    assert learner.get(address).status_code == 404
