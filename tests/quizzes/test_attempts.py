"""An attempt from start to result: the paper is frozen, answers are acknowledged, the server alone grades."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.models import Certificate, Completion
from quizzes.domain import attempts, grading, papers, questions
from quizzes.enums import AttemptState
from quizzes.kinds.base import QuestionBody
from quizzes.models import Attempt, Quiz, QuizSection, Response
from quizzes.signals import attempt_graded
from shared.errors import DomainError
from tests.cast import answer_all, finish_lessons
from tests.courses import stage
from tests.quizzes import taking


@pytest.fixture
def attempt(course, cast):
    """Lan's open attempt at the quiz of course A, after all lessons."""
    finish_lessons(cast["lan"], course)
    return attempts.start(cast["lan"], course.quiz)


@pytest.fixture
def learner(attempt, signed_in):
    return signed_in("lan")


def change_every_question(course) -> None:
    """Gives each question of the course other words, another key and other points."""
    for row in course.quiz.sections.get().section_questions.select_related("question__current"):
        current = row.question.current
        content = current.content | {"stem": {"vi": f"Câu đã sửa: {current.content['stem']['vi']}"}}
        body = QuestionBody(content, current.key, {"correct": {"vi": "Đã sửa."}})
        questions.save_question(row.question.bank, row.question.code, current.kind, Decimal("9.5"), body)


# --- The frozen paper ------------------------------------------------------------------------------------


def test_the_paper_does_not_change_when_questions_and_rules_are_edited_afterwards(course, cast, attempt, learner):
    before = taking.state_of(attempt)
    page = learner.get(taking.question_address(attempt)).context
    change_every_question(course)
    Quiz.objects.filter(pk=course.quiz_id).update(
        title="Đã sửa", pass_percent=100, max_attempts=1, time_limit_minutes=1, grace_seconds=0
    )
    course.quiz.sections.get().section_questions.first().delete()
    stage.forget_questions()
    again = learner.get(taking.question_address(attempt)).context
    assert taking.state_of(attempt) == before
    assert (again["question"], again["title"], again["count"]) == (page["question"], page["title"], page["count"])
    answer_all(cast["lan"], attempt)
    graded = attempts.submit(attempt)
    assert (graded.score, graded.max_points, graded.passed) == (Decimal(26), Decimal(26), True)
    assert "Đã sửa." not in learner.get(taking.result_address(attempt)).content.decode()


def test_the_next_attempt_has_the_edited_questions(course, cast, attempt):
    """The control of the test above: the edits there do change what is asked."""
    change_every_question(course)
    paper = attempts.start(cast["minh"], course.quiz)
    assert paper.max_points == Decimal("9.5") * 14
    assert all(taking.version_at(paper, i).content["stem"]["vi"].startswith("Câu đã sửa") for i in range(14))


def test_question_versions_are_never_changed_only_followed(course, cast, attempt):
    before = questions.QuestionVersion.objects.order_by("pk").values()
    known = list(before)
    change_every_question(course)
    assert list(before.all()[: len(known)]) == known
    change_every_question_back = questions.QuestionVersion.objects.count()
    change = questions.QuestionVersion.objects.first().question
    current = change.current
    body = QuestionBody(current.content, current.key, current.feedback)
    questions.save_question(change.bank, change.code, current.kind, current.points, body)
    assert questions.QuestionVersion.objects.count() == change_every_question_back


def test_each_question_of_the_quiz_is_on_the_paper_once(course, attempt):
    asked = course.quiz.sections.get().section_questions.values_list("question__current", flat=True)
    assert sorted(slot["version"] for slot in attempt.slots) == sorted(asked)
    assert attempt.max_points == Decimal(26)


def test_a_quiz_that_is_not_shuffled_keeps_its_order(course, cast):
    Quiz.objects.update(shuffle_questions=False)
    rows = course.quiz.sections.get().section_questions.order_by("position")
    paper = attempts.start(cast["minh"], Quiz.objects.get(pk=course.quiz_id))
    assert [slot["version"] for slot in paper.slots] == list(rows.values_list("question__current", flat=True))


