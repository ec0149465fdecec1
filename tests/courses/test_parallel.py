"""Things done at the same moment: one completion, one certificate, numbers without gaps."""

from threading import Barrier

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse

from courses.domain import certificates
from courses.domain import enrolment as enrolling
from courses.models import Certificate, Completion, CoursePage, Enrolment, RegisterCounter
from people.models import Person
from quizzes.domain import attempts
from quizzes.models import Attempt
from quizzes.signals import attempt_graded
from shared.domain import outbox
from tests.cast import answer_all, finish_lessons
from tests.courses import stage

ONE_WRITER = "SQLite lets one writer in at a time anyway"
pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def _no_pdf(monkeypatch):
    """The PDFs are not the matter here."""
    monkeypatch.setattr(outbox, "_send", lambda entry_id: None)


@pytest.fixture
def db(own_database):
    """Nothing is rolled back here: these tests commit, in a database that is thrown away after the module."""


@pytest.fixture
def course(db):
    return CoursePage.objects.get(code="VHCV-1847")


def ready_to_submit(username: str, course) -> Attempt:
    """Somebody's attempt with every answer right, after all lessons."""
    person = Person.objects.get(username=username)
    finish_lessons(person, course)
    attempt = attempts.start(person, course.quiz)
    answer_all(person, attempt)
    return attempt


def submit_by_browser(person):
    browser = stage.browser_of(person)
    return lambda attempt: browser.post(reverse("quizzes:submit", args=[attempt.pk])).status_code


def test_submitting_twice_at_once_gives_one_result_one_completion_one_certificate(course):
    attempt = ready_to_submit("lan", course)
    graded = []

    def note(**news):
        graded.append(news)

    attempt_graded.connect(note)
    try:
        press = [submit_by_browser(attempt.person) for _thread in range(4)]
        answers = stage.at_once(*(lambda press=button: press(attempt) for button in press))
    finally:
        attempt_graded.disconnect(note)
    assert answers == [302] * 4
    assert len(graded) == 1
    assert Completion.objects.filter(person=attempt.person).count() == 1
    assert Certificate.objects.filter(person=attempt.person).count() == 1


def test_without_the_look_at_the_state_under_the_lock_it_would_be_graded_twice(course, monkeypatch):
    attempt = ready_to_submit("tam", course)
    graded = []

    def note(**news):
        graded.append(news)

    monkeypatch.setattr(Attempt, "is_open", True)
    attempt_graded.connect(note)
    try:
        stage.at_once(*[lambda: attempts.submit(attempt)] * 4)
    finally:
        attempt_graded.disconnect(note)
    assert len(graded) > 1


def test_certificates_issued_at_once_are_numbered_without_gaps(course):
    names = ("minh", "hung", "binh", "thao", "son")
    ready = [ready_to_submit(name, course) for name in names]
    issued = Certificate.objects.count()
    outcomes = stage.at_once(*(lambda attempt=attempt: attempts.submit(attempt).passed for attempt in ready))
    assert outcomes == [True] * 5
    numbers = list(Certificate.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, issued + 6))
    assert RegisterCounter.objects.get().last_number == issued + 5


def test_two_people_completing_a_course_do_not_wait_for_each_other(course, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip(ONE_WRITER)
    ready = [ready_to_submit(name, course) for name in ("mai", "ha")]
    both_inside, issue = Barrier(len(ready)), certificates.issue

    def issue_when_both_are_inside(completion):
        both_inside.wait(timeout=15)
        return issue(completion)

    monkeypatch.setattr(certificates, "issue", issue_when_both_are_inside)
    outcomes = stage.at_once(*(lambda attempt=attempt: attempts.submit(attempt).passed for attempt in ready))
    assert outcomes == [True, True]


def test_a_double_click_on_start_enrols_once(course):
    person = Person.objects.create_user("nhap-doi", "Người Nhấp Đôi")
    enrolments = stage.at_once(*[lambda: enrolling.enrol(person, course).pk] * 5)
    assert len(set(enrolments)) == 1
    assert Enrolment.objects.filter(person=person).count() == 1


def test_a_lesson_opened_and_finished_in_many_tabs_has_one_record(course):
    person = Person.objects.create_user("nhieu-the", "Người Nhiều Thẻ")
    enrolment = enrolling.enrol(person, course)
    lesson = stage.edition_lessons(course)[0]
    tabs = [lambda: enrolling.open_lesson(enrolment, lesson, None).pk] * 3
    tabs += [lambda: enrolling.finish_lesson(enrolment, lesson).pk] * 3
    assert len(set(stage.at_once(*tabs))) == 1
    assert enrolment.lesson_records.get().done_at is not None


def test_the_last_lesson_and_the_quiz_finished_at_once_complete_the_course(course):
    """Whoever comes second sees what the first has committed."""
    person = Person.objects.create_user("cung-luc", "Người Cùng Lúc")
    enrolment = finish_lessons(person, course)
    last = next(lesson for lesson in stage.edition_lessons(course) if lesson.audience == "everyone")
    enrolment.lesson_records.filter(lesson=last.lesson_id).update(done_at=None)
    attempt = attempts.start(person, course.quiz)
    answer_all(person, attempt)
    outcomes = stage.at_once(
        lambda: attempts.submit(attempt).passed,
        lambda: enrolling.finish_lesson(enrolment, last).done_at is not None,
    )
    assert outcomes == [True, True]
    assert Completion.objects.filter(person=person).count() == 1


def test_numbers_counted_without_the_locked_counter_would_collide(course, monkeypatch):
    """The control. Last in this module: it leaves the counter of the thrown-away database behind the register."""
    if connection.vendor == "sqlite":
        pytest.skip(ONE_WRITER)
    ready = [ready_to_submit(name, course) for name in ("an", "quang", "hoa")]
    counted = Barrier(len(ready))

    def count(issuer, year):
        number = Certificate.objects.filter(issuer=issuer, year=year).count() + 1
        counted.wait(timeout=15)
        return number

    monkeypatch.setattr(certificates, "_next_number", count)
    outcomes = stage.at_once(*(lambda attempt=attempt: attempts.submit(attempt) for attempt in ready))
    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == 2
