"""Editions: a learner keeps the course as it stood when it was begun; the evidence is pinned to it."""

from datetime import timedelta

import pytest
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.management.commands.purge_revisions import purge_revisions
from wagtail.models import Revision

from courses.domain import enrolment as enrolling
from courses.models import Completion, Edition, EditionLesson, LessonPage
from quizzes.domain import attempts
from tests.cast import answer_all, finish_lessons
from tests.courses import stage

OLD, NEW = "Lời mở đầu cũ của bài này.", "Lời mở đầu mới của bài này."


@pytest.fixture
def small(site, cast):
    """A course of three lessons; the first one's introduction is OLD."""
    made = stage.small_course(lessons=3)
    publish(lessons_of(made)[0], introduction=OLD)
    return made


def lessons_of(course) -> list[LessonPage]:
    return list(LessonPage.objects.child_of(course).order_by("path"))


def publish(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def read_by(person, course, slug: str):
    return stage.browser_of(person).get(f"{course.url}{slug}/")


def test_an_edition_that_nobody_has_taken_follows_the_published_pages(small):
    publish(lessons_of(small)[0], introduction=NEW)
    edition = Edition.objects.get(course=small)
    assert edition.lessons.first().revision_id == lessons_of(small)[0].live_revision_id


def test_who_began_before_a_change_keeps_the_old_text_and_who_begins_later_gets_the_new(small, cast):
    enrolling.enrol(cast["lan"], small)
    lesson = lessons_of(small)[0]
    publish(lesson, introduction=NEW)
    enrolling.enrol(cast["minh"], small)
    old, new = (read_by(cast[name], small, lesson.slug).content.decode() for name in ("lan", "minh"))
    assert OLD in old and NEW not in old
    assert NEW in new and OLD not in new
    assert [edition.number for edition in Edition.objects.filter(course=small).order_by("number")] == [1, 2]


def test_pages_saved_but_not_published_make_no_edition(small, cast):
    enrolling.enrol(cast["lan"], small)
    lesson = lessons_of(small)[0]
    lesson.introduction = NEW
    lesson.save_revision()
    assert Edition.objects.filter(course=small).count() == 1


def test_several_changes_before_anybody_takes_them_are_one_edition(small, cast):
    enrolling.enrol(cast["lan"], small)
    for lesson in lessons_of(small):
        publish(lesson, introduction=NEW)
    assert Edition.objects.filter(course=small).count() == 2


def test_a_lesson_added_later_is_not_asked_of_who_began_before(small, cast):
    enrolment = enrolling.enrol(cast["lan"], small)
    small.add_child(instance=LessonPage(title="Bài thêm", slug="bai-them", minutes=5, live=False))
    added = LessonPage.objects.get(slug="bai-them")
    publish(added)
    assert read_by(cast["lan"], small, "bai-them").status_code == 404
    assert read_by(cast["minh"], small, "bai-them").status_code == 200
    assert not enrolment.edition.lessons.filter(lesson=added).exists()


def test_a_lesson_unpublished_later_stays_with_who_began_before(small, cast):
    enrolment = enrolling.enrol(cast["lan"], small)
    gone = lessons_of(small)[0]
    gone.unpublish()
    enrolling.enrol(cast["minh"], small)
    assert OLD in read_by(cast["lan"], small, gone.slug).content.decode()
    assert read_by(cast["minh"], small, gone.slug).status_code == 404
    assert read_by(cast["thao"], small, gone.slug).status_code == 404
    browser = stage.browser_of(cast["lan"])
    assert browser.post(reverse("finish_lesson", args=[small.pk, gone.pk])).status_code == 302
    assert enrolment.lesson_records.get(lesson=gone).done_at is not None


def test_lessons_put_in_another_order_are_another_edition(small, cast):
    enrolling.enrol(cast["lan"], small)
    first, second, third = lessons_of(small)
    third.move(first, pos="left")
    enrolling.enrol(cast["minh"], small)
    taken = {
        name: list(cast[name].enrolments.get().edition.lessons.values_list("lesson", flat=True))
        for name in ("lan", "minh")
    }
    assert taken == {"lan": [first.pk, second.pk, third.pk], "minh": [third.pk, first.pk, second.pk]}


def test_a_course_published_again_without_a_change_of_its_lessons_keeps_learners_where_they_are(small, cast):
    enrolment = enrolling.enrol(cast["lan"], small)
    small.save_revision().publish()
    assert enrolling.enrol(cast["lan"], small) == enrolment
    assert read_by(cast["lan"], small, lessons_of(small)[0].slug).status_code == 200


def test_the_completion_names_the_edition_that_was_taken(small, cast):
    finish_lessons(cast["lan"], small)
    publish(lessons_of(small)[0], introduction=NEW)
    attempt = attempts.start(cast["lan"], small.quiz)
    answer_all(cast["lan"], attempt)
    attempts.submit(attempt)
    assert Completion.objects.get().edition.number == 1


def test_pinned_revisions_outlive_a_purge_of_old_revisions(small, cast):
    """The negative control is in the same purge: revisions no edition holds are gone after it."""
    enrolling.enrol(cast["lan"], small)
    lesson = lessons_of(small)[0]
    pinned = lesson.live_revision_id
    loose = lesson.save_revision().pk
    for text in ("Một.", NEW):
        publish(lesson, introduction=text)
    Revision.objects.update(created_at=timezone.now() - timedelta(days=400))
    purge_revisions(days=90)
    assert not Revision.objects.filter(pk=loose).exists()
    assert Revision.objects.filter(pk=pinned).exists()
    held = EditionLesson.objects.filter(edition__course=small).values_list("revision", flat=True)
    assert Revision.objects.filter(pk__in=set(held)).count() == len(set(held))
    assert OLD in read_by(cast["lan"], small, lesson.slug).content.decode()


def test_a_pinned_revision_cannot_be_deleted(small, cast):
    enrolment = enrolling.enrol(cast["lan"], small)
    with pytest.raises(ProtectedError):
        enrolment.edition.lessons.first().revision.delete()
    with pytest.raises(ProtectedError):
        enrolment.edition.course_revision.delete()