def test_a_quiz_without_questions_cannot_be_started(cast, course):
    quiz = Quiz.objects.create(code="TRONG", title="Trống")
    QuizSection.objects.create(quiz=quiz)
    with pytest.raises(DomainError):
        attempts.start(cast["lan"], quiz)
    assert not Attempt.objects.exists()


def test_versions_in_memory_are_read_again_when_the_memory_was_emptied(course, attempt, monkeypatch):
    ids = [slot["version"] for slot in attempt.slots]
    stage.forget_questions()
    questions.versions(ids[:7])
    monkeypatch.setattr(questions, "_HELD_AT_MOST", 3)
    assert [version.pk for version in questions.versions(ids)] == ids


# --- One question a page ---------------------------------------------------------------------------------


def test_every_page_shows_one_question(attempt, learner):
    stems = [taking.version_at(attempt, slot).content["stem"]["vi"] for slot in range(14)]
    for number in range(1, 15):
        response = learner.get(taking.question_address(attempt, number))
        assert response.status_code == 200
        shown = response.content.decode()
        assert len(re.findall(r"<h1", shown)) == 1
        own = stems[number - 1]
        assert response.context["question"]["stem"] == re.sub(r"\{\{\d+\}\}", "…", own)
        assert [stem for stem in stems if stem != own and "{{" not in stem and stem in shown] == []


@pytest.mark.parametrize("number", [0, 15, 99])
def test_there_are_no_other_questions(attempt, learner, number):
    before = taking.state_of(attempt)
    assert learner.get(taking.question_address(attempt, number)).status_code == 404
    assert learner.post(taking.question_address(attempt, number), {"choice": "x"}).status_code == 404
    assert taking.state_of(attempt) == before


# --- Saving ----------------------------------------------------------------------------------------------


def test_a_saved_answer_is_acknowledged_with_the_servers_time(attempt, learner):
    before = timezone.now()
    slot = taking.slot_of_kind(attempt, "single_choice")
    reply = learner.post(taking.question_address(attempt, slot + 1), taking.right_form(attempt, slot), **taking.JSON)
    saved = Response.objects.get()
    assert abs((saved.saved_at - before).total_seconds()) < 60
    told = timezone.localtime(saved.saved_at).strftime("%H:%M:%S")
    assert reply.status_code == 200
    assert reply.json()["saved"] == told
    assert told in reply.json()["message"]
    assert reply.json()["answered"] is True
    assert saved.slot == slot


def test_the_plain_form_saves_and_goes_where_the_button_says(attempt, learner):
    slot = taking.slot_of_kind(attempt, "single_choice")
    form = taking.right_form(attempt, slot)
    here = slot + 1
    goals = {"next": min(here + 1, 14), "previous": max(here - 1, 1), "stay": here}
    for button, number in goals.items():
        goal = learner.post(taking.question_address(attempt, here), form | {"go": button})
        if button == "next" and here == 14:
            assert goal.url == taking.submit_address(attempt)
        elif not (button == "previous" and here == 1):
            assert goal.url == taking.question_address(attempt, number)
    assert Response.objects.count() == 1
    page = learner.get(taking.question_address(attempt, here))
    assert timezone.localtime(Response.objects.get().saved_at).strftime("%H:%M:%S") in page.content.decode()


def test_the_last_question_leads_to_the_page_before_submitting(attempt, learner):
    goal = learner.post(taking.question_address(attempt, 14), taking.right_form(attempt, 13) | {"go": "next"})
    assert goal.url == taking.submit_address(attempt)


def test_the_last_answer_counts_and_a_late_retry_of_the_same_changes_nothing(attempt, learner):
    slot = taking.slot_of_kind(attempt, "single_choice")
    address = taking.question_address(attempt, slot + 1)
    first, last = attempt.slots[slot]["arrangement"][:2]
    for choice in (first, last, last):
        learner.post(address, {"choice": choice}, **taking.JSON)
    assert Response.objects.get().answer == last


