"""Marking written answers again once the result stands: nothing given before is lost, and what follows follows."""

from decimal import Decimal

import pytest
from django.urls import reverse

from people.models import AuditEntry
from quizzes.domain import attempts, marking, regrading, remarking
from quizzes.domain.consistency import differences
from quizzes.domain.remarking import NewMark
from quizzes.enums import Decision, ScoreChangeKind
from quizzes.models import Attempt, Mark, Ruling, ScoreChange
from quizzes.signals import attempt_regraded
from shared.errors import DomainError

from .conftest import make_question, make_quiz

TEXT = "Tôi đã xin lỗi bác và hẹn lại giờ."
WHY = {"reason": "Phúc khảo theo đơn của học viên (minh họa)."}


@pytest.fixture
def quiz(tree, units):
    """One essay (criteria of 1 and 1.5 points), worth 5, of the commune; half of it passes."""
    quiz = make_quiz("PK", units["LG-TS"], pass_percent=50)
    essay = make_question(tree["commune"], "E", "essay")
    quiz.sections.get().section_questions.create(question=essay, position=1, points=Decimal(5))
    return quiz


@pytest.fixture
def marked(cast, quiz) -> Attempt:
    """Lan's attempt: 1 of 2.5, that is 2 of 5 points, not passed."""
    attempt = attempts.start(cast["lan"], quiz)
    attempts.save_answer(cast["lan"], attempt.pk, 0, TEXT)
    attempt = attempts.submit(attempt)
    marking.mark(attempt, 0, {"k1": "1", "k2": "0"}, "Cần nêu điều rút ra.", actor=cast["hung"])
    return marking.finish(attempt, actor=cast["hung"])


def again(attempt, cast, given, **terms):
    terms = {"approved_by": cast["quang"], "actor": cast["hung"]} | WHY | terms
    return remarking.mark_again(attempt, {0: given}, **terms)


def test_other_points_make_another_result_and_the_first_is_kept(cast, marked):
    assert (marked.score, marked.passed) == (Decimal(2), False)
    change = again(marked, cast, NewMark({"k1": "1", "k2": "1,5"}, "Đã nêu ở đoạn hai."))
    attempt = Attempt.objects.get()
    assert (attempt.score, attempt.passed) == (Decimal(5), True)
    assert (change.kind, change.old_score, change.old_passed, change.new_score) == (
        ScoreChangeKind.REMARKED, Decimal(2), False, Decimal(5),
    )  # fmt: skip
    assert change.old_points == {"0": "2.0000"}
    assert list(Mark.objects.values_list("given", flat=True)) == [{"k1": "1", "k2": "0"}, {"k1": "1", "k2": "1,5"}]
    entry = AuditEntry.objects.get(action="attempt.marked_again", about=cast["lan"])
    assert entry.actor == cast["hung"]
    assert list(differences()) == []


def test_what_rests_on_the_result_is_told(cast, marked):
    """The courses hear of it in the same transaction, as after another key."""
    heard = []

    def hear(attempt, was_passed, change, **_rest):
        heard.append((attempt.pk, was_passed, attempt.passed, change.kind))

    attempt_regraded.connect(hear)
    try:
        again(marked, cast, NewMark({"k1": "1", "k2": "1.5"}))
    finally:
        attempt_regraded.disconnect(hear)
    assert heard == [(marked.pk, False, True, ScoreChangeKind.REMARKED)]


def test_another_comment_changes_no_result(cast, marked):
    assert again(marked, cast, NewMark({"k1": "1", "k2": "0"}, "Xem lại câu mở đầu.")) is None
    assert not ScoreChange.objects.exists()
    assert Mark.objects.count() == 2


@pytest.mark.parametrize(
    "terms",
    [{"reason": " "}, {"actor": "lan"}, {"approved_by": "lan"}, {"given": {"k1": "1", "k2": "0"}},
     {"given": {"k1": "9", "k2": "0"}}, {"given": {"k1": "1"}}, {"given": {"k1": "-1", "k2": "0"}}],
    ids=["no reason", "one's own", "approved by oneself", "nothing new", "too many", "one missing", "negative"],
)  # fmt: skip
def test_what_is_refused_writes_nothing(cast, marked, terms):
    terms = {name: cast[value] if name in ("actor", "approved_by") else value for name, value in terms.items()}
    comment = "Cần nêu điều rút ra."
    given = NewMark(terms.pop("given", {"k1": "1", "k2": "1"}), comment)
    with pytest.raises(DomainError):
        again(marked, cast, given, **terms)
    assert Mark.objects.count() == 1 and not ScoreChange.objects.exists()
    assert Attempt.objects.get().score == Decimal(2)


def test_an_attempt_that_waits_is_marked_the_first_way(cast, quiz):
    attempt = attempts.start(cast["lan"], quiz)
    attempts.save_answer(cast["lan"], attempt.pk, 0, TEXT)
    with pytest.raises(DomainError):
        again(attempts.submit(attempt), cast, NewMark({"k1": "1", "k2": "1"}))


def test_a_decision_in_force_counts_before_and_after(cast, quiz, marked):
    """Everybody gets the points of the question; other marks change them no more, and a decision is taken once."""
    ruling = regrading.propose(
        quiz, quiz.sections.get().section_questions.get().question.current, Decision.POINTS_FOR_ALL,
        reason="Đề in thiếu.", approved_by=cast["quang"], actor=cast["tam"],
    )  # fmt: skip
    regrading.confirm(ruling, actor=cast["tam"])
    assert again(marked, cast, NewMark({"k1": "0", "k2": "0"})).new_score == Decimal(5)
    assert regrading.apply(ruling.pk) == 0
    assert Ruling.objects.get().applied_at and list(differences()) == []


def test_the_screen_shows_answers_and_marks_and_grades_again(cast, marked, desk):
    address, browser = reverse("examining_mark_again", args=[marked.pk]), desk("hung")
    attempt_page = browser.get(reverse("examining_attempt", args=[marked.pk])).content.decode()
    assert address in attempt_page
    page = browser.get(address).content.decode()
    assert TEXT in page and "Cần nêu điều rút ra." in page and 'name="a0-k-k1" value="1"' in page
    form = {"a0-k-k1": "1", "a0-k-k2": "1,5", "a0-comment": "Đạt.", "approved_by": "quang"}
    missing = browser.post(address, form)
    assert missing.context["form"].errors.keys() == {"reason"}
    assert 'value="1,5"' in missing.content.decode()  # what was typed stands there still
    assert browser.post(address, form | {"reason": "x", "a0-k-k2": "7"}).context["form"].non_field_errors()
    assert Attempt.objects.get().score == Decimal(2)
    done = browser.post(address, form | WHY)
    assert done.url == reverse("examining_attempt", args=[marked.pk])
    assert Attempt.objects.get().score == Decimal(5)
    assert "Marked again" in browser.get(done.url).content.decode()


def test_nobody_else_finds_the_screen(cast, marked, desk):
    for name in ("minh", "lan", "hoa", "son"):
        answer = desk(name).get(reverse("examining_mark_again", args=[marked.pk]))
        assert answer.status_code in (302, 403, 404) and TEXT not in answer.content.decode(), name
