"""After the examination: another key, void questions, reopened attempts; nothing is lost and everything agrees."""

import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from courses.domain import doubts
from courses.enums import CertificateState, DoubtOutcome
from courses.models import Certificate, Completion, Doubt
from notices.models import Notice
from people.models import AuditEntry
from quizzes.domain import attempts, questions, regrading, reopening
from quizzes.domain.review import review
from quizzes.enums import AttemptState, Decision, Shown
from quizzes.kinds.base import QuestionBody
from quizzes.models import Attempt, Quiz, Response, Ruling, ScoreChange
from shared.errors import DomainError
from tests.cast import answer_all, finish_lessons
from tests.quizzes import taking


def take(person, course, wrong: tuple[int, ...] = (), submit: bool = True) -> Attempt:
    """Everything right but for the questions with these version ids, whose answer is another option."""
    finish_lessons(person, course)
    attempt = attempts.start(person, course.quiz)
    answer_all(person, attempt)
    for slot in range(len(attempt.slots)):
        version = taking.version_at(attempt, slot)
        if version.pk in wrong:
            attempts.save_answer(person, attempt.pk, slot, other_option(version))
    return attempts.submit(attempt) if submit else attempt


def other_option(version) -> str:
    return next(option for option in sorted(version.content["options"]) if option != version.key["answer"])


@pytest.fixture
def version(course):
    """A single choice question of the quiz, whose key turns out to be wrong."""
    rows = course.quiz.sections.get().section_questions.filter(question__current__kind="single_choice")
    return rows.order_by("position").first().question.current


@pytest.fixture
def correct(version):
    """A function: writes the version with the right key, after the examination."""

    def do():
        body = QuestionBody(version.content, version.key | {"answer": other_option(version)}, version.feedback)
        question = version.question
        return questions.save_question(question.bank, question.code, version.kind, version.points, body).current

    return do


@pytest.fixture
def decide(course, cast, version):
    """A function: proposes a decision about the question."""

    def do(decision=Decision.CORRECTED, key_version=None, about=None) -> Ruling:
        return regrading.propose(
            course.quiz,
            about or version,
            decision,
            key_version=key_version,
            reason="Đáp án sai (minh họa).",
            approved_by=cast["quang"],
            actor=cast["tam"],
        )

    return do


def carry_out(ruling, cast) -> int:
    regrading.confirm(ruling, actor=cast["tam"])
    return regrading.apply(ruling.pk)


def differences() -> list[str]:
    out = StringIO()
    try:
        call_command("check_consistency", stdout=out)
    except CommandError:
        return out.getvalue().splitlines()
    return []


def set_pass_mark(course, percent: int) -> None:
    Quiz.objects.filter(pk=course.quiz_id).update(pass_percent=percent)
    course.quiz.refresh_from_db()


def test_a_corrected_key_is_tried_dry_then_applied_and_completions_follow(course, cast, version, correct, decide):
    set_pass_mark(course, 100)
    lan = take(cast["lan"], course, wrong=(version.pk,))  # right by the corrected key
    minh = take(cast["minh"], course)  # wrong by the corrected key; has a certificate
    open_one = take(cast["hung"], course, wrong=(version.pk,), submit=False)
    certificate = Certificate.objects.get(person=cast["minh"])
    corrected = correct()
    ruling = decide(key_version=corrected)
    before = list(Attempt.objects.order_by("pk").values())
    seen = regrading.preview(ruling)
    assert (seen.concerned, len(seen.changed)) == (2, 2)
    assert [one.attempt.pk for one in seen.newly_passed] == [lan.pk]
    assert [one.attempt.pk for one in seen.no_longer_passed] == [minh.pk]
    assert list(Attempt.objects.order_by("pk").values()) == before
    assert regrading.apply(ruling.pk) == 0  # not confirmed: nothing happens
    assert carry_out(ruling, cast) == 2
    lan.refresh_from_db()
    minh.refresh_from_db()
    assert (lan.score, lan.passed) == (lan.max_points, True)
    assert (minh.score, minh.passed) == (minh.max_points - version.points, False)
    history = ScoreChange.objects.get(attempt=minh)
    assert (history.old_score, history.old_passed, history.new_passed) == (minh.max_points, True, False)
    assert history.reason == "Đáp án sai (minh họa)."
    assert Completion.objects.filter(person=cast["lan"]).exists()
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.VALID
    assert Doubt.objects.get().completion.person == cast["minh"]
    assert set(Notice.objects.filter(kind="result_changed").values_list("person", flat=True)) == {
        cast["lan"].pk,
        cast["minh"].pk,
    }
    assert attempts.submit(open_one).passed is True
    assert regrading.apply(ruling.pk) == 0
    assert ScoreChange.objects.count() == 2
    assert differences() == []
    shown = next(item for item in review(minh) if item.points != item.earned)
    assert shown.explanation["expected"] == [version.content["options"][corrected.key["answer"]]["vi"]]