@pytest.mark.parametrize(
    "kind", ["single_choice", "multiple_choice", "true_false", "matching", "ordering", "fill_blank", "scenario"]
)
def test_answers_of_every_kind_are_saved_shown_again_and_graded(attempt, learner, kind):
    slot = taking.slot_of_kind(attempt, kind)
    address = taking.question_address(attempt, slot + 1)
    form = taking.right_form(attempt, slot)
    assert learner.post(address, form, **taking.JSON).json()["answered"] is True
    shown = learner.get(address).context["question"]
    attempts.submit(attempt)
    response = Response.objects.get()
    assert response.attempt.points_of(slot) == taking.version_at(attempt, slot).points
    assert taking.version_at(attempt, slot).kind == shown["kind"]
    assert str(next(iter(form.values())))[:4].strip("['") in str(shown)


def test_an_answer_that_cannot_be_read_is_refused_in_words_and_nothing_is_stored(attempt, learner):
    slot = taking.slot_of_kind(attempt, "ordering")
    address = taking.question_address(attempt, slot + 1)
    form = {"order": attempt.slots[slot]["arrangement"][:2]}
    reply = learner.post(address, form, **taking.JSON)
    assert reply.status_code == 400
    assert reply.json()["error"]
    assert "order:" not in reply.json()["error"]
    page = learner.post(address, form)
    assert page.status_code == 400
    assert list(page.context["errors"].values()) == [reply.json()["error"]]
    assert not Response.objects.exists()


@pytest.mark.parametrize("typed", ["\x00", "a\x00b", "x" * 5000, "\u202e", "😀" * 50])
def test_odd_text_in_a_blank_is_no_error_of_the_server(attempt, learner, typed):
    slot = taking.slot_of_kind(attempt, "fill_blank")
    blank = taking.version_at(attempt, slot).content["blanks"][0]
    reply = learner.post(taking.question_address(attempt, slot + 1), {f"blank-{blank}": typed}, **taking.JSON)
    assert reply.status_code in (200, 400)
    attempts.submit(attempt)


def test_an_unknown_option_is_no_answer(attempt, learner):
    slot = taking.slot_of_kind(attempt, "single_choice")
    reply = learner.post(taking.question_address(attempt, slot + 1), {"choice": "khong-co"}, **taking.JSON)
    assert reply.json()["answered"] is False
    assert Response.objects.get().answer is None


# --- Resuming and limits ---------------------------------------------------------------------------------


def test_an_attempt_is_resumed_at_the_first_open_question_on_any_device(attempt, learner, cast, course):
    for slot in (0, 1, 3):
        learner.post(taking.question_address(attempt, slot + 1), taking.right_form(attempt, slot), **taking.JSON)
    other_device = stage.browser_of(cast["lan"])
    start = other_device.post(reverse("start_quiz", args=[course.pk]))
    assert start.url == taking.addresses(attempt)[0]
    assert other_device.get(start.url).url == taking.question_address(attempt, 3)
    answer_all(cast["lan"], attempt)
    assert other_device.get(start.url).url == taking.submit_address(attempt)
    assert Attempt.objects.count() == 1


def test_the_page_before_submitting_names_the_open_questions(attempt, learner):
    learner.post(taking.question_address(attempt, 2), taking.right_form(attempt, 1), **taking.JSON)
    page = learner.get(taking.submit_address(attempt))
    assert page.context["unanswered"] == [1, *range(3, 15)]


def test_only_so_many_attempts_are_allowed(course, cast, learner, attempt):
    start = reverse("start_quiz", args=[course.pk])
    for number in (1, 2, 3):
        learner.post(start)
        taken = Attempt.objects.get(state=AttemptState.IN_PROGRESS)
        assert taken.number == number
        attempts.submit(taken)
    refused = learner.post(start)
    assert refused.url == course.url
    assert [str(message) for message in get_messages(refused.wsgi_request)]
    assert Attempt.objects.filter(person=cast["lan"]).count() == 3
    assert attempts.start(cast["minh"], course.quiz).number == 1


def test_a_fourth_attempt_is_there_where_four_are_allowed(course, cast):
    Quiz.objects.update(max_attempts=4)
    quiz = Quiz.objects.get(pk=course.quiz_id)
    for _number in range(4):
        attempts.submit(attempts.start(cast["lan"], quiz))
    with pytest.raises(DomainError):
        attempts.start(cast["lan"], quiz)


