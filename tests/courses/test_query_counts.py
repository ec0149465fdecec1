"""No page of the courses asks more of the database when there is more on it or when more people learn."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.files.images import ImageFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from courses.domain import assignment
from courses.domain import enrolment as enrolling
from courses.models import CoursePage, Directive
from people.models import Unit
from quizzes.domain import attempts
from quizzes.models import Quiz
from tests.cast import complete, finish_lessons
from tests.courses import stage

COURSES = ()
# What the pages may ask at most; lower is always welcome.
LIMITS = {"lesson": 12, "course": 23, "my learning": 17, "catalogue": 11, "my certificates": 8, "done": 22}


def page_of(person, address: str) -> int:
    """Queries of opening a page for the second time, so that what is cached for everybody is cached."""
    browser = stage.browser_of(person)

    def open_page():
        assert browser.get(address).status_code == 200

    return stage.queries_of(open_page)


def crowd(cast, course, size: int) -> None:
    """So many others learn the course too; the first of them has completed it."""
    others = [cast[name] for name in ("minh", "hung", "binh", "thao")][:size]
    for person in others:
        finish_lessons(person, course)
    complete(others[0], course)


@pytest.fixture(autouse=True)
def _catalogue(site, cast):
    """No course yet."""


@pytest.mark.parametrize("username", ["lan", "hoa"])
def test_a_lesson_page_with_3_lessons_asks_no_more_than_one_with_1(cast, username):
    counts = []
    for size in (1, 3):
        course = stage.small_course(f"C{size}", lessons=size, questions=size)
        enrolling.enrol(cast[username], course)
        crowd(cast, course, size)
        counts.append(page_of(cast[username], stage.lesson_address(course, stage.edition_lessons(course)[0])))
    assert counts[0] == counts[1] <= LIMITS["lesson"]


def test_a_course_page_with_3_lessons_asks_no_more_than_one_with_1(cast):
    counts = []
    for size in (1, 3):
        course = stage.small_course(f"C{size}", lessons=size, questions=size)
        enrolling.enrol(cast["lan"], course)
        crowd(cast, course, size)
        counts.append(page_of(cast["lan"], course.url))
    assert counts[0] == counts[1] <= LIMITS["course"]


def test_a_course_page_asks_no_more_after_3_attempts_than_after_1(cast):
    course = stage.small_course(lessons=1, questions=1)
    Quiz.objects.filter(pk=course.quiz_id).update(max_attempts=9)  # one is left both times
    finish_lessons(cast["lan"], course)
    counts = []
    for taken in (1, 2):
        for _attempt in range(taken):
            attempts.submit(attempts.start(cast["lan"], course.quiz))
        counts.append(page_of(cast["lan"], course.url))
    assert counts[0] == counts[1]


def test_my_learning_with_3_courses_asks_no_more_than_with_1(cast):
    counts = []
    for size in (1, 3):
        for number in range(size):
            prepare_work(cast, f"C{size}{number}", lessons=size)
        counts.append(page_of(cast["lan"], reverse("my_learning")))
    assert counts[0] == counts[1] <= LIMITS["my learning"]


def prepare_work(cast, code: str, lessons: int) -> None:
    """One course each that Lan must take, has begun, and has completed."""
    directive = Directive.objects.create(number=f"{code}/CT", title="Chỉ thị", issuer="UBND tỉnh")
    asked, begun, done = (stage.small_course(f"{code}{mark}", lessons=lessons) for mark in "abc")
    due = timezone.localdate() + timedelta(days=5)
    for course in (asked, begun):
        assignment.assign(course, Unit.objects.get(code="LG"), due, directive=directive, actor=cast["hung"])
    enrolling.enrol(cast["lan"], begun)
    complete(cast["lan"], done)


def test_the_catalogue_with_3_courses_asks_no_more_than_with_1(cast, client):
    """Counted from cold: with cover pictures whose renditions nobody has asked for since the start."""
    counts = []
    for size in (1, 3):
        for number in range(size):
            course = stage.small_course(f"C{size}{number}", lessons=size)
            cover = get_image_model().objects.create(
                title=course.title, file=ImageFile(get_test_image_file(filename=f"{course.code}.png"))
            )
            CoursePage.objects.filter(pk=course.pk).update(cover=cover)
            crowd(cast, course, size)
        client.get("/khoa-hoc/")  # makes the renditions
        caches["renditions"].clear()
        with CaptureQueriesContext(connection) as captured:
            page = client.get("/khoa-hoc/").content.decode()
        assert page.count("<picture") == len(CoursePage.objects.all())
        counts.append(len(captured))
    assert counts[0] == counts[1] <= LIMITS["catalogue"]


def test_my_certificates_with_3_of_them_ask_no_more_than_with_1(cast):
    counts = []
    for size in (1, 3):
        for number in range(size):
            complete(cast["lan"], stage.small_course(f"C{size}{number}"))
        counts.append(page_of(cast["lan"], reverse("my_certificates")))
    assert counts[0] == counts[1] <= LIMITS["my certificates"]


def test_saying_done_asks_no_more_with_3_lessons_than_with_1_but_for_the_completion(cast):
    """The lesson is not the last one, so that no completion follows."""
    counts = []
    for size in (2, 4):
        course = stage.small_course(f"C{size}", lessons=size)
        first = stage.edition_lessons(course)[0]
        address = reverse("finish_lesson", args=[course.pk, first.lesson_id])
        for name in ("minh", "lan"):
            enrolling.enrol(cast[name], course)
            browser = stage.browser_of(cast[name])
            with CaptureQueriesContext(connection) as captured:
                browser.post(address)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= LIMITS["done"]