def test_the_owner_decides_what_becomes_of_a_certificate_in_question(course, cast, version, correct, decide):
    set_pass_mark(course, 100)
    for name in ("minh", "hung"):
        take(cast[name], course)
    carry_out(decide(key_version=correct()), cast)
    first, second = Doubt.objects.order_by("pk")
    with pytest.raises(DomainError):
        doubts.settle(first, DoubtOutcome.KEPT, " ", actor=cast["tam"])
    doubts.settle(first, DoubtOutcome.KEPT, "Lỗi của ban tổ chức.", actor=cast["tam"])
    doubts.settle(second, DoubtOutcome.REVOKED, "Kết quả không còn đạt.", actor=cast["tam"])
    states = [doubt.completion.certificate.state for doubt in Doubt.objects.order_by("pk")]
    assert states == [CertificateState.VALID, CertificateState.REVOKED]
    with pytest.raises(DomainError):
        doubts.settle(first, DoubtOutcome.REVOKED, "Lại.", actor=cast["tam"])


@pytest.mark.parametrize("decision", [Decision.POINTS_FOR_ALL, Decision.TAKEN_OUT])
def test_a_void_question_gives_its_points_to_all_or_leaves_the_total(course, cast, version, decide, decision):
    wrong, right = take(cast["lan"], course, wrong=(version.pk,)), take(cast["minh"], course)
    silent = attempts.start(cast["hung"], course.quiz)
    attempts.submit(silent)
    highest = right.max_points
    carry_out(decide(decision), cast)
    for attempt in (wrong, right, silent):
        attempt.refresh_from_db()
    if decision == Decision.POINTS_FOR_ALL:
        assert (wrong.score, right.score, silent.score) == (highest, highest, version.points)
        assert wrong.max_points == highest
    else:
        assert wrong.score == right.score == wrong.max_points == highest - version.points
        assert silent.score == 0
    later = take(cast["binh"], course, wrong=(version.pk,))
    assert (later.score, later.max_points) == (wrong.score, wrong.max_points)
    assert {item.decision for item in review(later)} == {"", decision}
    assert differences() == []


def test_a_later_decision_takes_the_place_of_an_earlier_one_and_history_keeps_both(course, cast, version, decide):
    attempt = take(cast["lan"], course, wrong=(version.pk,))
    scores = [attempt.score]
    for decision in (Decision.POINTS_FOR_ALL, Decision.TAKEN_OUT):
        carry_out(decide(decision), cast)
        attempt.refresh_from_db()
        scores.append(attempt.score)
    history = ScoreChange.objects.order_by("pk")
    assert [change.old_score for change in history] == scores[:2]
    assert history[1].new_score == scores[2] == attempt.score
    assert differences() == []


def test_a_key_for_other_options_is_refused_and_a_proposal_can_be_taken_back(course, cast, version, decide):
    options = dict(version.content["options"])
    options["o00000000"] = options.pop(sorted(options)[0])
    body = QuestionBody(version.content | {"options": options}, version.key, version.feedback)
    question = version.question
    other = questions.save_question(question.bank, question.code, version.kind, version.points, body).current
    for key_version in (other, None):
        with pytest.raises(DomainError):
            decide(key_version=key_version)
    ruling = decide(Decision.TAKEN_OUT)
    regrading.discard(ruling, actor=cast["tam"])
    assert not Ruling.objects.exists()
    confirmed = decide(Decision.TAKEN_OUT)
    regrading.confirm(confirmed, actor=cast["tam"])
    with pytest.raises(DomainError):
        regrading.discard(confirmed, actor=cast["tam"])
    actions = AuditEntry.objects.filter(action__startswith="ruling.").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["ruling.proposed", "ruling.discarded", "ruling.proposed", "ruling.confirmed"]


