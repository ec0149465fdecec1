"""The time limit: kept by the database's clock, with a grace for slow lines; what was acknowledged counts."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from courses.models import Certificate, Enrolment
from quizzes.domain import attempts, grading, saving
from quizzes.enums import AttemptState, SubmitReason
from quizzes.models import Attempt, Quiz, Response
from quizzes.tasks import close_overdue_attempts
from tests.cast import answer_all, finish_lessons
from tests.courses import stage
from tests.quizzes import taking

LIMIT, GRACE = timedelta(minutes=30), timedelta(seconds=20)


@pytest.fixture
def attempt(course, cast):
    """Lan's open attempt with a time limit."""
    Quiz.objects.update(time_limit_minutes=30, grace_seconds=20)
    course.quiz.refresh_from_db()
    finish_lessons(cast["lan"], course)
    return attempts.start(cast["lan"], course.quiz)


@pytest.fixture
def learner(attempt, signed_in):
    return signed_in("lan")


def let_pass(attempt: Attempt, time: timedelta) -> None:
    """As if the attempt had been started that much earlier."""
    started = timezone.now() - time
    Enrolment.objects.update(enrolled_at=started - timedelta(days=1))
    Attempt.objects.filter(pk=attempt.pk).update(started_at=started, deadline_at=started + LIMIT)


def save(learner, attempt: Attempt, slot: int, plain: bool = False):
    options = {} if plain else taking.JSON
    return learner.post(taking.question_address(attempt, slot + 1), taking.right_form(attempt, slot), **options)


def test_the_deadline_is_copied_when_the_attempt_starts(attempt):
    assert attempt.deadline_at - attempt.started_at == LIMIT
    Quiz.objects.update(time_limit_minutes=1)
    assert Attempt.objects.get().deadline_at == attempt.deadline_at


def test_without_a_time_limit_there_is_no_deadline(course, cast):
    Quiz.objects.update(time_limit_minutes=None)
    course.quiz.refresh_from_db()
    open_ended = attempts.start(cast["minh"], course.quiz)
    assert open_ended.deadline_at is None
    attempts.close_overdue()
    assert Attempt.objects.get().is_open


def test_the_page_says_how_much_time_is_left(attempt, learner):
    let_pass(attempt, timedelta(minutes=20))
    assert 590 <= learner.get(taking.question_address(attempt)).context["seconds_left"] <= 600


def test_answers_within_the_grace_are_taken(attempt, learner):
    let_pass(attempt, LIMIT + GRACE - timedelta(seconds=10))
    assert save(learner, attempt, 0).status_code == 200
    assert Response.objects.count() == 1


def test_an_answer_after_the_grace_is_refused_with_the_reason_and_earlier_ones_are_graded(attempt, learner):
    save(learner, attempt, 0)
    let_pass(attempt, LIMIT + GRACE + timedelta(seconds=1))
    reply = save(learner, attempt, 1)
    deadline = timezone.localtime(Attempt.objects.get().deadline_at).strftime("%H:%M:%S")
    assert (reply.status_code, reply.json()["closed"]) == (409, True)
    assert deadline in reply.json()["error"]
    assert [response.slot for response in Response.objects.all()] == [0]
    attempts.close_overdue()
    closed = Attempt.objects.get()
    assert closed.score == taking.version_at(attempt, 0).points
    assert (closed.submit_reason, closed.submitted_at) == (SubmitReason.TIME, closed.deadline_at)


def test_after_a_refused_answer_the_page_that_is_loaded_again_shows_the_result_and_the_reason(attempt, learner):
    """What the page's script does when it is told that the attempt is closed."""
    let_pass(attempt, LIMIT + GRACE + timedelta(seconds=1))
    error = save(learner, attempt, 1).json()["error"]
    page = learner.get(taking.question_address(attempt, 2), follow=True)
    assert page.redirect_chain[-1][0] == taking.result_address(attempt)
    assert error in [str(message) for message in get_messages(page.wsgi_request)]


def test_the_plain_form_leads_to_the_result_and_says_why(attempt, learner):
    save(learner, attempt, 0)
    let_pass(attempt, LIMIT + GRACE + timedelta(seconds=1))
    response = save(learner, attempt, 1, plain=True)
    assert response.url == taking.result_address(attempt)
    deadline = timezone.localtime(Attempt.objects.get().deadline_at).strftime("%H:%M:%S")
    assert any(deadline in str(message) for message in get_messages(response.wsgi_request))
    assert Attempt.objects.get().score == taking.version_at(attempt, 0).points


