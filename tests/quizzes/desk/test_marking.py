"""Written answers: the attempt waits, an examiner of the quiz's unit marks it, then the result stands and follows."""

from decimal import Decimal

import pytest
from django.urls import reverse

from courses.models import Completion
from people.models import Person
from quizzes import queries, rules
from quizzes.domain import attempts, marking
from quizzes.domain.review import review
from quizzes.enums import AttemptState
from quizzes.models import Mark
from quizzes.signals import attempt_graded
from shared.errors import DomainError
from tests.cast import finish_lessons
from tests.courses.stage import queries_of, small_course

from .conftest import make_question, make_quiz

TEXT = "Tôi đã xin lỗi bác và hẹn lại giờ."


@pytest.fixture
def quiz(tree, units):
    """One essay (criteria of 1 and 1.5 points, worth 5) and one choice worth 1, of the commune."""
    quiz = make_quiz("TL", units["LG-TS"], shuffle_questions=False)
    section = quiz.sections.get()
    essay = make_question(tree["commune"], "E", "essay", sample="Bài mẫu.")
    section.section_questions.create(question=essay, position=1, points=Decimal(5))
    section.section_questions.create(question=make_question(tree["commune"], "S"), position=2)
    return quiz


@pytest.fixture
def graded():
    heard = []

    def hear(attempt, **_rest):
        heard.append((attempt.pk, attempt.passed))

    attempt_graded.connect(hear)
    yield heard
    attempt_graded.disconnect(hear)


def hand_in(person, quiz, text=TEXT):
    attempt = attempts.start(person, quiz)
    attempts.save_answer(person, attempt.pk, 0, text)
    right = quiz.sections.get().section_questions.get(position=2).question.current.key["answer"]
    attempts.save_answer(person, attempt.pk, 1, right)
    return attempts.submit(attempt)


def test_an_attempt_waits_is_marked_and_then_has_its_result(cast, quiz, desk, graded):
    attempt = hand_in(cast["lan"], quiz)
    assert (attempt.state, attempt.score, attempt.passed) == (AttemptState.MARKING, None, None)
    assert attempt.submitted_at and graded == []
    assert attempts.submit(attempt).state == AttemptState.MARKING  # submitting again changes nothing
    with pytest.raises(ValueError, match="without a result"):
        review(attempt)
    browser = desk("hung")
    queue = browser.get(reverse("exam_marking")).content.decode()
    page = browser.get(reverse("exam_mark", args=[attempt.pk])).content.decode()
    for text in (queue, page):
        assert f"Attempt {attempt.pk}" in text and cast["lan"].full_name not in text
    assert TEXT in page and "Nêu việc đã xảy ra" in page
    address = reverse("exam_mark", args=[attempt.pk])
    browser.post(address, {"slot": "0", "k-k1": "2", "k-k2": "1"})  # more than the criterion has
    browser.post(address, {"finish": "1"})
    assert not Mark.objects.exists() and graded == []
    browser.post(address, {"slot": "0", "k-k1": "1", "k-k2": "0", "comment": "Cần nêu điều rút ra."})
    browser.post(address, {"slot": "0", "k-k1": "1", "k-k2": "0,75", "comment": "Rõ ràng."})
    assert Mark.objects.count() == 2  # the first stays in the history
    browser.post(address, {"finish": "1"})
    attempt.refresh_from_db()
    # (1 + 0.75) / 2.5 of 5 points, and the choice
    assert (attempt.state, attempt.score, attempt.passed) == (AttemptState.SUBMITTED, Decimal("4.50"), True)
    assert graded == [(attempt.pk, True)]
    item = review(attempt)[0]
    assert (item.points, item.earned) == (Decimal(5), Decimal("3.5"))
    assert item.explanation["comment"] == "Rõ ràng." and item.explanation["outcome"] == "partly"
    assert [one["given"] for one in item.explanation["criteria"]] == ["1", "0,75"]
    assert browser.get(address).status_code == 404
    with pytest.raises(DomainError):
        marking.mark(attempt, 0, {"k1": "1", "k2": "1"}, actor=cast["hung"])


def test_an_empty_essay_needs_nobody(cast, quiz, graded):
    attempt = hand_in(cast["lan"], quiz, text=None)
    assert (attempt.state, attempt.score, attempt.passed) == (AttemptState.SUBMITTED, Decimal(1), False)
    assert graded == [(attempt.pk, False)]