def test_a_reopened_attempt_goes_on_where_it_was_and_its_first_result_is_kept(course, cast):
    finish_lessons(cast["lan"], course)
    attempt = attempts.start(cast["lan"], course.quiz)
    slot = taking.slot_of_kind(attempt, "single_choice")
    attempts.save_answer(cast["lan"], attempt.pk, slot, taking.version_at(attempt, slot).key["answer"])
    attempts.submit(attempt)
    first = Attempt.objects.get()
    terms = {"minutes": 30, "reason": "Mất điện toàn xã.", "approved_by": cast["quang"]}
    with pytest.raises(DomainError):
        reopening.reopen(first, **terms | {"reason": ""}, actor=cast["tam"])
    reopening.reopen(first, **terms, actor=cast["tam"])
    again = Attempt.objects.get()
    assert (again.state, again.score, again.submitted_at) == (AttemptState.IN_PROGRESS, None, None)
    assert again.earned == {}
    assert differences() == []
    answer_all(cast["lan"], again)
    assert attempts.submit(again).passed is True
    assert Completion.objects.get().score == again.max_points
    assert ScoreChange.objects.get().old_score == first.score
    with pytest.raises(DomainError):
        reopening.reopen(Attempt.objects.get(), **terms, actor=cast["tam"])
    assert AuditEntry.objects.filter(action="attempt.reopened", about=cast["lan"]).count() == 1


def test_an_attempt_beside_an_open_one_is_not_reopened(course, cast):
    finish_lessons(cast["lan"], course)
    first = attempts.submit(attempts.start(cast["lan"], course.quiz))
    attempts.start(cast["lan"], course.quiz)
    with pytest.raises(DomainError):
        reopening.reopen(first, minutes=5, reason="Lý do", approved_by=cast["quang"], actor=cast["tam"])


def test_what_the_review_tells_is_what_the_level_lets_through(course, cast, version):
    attempt = take(cast["lan"], course, wrong=(version.pk,))
    verdict = version.feedback["incorrect"]["vi"]
    told = {level: json.dumps([vars(item) for item in review(attempt, level)], default=str, ensure_ascii=False)
            for level in Shown}  # fmt: skip
    assert told[Shown.NOTHING] == told[Shown.SCORE] == "[]"
    assert [level for level in Shown if '"given"' in told[level]] == [Shown.OUTCOMES, Shown.ANSWERS, Shown.EXPLANATIONS]
    assert [level for level in Shown if '"expected"' in told[level]] == [Shown.ANSWERS, Shown.EXPLANATIONS]
    assert [level for level in Shown if verdict in told[level]] == [Shown.EXPLANATIONS]


# --- check_consistency ------------------------------------------------------------------------------------------------


def test_the_check_finds_what_was_changed_behind_its_back(course, cast, tmp_path):
    attempt = take(cast["lan"], course)
    assert differences() == []
    Attempt.objects.update(score=Decimal("1.00"))
    Certificate.objects.update(number=7)
    target = tmp_path / "found.json"
    with pytest.raises(CommandError):
        call_command("check_consistency", json=str(target), stdout=StringIO())
    found = json.loads(target.read_text())
    assert {(one["of"], one["id"]) for one in found["differences"]} >= {("attempt", attempt.pk)}
    assert {one["of"] for one in found["differences"]} == {"attempt", "completion", "register"}
    assert found["checked"]["attempts"] == 1


def test_the_check_reads_the_newest_event_of_every_slot(course, cast):
    take(cast["lan"], course)
    attempt = Attempt.objects.get()
    slot = next(slot for slot in range(len(attempt.slots)) if attempt.points_of(slot))
    Response.objects.filter(slot=slot).update(answer=None)
    assert any("answer" in line for line in differences())