def test_starting_again_returns_the_open_attempt(course, cast, attempt):
    assert attempts.start(cast["lan"], course.quiz) == attempt


def test_the_last_allowed_attempt_started_in_another_tab_is_returned_not_refused(course, cast, monkeypatch):
    """Two tabs start at once: the other one comes first after this one found no open attempt."""
    Quiz.objects.update(max_attempts=1)
    quiz, draw, tabs = Quiz.objects.get(pk=course.quiz_id), papers.draw, []

    def draw_while_another_tab_starts(*args):
        if not tabs:
            tabs.append(None)
            tabs.append(attempts.start(cast["lan"], quiz))
        return draw(*args)

    monkeypatch.setattr(papers, "draw", draw_while_another_tab_starts)
    assert attempts.start(cast["lan"], quiz) == tabs[1]


# --- Submitting ------------------------------------------------------------------------------------------


def test_submitting_grades_what_was_saved(cast, attempt, learner):
    right = [slot for slot in range(14) if slot % 2]
    for slot in right:
        learner.post(taking.question_address(attempt, slot + 1), taking.right_form(attempt, slot), **taking.JSON)
    assert learner.post(taking.submit_address(attempt)).url == taking.result_address(attempt)
    graded = Attempt.objects.get()
    assert graded.score == sum(taking.version_at(attempt, slot).points for slot in right)
    assert graded.submit_reason == "learner"


@pytest.mark.parametrize(("score", "passed"), [("18.19", False), ("18.20", True)])
def test_the_pass_mark_is_compared_without_rounding(score, passed):
    assert grading.is_passed(Fraction(Decimal(score)), Fraction(26), 70) is passed


def test_submitting_again_keeps_the_first_result(cast, attempt, learner):
    answer_all(cast["lan"], attempt)
    learner.post(taking.submit_address(attempt))
    before = taking.state_of(attempt)
    second = learner.post(taking.submit_address(attempt))
    assert second.url == taking.result_address(attempt)
    assert taking.state_of(attempt) == before
    assert Completion.objects.count() == Certificate.objects.count() == 1


def test_without_the_look_at_the_state_a_second_submit_would_grade_again(cast, attempt, monkeypatch):
    graded = []

    def note(**news):
        graded.append(news)

    attempts.submit(attempt)
    monkeypatch.setattr(Attempt, "is_open", True)
    attempt_graded.connect(note)
    try:
        attempts.submit(attempt)
    finally:
        attempt_graded.disconnect(note)
    assert len(graded) == 1


def test_an_answer_after_the_submission_is_refused(attempt, learner):
    slot = taking.slot_of_kind(attempt, "single_choice")
    address, form = taking.question_address(attempt, slot + 1), taking.right_form(attempt, slot)
    learner.post(taking.submit_address(attempt))
    before = taking.state_of(attempt)
    reply = learner.post(address, form, **taking.JSON)
    assert (reply.status_code, reply.json()["closed"]) == (409, True)
    assert reply.json()["error"]
    assert learner.post(address, form).url == taking.result_address(attempt)
    assert taking.state_of(attempt) == before


def test_a_submitted_attempt_shows_only_its_result(attempt, learner):
    attempts.submit(attempt)
    for address in taking.addresses(attempt)[:3]:
        assert learner.get(address).url == taking.result_address(attempt)


def test_an_open_attempt_has_no_result_yet(attempt, learner):
    response = learner.get(taking.result_address(attempt))
    assert response.url == taking.addresses(attempt)[0]


# --- What the browser says is not believed ---------------------------------------------------------------

FORGED = {
    "score": "26",
    "passed": "true",
    "max_points": "1",
    "pass_percent": "1",
    "state": "submitted",
    "points": "99",
    "number": "1",
    "person": "1",
    "deadline_at": "2099-01-01",
    "started_at": "2000-01-01",
    "submitted_at": "2000-01-01",
    "completed": "1",
    "answer": "1",
    "attempts_left": "99",
}


