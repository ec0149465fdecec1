"""The result: score and pass mark, why an answer was wrong, and the lesson to read again."""

import html
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from courses.domain import enrolment as enrolling
from courses.domain.certificates import render_pdf
from courses.models import Certificate
from quizzes.domain import attempts
from quizzes.models import Quiz
from tests.cast import answer_all, finish_lessons
from tests.courses import stage
from tests.quizzes import taking


@pytest.fixture
def attempt(course, cast):
    finish_lessons(cast["lan"], course)
    return attempts.start(cast["lan"], course.quiz)


def answer_wrongly(person, attempt) -> dict[int, str]:
    """Gives a wrong option that has a reason wherever there is one; the reasons by slot."""
    reasons = {}
    for slot in range(len(attempt.slots)):
        version = taking.version_at(attempt, slot)
        if version.kind not in ("single_choice", "scenario"):
            continue
        for option, texts in version.feedback.get("why", {}).items():
            if option != version.key["answer"]:
                attempts.save_answer(person, attempt.pk, slot, option)
                reasons[slot] = texts["vi"]
    return reasons


def result_of(person, attempt):
    return stage.browser_of(person).get(taking.result_address(attempt))


def text_of(page) -> str:
    return " ".join(html.unescape(BeautifulSoup(page.content.decode(), "html.parser").get_text(" ")).split())


def test_the_result_says_why_the_chosen_option_was_wrong(course, cast, attempt):
    reasons = answer_wrongly(cast["lan"], attempt)
    assert len(reasons) >= 2
    attempts.submit(attempt)
    shown = text_of(result_of(cast["lan"], attempt))
    assert [reason for reason in reasons.values() if " ".join(reason.split()) not in shown] == []


def test_the_result_gives_the_verdict_of_every_question_that_has_one(course, cast, attempt):
    attempts.submit(attempt)
    shown = text_of(result_of(cast["lan"], attempt))
    for slot in range(14):
        verdict = taking.version_at(attempt, slot).feedback["incorrect"]["vi"]
        assert " ".join(verdict.split()) in shown


def test_every_wrong_answer_links_to_the_lesson_to_read_again(course, cast, attempt):
    attempts.submit(attempt)
    page = result_of(cast["lan"], attempt)
    lessons = {lesson.module_code: lesson for lesson in reversed(stage.edition_lessons(course))}
    learner = stage.browser_of(cast["lan"])
    links = [link["href"] for link in BeautifulSoup(page.content.decode(), "html.parser").select(".answer-list a")]
    expected = [stage.lesson_address(course, lessons[slot["topic"]]) for slot in attempt.slots]
    assert links == expected
    assert {learner.get(link).status_code for link in set(links)} == {200}


def test_the_result_shows_score_pass_mark_and_attempts_left(course, cast, attempt):
    attempts.submit(attempt)
    context = result_of(cast["lan"], attempt).context
    assert (context["attempt"].score, context["points_needed"], context["attempts_left"]) == (0, Decimal("18.2"), 2)
    assert reverse("start_quiz", args=[course.pk]) in result_of(cast["lan"], attempt).content.decode()


def test_no_further_attempt_is_offered_when_none_is_left(course, cast, attempt):
    Quiz.objects.update(max_attempts=1)
    attempts.submit(attempt)
    page = result_of(cast["lan"], attempt)
    assert page.context["attempts_left"] == 0
    assert reverse("start_quiz", args=[course.pk]) not in page.content.decode()


def test_a_passed_attempt_shows_the_certificate_and_where_to_check_it(course, cast, attempt):
    answer_all(cast["lan"], attempt)
    attempts.submit(attempt)
    certificate = Certificate.objects.get()
    page = result_of(cast["lan"], attempt).content.decode()
    assert certificate.register_number in page
    assert reverse("certificate_pdf", args=[certificate.code]) not in page  # not made yet
    render_pdf(certificate.pk)
    page = result_of(cast["lan"], attempt).content.decode()
    assert reverse("certificate_pdf", args=[certificate.code]) in page
    assert reverse("verify_certificate", args=[certificate.code]) in page


def test_a_passed_quiz_without_all_lessons_says_what_is_missing(course, cast):
    enrolling.enrol(cast["minh"], course)
    early = attempts.start(cast["minh"], course.quiz)
    answer_all(cast["minh"], early)
    attempts.submit(early)
    page = result_of(cast["minh"], early)
    assert page.context["completion"] is None
    assert f'href="{course.url}"' in page.content.decode()


def test_the_result_of_an_open_attempt_leads_back_to_it(course, cast, attempt):
    assert result_of(cast["lan"], attempt).url == taking.addresses(attempt)[0]


def test_a_result_is_still_there_when_the_course_is_no_longer_published(course, cast, attempt):
    attempts.submit(attempt)
    course.unpublish()
    assert result_of(cast["lan"], attempt).status_code == 200
