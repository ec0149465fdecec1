"""Activities in lessons: shown, required, opened by those who take the course, and counted for its owners."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from courses.domain import activities
from courses.domain import enrolment as enrolling
from courses.models import CoursePage, LessonPage
from h5p.domain import places, plays
from h5p.enums import FinishRule
from h5p.models import Play
from h5p.totals import totals_of
from shared.errors import DomainError
from tests.courses.stage import browser_of, edition_lessons, lesson_address, small_course
from tests.h5p.player.stage import activity, item, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(tmp_path):
    return activity(tmp_path, title="Luyện tập minh họa")


@pytest.fixture
def course(site, cast) -> CoursePage:
    return small_course(lessons=2)


def put_into(course: CoursePage, content, **block):
    """The activity becomes the body of the course's first lesson, published."""
    lesson = LessonPage.objects.child_of(course).order_by("path").first()
    value = {"activity": content.pk, "rule": "reported", "percent": None, "required": False} | block
    lesson.body = json.dumps([{"type": "activity", "value": value}])
    lesson.save_revision().publish()
    return edition_lessons(CoursePage.objects.get(pk=course.pk))[0]


def test_a_lesson_shows_the_activity_and_loads_its_script_only_then(course, content, cast):
    lan = browser_of(cast["lan"])
    plain = lan.get(lesson_address(course, edition_lessons(course)[0])).content.decode()
    assert "h5p/activity" not in plain
    minh = browser_of(cast["minh"])
    page = minh.get(lesson_address(course, put_into(course, content))).content.decode()
    assert f'data-h5p-activity="{content.uuid}"' in page
    assert "h5p/activity.js" in page
    assert "data-h5p-keeps" in page
    assert "Luyện tập minh họa" in page


@pytest.mark.parametrize(("allowed", "empty"), [([], "video.example, youtu.be"), (["video.example"], "youtu.be")])
def test_learners_are_told_what_stays_empty(course, content, cast, allowed, empty):
    content.external_hosts, content.allowed_external_hosts = ["video.example", "youtu.be"], allowed
    content.save()
    page = browser_of(cast["minh"]).get(lesson_address(course, put_into(course, content))).content.decode()
    assert f"nằm trên {empty} và không được tải ở đây" in page


def test_a_lesson_with_an_activity_can_be_edited(course, content, cast):
    lesson = put_into(course, content)
    page = browser_of(cast["an"]).get(reverse("wagtailadmin_pages:edit", args=[lesson.lesson_id]))
    assert page.status_code == 200
    assert reverse("h5p_activity", args=[content.pk]) in page.content.decode()


def test_a_required_activity_comes_before_done(course, content, cast):
    lesson = put_into(course, content, required=True)
    lan = cast["lan"]
    enrolment = enrolling.enrol(lan, course)
    with pytest.raises(DomainError, match="Luyện tập minh họa"):
        enrolling.finish_lesson(enrolment, lesson)
    assert not enrolment.lesson_records.filter(done_at__isnull=False).exists()
    place = places.place_of(lan, content, str(lesson.lesson_id))
    assert (place.required, place.records, place.rule) == (True, True, FinishRule.REPORTED)
    play = plays.open_play(lan, content, place)
    with pytest.raises(DomainError):
        enrolling.finish_lesson(enrolment, lesson)
    report(lan, play, 1, item("completed", 0, 3))
    enrolment.refresh_from_db()
    assert enrolment.last_opened_at is not None, "the course to resume"
    assert enrolling.finish_lesson(enrolment, lesson).done_at, "done, whatever the score"


def test_control_one_that_is_not_required_holds_nobody_up(course, content, cast):
    lesson = put_into(course, content)
    assert enrolling.finish_lesson(enrolling.enrol(cast["lan"], course), lesson).done_at


def test_done_elsewhere_does_not_count(course, content, cast):
    lesson = put_into(course, content, required=True)
    enrolment = enrolling.enrol(cast["lan"], course)
    play = plays.open_play(cast["lan"], content, places.Place("999999"))
    report(cast["lan"], play, 1, item("completed", 3, 3))
    with pytest.raises(DomainError):
        enrolling.finish_lesson(enrolment, lesson)


def test_only_those_who_take_the_course_open_it(course, content, cast):
    lesson = put_into(course, content)
    context = str(lesson.lesson_id)
    assert places.place_of(cast["minh"], content, context) is None
    enrolling.enrol(cast["minh"], course)
    assert places.place_of(cast["minh"], content, context).context == context
    other = edition_lessons(course)[1]
    assert places.place_of(cast["minh"], content, str(other.lesson_id)) is None
    CoursePage.objects.filter(pk=course.pk).update(live=False)
    assert places.place_of(cast["minh"], content, context) is None


def test_readers_of_open_courses_play_without_records(course, content, client):
    lesson = put_into(course, content)
    address = f"/h5p/activity/{content.uuid}/open/"
    asked = json.dumps({"context": str(lesson.lesson_id)})
    assert Client().post(address, asked, content_type="application/json").status_code == 404
    CoursePage.objects.filter(pk=course.pk).update(is_open=True)
    answer = Client().post(address, asked, content_type="application/json")
    assert answer.json()["session"] is None
    assert Play.objects.count() == 0


def test_each_learner_follows_the_rules_of_the_edition_taken(course, content, cast):
    put_into(course, content, rule="minimum_score", percent=80)
    enrolling.enrol(cast["lan"], course)
    lesson = put_into(course, content, rule="viewed")
    enrolling.enrol(cast["minh"], course)
    rules = {name: places.place_of(cast[name], content, str(lesson.lesson_id)) for name in ("lan", "minh")}
    assert (rules["lan"].rule, rules["lan"].percent) == ("minimum_score", 80)
    assert rules["minh"].rule == "viewed"


def test_activities_of_a_revision_are_read_once(course, content, django_assert_num_queries):
    lesson = put_into(course, content)
    activities.activities_of(lesson.revision_id)
    with django_assert_num_queries(0):
        assert [one.content_id for one in activities.activities_of(lesson.revision_id)] == [content.pk]


def test_owners_see_totals_and_no_names(course, content, cast, django_assert_num_queries):
    lesson = put_into(course, content)
    for name, raw in (("lan", 3), ("minh", 0), ("hoa", None)):
        enrolling.enrol(cast[name], course)
        play = plays.open_play(cast[name], content, places.place_of(cast[name], content, str(lesson.lesson_id)))
        if raw is not None:
            report(cast[name], play, 1, item("completed", raw, 3))
    with django_assert_num_queries(2):
        [totals] = totals_of(content)
    assert (totals.people, totals.done, totals.runs, totals.finished, totals.percent) == (3, 2, 3, 2, 50)
    page = browser_of(cast["tam"]).get(f"/quan-tri/h5p/activities/{content.pk}/").content.decode()
    assert lesson.title in page
    assert cast["lan"].full_name not in page