def test_forged_fields_change_nothing(course, attempt, learner):
    frozen = ("paper", "seed", "pass_percent", "max_points", "started_at", "deadline_at", "number", "person_id")
    before = Attempt.objects.values(*frozen).get()
    slot = taking.slot_of_kind(attempt, "single_choice")
    key = taking.version_at(attempt, slot).key["answer"]
    wrong = next(option for option in attempt.slots[slot]["arrangement"] if option != key)
    learner.post(taking.question_address(attempt, slot + 1), FORGED | {"choice": wrong}, **taking.JSON)
    learner.post(taking.submit_address(attempt), FORGED)
    graded = Attempt.objects.get()
    assert Attempt.objects.values(*frozen).get() == before
    assert (graded.score, graded.passed) == (Decimal(0), False)
    assert graded.submitted_at.year == timezone.now().year
    assert not Completion.objects.exists()
    learner.post(reverse("start_quiz", args=[course.pk]), FORGED)
    assert Attempt.objects.get(number=2).max_points == Decimal(26)


def test_get_changes_nothing_anywhere(attempt, learner):
    before = taking.state_of(attempt)
    for address in taking.addresses(attempt):
        learner.get(address, FORGED)
        learner.head(address)
    assert taking.state_of(attempt) == before


def test_posts_without_the_csrf_token_are_refused_and_change_nothing(course, cast, attempt):
    careful = stage.browser_of(cast["lan"], enforce_csrf_checks=True)
    lesson = stage.edition_lessons(course)[0]
    before = taking.state_of(attempt)
    for address in (
        taking.question_address(attempt),
        taking.submit_address(attempt),
        reverse("start_quiz", args=[course.pk]),
        reverse("start_course", args=[course.pk]),
        reverse("finish_lesson", args=[course.pk, lesson.lesson_id]),
    ):
        assert careful.post(address, taking.right_form(attempt, 0)).status_code == 403, address
    assert careful.post(taking.question_address(attempt), {}, **taking.JSON).status_code == 403
    assert taking.state_of(attempt) == before


def test_posts_with_the_token_of_the_page_are_taken(cast, attempt):
    """The control of the test above."""
    careful = stage.browser_of(cast["lan"], enforce_csrf_checks=True)
    page = careful.get(taking.question_address(attempt)).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    form = taking.right_form(attempt, 0) | {"csrfmiddlewaretoken": token}
    assert careful.post(taking.question_address(attempt), form, **taking.JSON).status_code == 200
    assert Response.objects.count() == 1


# --- Whose attempt it is ---------------------------------------------------------------------------------


@pytest.mark.parametrize("closed", [False, True])
def test_another_persons_attempt_is_not_found_on_any_address(cast, attempt, closed):
    answer_all(cast["lan"], attempt)
    if closed:
        attempts.submit(attempt)
    before = taking.state_of(attempt)
    form = taking.right_form(attempt, 0)
    for username in ("minh", "hoa", "hung", "tam", "son", "an"):
        stranger = stage.browser_of(cast[username])
        for address in taking.addresses(attempt):
            assert stranger.get(address).status_code == 404, (username, address)
        for address in (taking.question_address(attempt), taking.submit_address(attempt)):
            assert stranger.post(address, form).status_code == 404, (username, address)
            assert stranger.post(address, form, **taking.JSON).status_code == 404, (username, address)
    assert taking.state_of(attempt) == before


def test_without_the_look_at_the_owner_the_attempt_would_be_open_to_everybody(cast, attempt, monkeypatch):
    monkeypatch.setattr("quizzes.views.taking.own_attempt", lambda viewer, pk: (Attempt.objects.get(pk=pk), {}))
    monkeypatch.setattr("quizzes.views.taking.paper_of", lambda viewer, pk: papers.paper_of(cast["lan"], pk))
    assert stage.browser_of(cast["minh"]).get(taking.question_address(attempt)).status_code == 200


def test_an_attempt_needs_sign_in(attempt, client):
    visitor = Client()
    before = taking.state_of(attempt)
    for address in taking.addresses(attempt):
        assert visitor.get(address).url.startswith(reverse("account_login"))
        assert visitor.post(address, {}).url.startswith(reverse("account_login"))
    assert taking.state_of(attempt) == before