def test_who_marks(cast, quiz, desk):
    """Authors of the quiz's unit and administrators; nobody their own attempt, nobody else at all."""
    attempt, own = hand_in(cast["lan"], quiz), hand_in(cast["hung"], quiz)
    for username, expected in {
        "hung": {attempt.pk},
        "tam": {attempt.pk, own.pk},
        "an": {attempt.pk, own.pk},
        "minh": set(),
        "lan": set(),
        "hoa": set(),
    }.items():
        person = Person.objects.get(username=username)
        assert {one.pk for one in queries.marked_attempts_for(person)} == expected, username
        assert {one.pk for one in (attempt, own) if rules.can_mark(person, one)} == expected, username
        if username in ("minh", "hung"):
            for one in {attempt.pk, own.pk} - expected:
                answer = desk(username).get(reverse("exam_mark", args=[one]))
                assert answer.status_code == 404 and TEXT not in answer.content.decode()


def test_names_are_shown_where_the_quiz_says_so(cast, quiz, desk):
    quiz.anonymous_marking = False
    quiz.save()
    attempt = hand_in(cast["lan"], quiz)
    assert cast["lan"].full_name in desk("hung").get(reverse("exam_mark", args=[attempt.pk])).content.decode()


def test_the_queue_takes_as_many_queries_for_three_as_for_one(cast, quiz, desk):
    browser = desk("tam")
    hand_in(cast["lan"], quiz)
    few = queries_of(lambda: browser.get(reverse("exam_marking")))
    hand_in(cast["hoa"], quiz)
    hand_in(cast["son"], quiz)
    assert queries_of(lambda: browser.get(reverse("exam_marking"))) == few


def test_negative_points_never_make_a_score_below_nothing(cast, tree):
    quiz = make_quiz("AM")
    question = make_question(tree["commune"], "M", "multiple_choice", scoring="negative")
    quiz.sections.get().section_questions.create(question=question, position=1)
    attempt = attempts.start(cast["lan"], quiz)
    wrong = sorted(set(question.current.content["options"]) - set(question.current.key["answer"]))
    attempts.save_answer(cast["lan"], attempt.pk, 0, wrong)
    attempt = attempts.submit(attempt)
    assert (attempt.score, attempt.passed) == (Decimal(0), False)
    assert attempt.points_of(0) == Decimal(-1)


def test_a_course_is_completed_when_its_essay_is_marked(cast, tree, desk):
    """Before the mark the learner sees no key, rubric or result; afterwards all of it, and the course ends."""
    course = small_course()
    section = course.quiz.sections.get()
    hidden = [{"vi": "TIÊU-CHÍ-MẬT", "points": "1"}]
    essay = make_question(tree["commune"], "E", "essay", rubric=hidden, sample="BÀI-MẪU-MẬT")
    blanks = [{"n": 1, "right": "nghe", "wrong": ["nói"], "why": "LÝ-DO-MẬT"}]
    cloze = make_question(tree["commune"], "C", "cloze_select", stem="Lắng {{1}}.", blanks=blanks)
    for position, question in enumerate((essay, cloze), start=8):
        section.section_questions.create(question=question, position=position)
    lan = cast["lan"]
    finish_lessons(lan, course)
    attempt = attempts.start(lan, course.quiz)
    browser, seen = desk("lan"), []
    for slot, part in enumerate(attempt.slots):
        address = reverse("quizzes:question", args=[attempt.pk, slot + 1])
        seen.append(browser.get(address).content.decode())
        if part["version"] == essay.current_id:
            browser.post(address, {"text": TEXT})
        elif part["version"] == cloze.current_id:
            browser.post(address, {"blank-1": cloze.current.key["answer"]["1"]})
    result = reverse("quiz_result", args=[attempt.pk])
    browser.post(reverse("quizzes:submit", args=[attempt.pk]))
    waiting = browser.get(result).content.decode()
    seen.append(waiting)
    assert "Waiting to be marked" in waiting and 'maxlength="3000"' in "".join(seen) and "<select" in "".join(seen)
    assert not [text for text in ("TIÊU-CHÍ-MẬT", "BÀI-MẪU-MẬT", "LÝ-DO-MẬT") if any(text in page for page in seen)]
    assert not Completion.objects.exists()
    marking.mark(attempt, next(i for i, s in enumerate(attempt.slots) if s["version"] == essay.current_id),
                 {"k1": "1"}, "Tốt.", actor=cast["an"])  # fmt: skip
    type(attempt).objects.filter(pk=attempt.pk).update(pass_percent=50)
    marking.finish(attempt, actor=cast["an"])
    assert Completion.objects.get().attempt_id == attempt.pk
    shown = browser.get(result).content.decode()
    assert "TIÊU-CHÍ-MẬT" in shown and "Tốt." in shown