def test_without_the_look_at_the_clock_a_late_answer_would_be_taken(attempt, learner, monkeypatch):
    let_pass(attempt, timedelta(days=1))
    late_too = "deadline_at IS NULL", "1 = 1"
    monkeypatch.setattr(saving, "_POSTGRESQL", saving._POSTGRESQL.replace(*late_too))
    monkeypatch.setattr(saving, "_SQLITE_OPEN", saving._SQLITE_OPEN.replace(*late_too))
    assert save(learner, attempt, 1).status_code == 200


def test_a_web_server_whose_clock_is_slow_does_not_give_more_time(attempt, cast, monkeypatch):
    let_pass(attempt, LIMIT + GRACE + timedelta(seconds=1))
    an_hour_ago = timezone.now() - timedelta(hours=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: an_hour_ago)
    with pytest.raises(saving.AnswerRefused):
        attempts.save_answer(cast["lan"], attempt.pk, 0, None)


def test_the_time_goes_on_while_nobody_looks_and_then_the_attempt_is_closed(attempt, cast, course):
    answer_all(cast["lan"], attempt)
    let_pass(attempt, timedelta(days=2))
    close_overdue_attempts()
    closed = Attempt.objects.get()
    assert (closed.state, closed.submit_reason) == (AttemptState.SUBMITTED, SubmitReason.TIME)
    assert (closed.score, closed.passed, closed.submitted_at) == (Decimal(26), True, closed.deadline_at)
    assert Certificate.objects.count() == 1


def test_closing_leaves_attempts_whose_time_or_grace_is_not_over(attempt, cast, course):
    let_pass(attempt, LIMIT + GRACE - timedelta(seconds=10))
    in_time = attempts.start(cast["minh"], course.quiz)
    assert attempts.close_overdue() == 0
    assert {attempt.pk, in_time.pk} == {row.pk for row in Attempt.objects.all() if row.is_open}
    let_pass(attempt, LIMIT + GRACE + timedelta(seconds=1))
    assert attempts.close_overdue() == 1
    assert attempts.close_overdue() == 0


def test_one_attempt_that_cannot_be_graded_does_not_keep_the_others_open(attempt, cast, course, monkeypatch):
    others = [attempts.start(cast[name], course.quiz) for name in ("minh", "hung")]
    for order, late in enumerate((attempt, *others)):
        let_pass(late, timedelta(days=3 - order))
    submit = attempts.submit

    def submit_unless_broken(late, *args):
        if late.pk == attempt.pk:
            raise RuntimeError("no grade")
        return submit(late, *args)

    monkeypatch.setattr(attempts, "submit", submit_unless_broken)
    assert attempts.close_overdue() == 2
    assert [row.pk for row in Attempt.objects.all() if row.is_open] == [attempt.pk]


def test_submitting_late_counts_as_closed_by_time(attempt, learner):
    let_pass(attempt, timedelta(days=1))
    learner.post(taking.submit_address(attempt))
    assert Attempt.objects.get().submit_reason == SubmitReason.TIME


def test_starting_again_after_the_time_is_over_begins_the_next_attempt(attempt, learner, course):
    let_pass(attempt, timedelta(days=1))
    learner.post(reverse("start_quiz", args=[course.pk]))
    first, second = Attempt.objects.order_by("number")
    assert (first.submit_reason, second.is_open) == (SubmitReason.TIME, True)


def test_an_attempt_that_is_not_over_is_graded_with_what_was_saved(attempt, learner):
    save(learner, attempt, 0)
    learner.post(taking.submit_address(attempt))
    closed = Attempt.objects.get()
    expected = grading.rounded(grading.points(taking.version_at(attempt, 0), Response.objects.get().answer))
    assert (closed.score, closed.submit_reason) == (expected, SubmitReason.LEARNER)


def test_another_device_sees_the_same_deadline(attempt, learner, cast):
    let_pass(attempt, timedelta(minutes=29))
    for device in (learner, stage.browser_of(cast["lan"])):
        assert 50 <= device.get(taking.submit_address(attempt)).context["seconds_left"] <= 60
