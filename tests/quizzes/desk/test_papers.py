"""Setting a quiz from nothing; what is drawn from banks, by tag and count, from the stored seed."""

import random
from collections import Counter
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain import attempts, papers, questions, quizzes
from quizzes.domain.drawing import draw_distinct
from quizzes.models import Question, QuestionVersion, Quiz, QuizSection, SectionDraw, Tag
from shared.errors import DomainError
from tests.courses.stage import queries_of

from .conftest import make_question, make_quiz


def drawn(quiz, seed=1) -> list[str]:
    paper, _points = papers.draw(quiz, random.Random(seed))
    versions = QuestionVersion.objects.select_related("question").in_bulk([s["version"] for s in paper["slots"]])
    return [versions[slot["version"]].question.code for slot in paper["slots"]]


def add_draw(quiz, bank, count, tags=(), **fields) -> SectionDraw:
    section = quiz.sections.order_by("position").last()
    position = section.draws.count() + section.section_questions.count() + 1
    draw = SectionDraw.objects.create(section=section, bank=bank, count=count, position=position, **fields)
    draw.tags.set(Tag.objects.filter(code__in=tags))
    return draw


def test_a_quiz_is_made_from_nothing_on_the_desk(cast, units, tree, desk):
    browser = desk("hung")
    for number in range(4):
        make_question(tree["commune"], f"Q{number}")
    rules = {"title": "Bài cuối khóa", "code": "CUOI", "owner_unit": units["LG-TS"].pk, "grace_seconds": 20,
             "max_attempts": 2, "pass_percent": 60, "questions_per_page": 0, "shuffle_questions": "on",
             "shuffle_options": "on", "anonymous_marking": "on", "mode": "examination", "shows": "explanations",
             "shown_when": "at_once", "waiting_minutes": 0}  # fmt: skip
    answer = browser.post(reverse("quiz_desk:add"), rules)
    quiz = Quiz.objects.get(code="CUOI")
    assert answer.url == reverse("exam_paper", args=[quiz.pk])
    assert "This quiz has no questions yet." in browser.get(answer.url).content.decode()
    section = quiz.sections.get()
    chosen = Question.objects.get(code="Q0")
    browser.post(reverse("exam_choose_questions", args=[section.pk]), {"question": [chosen.pk]})
    browser.post(
        reverse("exam_new_draw", args=[section.pk]),
        {"bank": tree["commune"].pk, "with_sub_banks": "on", "count": 2, "points": "1.5", "topic": "M1"},
    )
    page = browser.get(answer.url).content.decode()
    assert "A paper has 3 questions." in page and "2 questions by chance" in page and "no questions" not in page
    paper, points = papers.draw(quiz, random.Random(3))
    assert points == Decimal(1) + 2 * Decimal("1.5")
    assert Counter(slot.get("points") for slot in paper["slots"]) == {None: 1, "1.50": 2}
    frame = browser.get(reverse("exam_paper_frame", args=[quiz.pk]) + "?seed=5").content.decode()
    assert frame.count("question-part") == 3
    assert browser.get(reverse("exam_paper_preview", args=[quiz.pk])).status_code == 200
    # too many: warned, and nobody can start
    draw = section.draws.get()
    browser.post(reverse("exam_part", args=["draw", draw.pk]), {"bank": tree["commune"].pk, "count": 9})
    assert "9 questions are to be drawn, only 3 fit" in browser.get(answer.url).content.decode()
    assert "only 3 fit" in browser.get(reverse("quiz_desk:edit", args=[quiz.pk])).content.decode()
    with pytest.raises(DomainError, match="too few questions"):
        attempts.start(cast["lan"], quiz)
    # order and removal
    place = section.section_questions.get()
    browser.post(reverse("exam_part", args=["question", place.pk]), {"action": "down"})
    assert [type(part).__name__ for part in quizzes.parts_of(section)] == ["SectionDraw", "SectionQuestion"]
    browser.post(reverse("exam_part", args=["draw", draw.pk]), {"action": "remove"})
    browser.post(answer.url)
    assert quiz.sections.count() == 2 and not section.draws.exists()
    browser.post(reverse("exam_part", args=["section", section.pk]), {"action": "remove"})
    browser.post(reverse("exam_part", args=["section", quiz.sections.get().pk]), {"action": "remove"})
    assert quiz.sections.count() == 1  # the last one stays


def test_draws_by_bank_tag_and_count(tree):
    for number in range(6):
        question = make_question(tree["province"] if number % 2 else tree["commune"], f"Q{number}")
        question.tags.add(Tag.objects.get(code="easy" if number < 3 else "hard"))
        if number in (0, 5):
            question.tags.add(Tag.objects.get(code="dress"))
    make_question(tree["ward"], "P0")
    retired = make_question(tree["province"], "ALT")
    Question.objects.filter(pk=retired.pk).update(retired_at="2026-01-01T00:00Z")
    quiz = make_quiz("KT", shuffle_questions=False)
    draw = add_draw(quiz, tree["province"], 1)

    def candidates(*tags, **fields):
        for name, value in fields.items():
            setattr(draw, name, value)
        draw.save()
        draw.tags.set(Tag.objects.filter(code__in=tags))
        found = papers.candidates(SectionDraw.objects.get(pk=draw.pk))
        return set(Question.objects.filter(pk__in=found).values_list("code", flat=True))

    assert candidates() == {"Q0", "Q1", "Q2", "Q3", "Q4", "Q5"}
    assert candidates(with_sub_banks=False) == {"Q1", "Q3", "Q5"}
    assert candidates("easy", with_sub_banks=True) == {"Q0", "Q1", "Q2"}
    assert candidates("easy", "hard", "dress") == {"Q0", "Q5"}  # (easy or hard) and dress
    assert candidates("easy", "dress") == {"Q0"}


def test_a_paper_follows_from_its_seed_and_differs_between_attempts(cast, tree):
    for number in range(12):
        make_question(tree["province"], f"Q{number:02}")
    quiz = make_quiz("KT")
    add_draw(quiz, tree["province"], 4)
    assert drawn(quiz, 7) == drawn(quiz, 7)
    assert len({tuple(drawn(quiz, seed)) for seed in range(20)}) > 15
    attempt = attempts.start(cast["lan"], quiz)
    again, points = papers.draw(quiz, random.Random(attempt.seed))
    assert again == attempt.paper and points == attempt.max_points
    counts = Counter(code for seed in range(300) for code in drawn(quiz, seed))
    assert set(counts) == {f"Q{number:02}" for number in range(12)}
    assert min(counts.values()) > 60 and max(counts.values()) < 145  # 100 expected of each


def test_sections_keep_their_order_and_shuffle_within(tree):
    quiz = make_quiz("KT")
    for number in range(3):
        question = make_question(tree["province"], f"A{number}")
        quiz.sections.get().section_questions.create(question=question, position=number)
    QuizSection.objects.create(quiz=quiz, position=2)
    for number in range(3):
        make_question(tree["ward"], f"B{number}")
    add_draw(quiz, tree["ward"], 3)
    orders = {tuple(drawn(quiz, seed)) for seed in range(30)}
    assert all({code[0] for code in order[:3]} == {"A"} for order in orders) and len(orders) > 10
    quiz.shuffle_questions = False
    assert {tuple(drawn(quiz, seed))[:3] for seed in range(5)} == {("A0", "A1", "A2")}


def test_options_keep_the_authors_order_where_the_quiz_says_so(tree):
    letters = [{"id": letter, "vi": f"Phương án {letter}"} for letter in "abcdefgh"]
    question = make_question(tree["province"], "Q", options=letters, answer="c")
    quiz = make_quiz("KT", shuffle_options=False)
    quiz.sections.get().section_questions.create(question=question, position=1)

    def orders():
        return {tuple(papers.draw(quiz, random.Random(seed))[0]["slots"][0]["arrangement"]) for seed in range(9)}

    assert orders() == {tuple(question.current.key["authored"])}
    quiz.shuffle_options = True
    assert len(orders()) > 5


def test_a_fixed_question_is_not_drawn_again_and_overlapping_draws_share_fairly(tree):
    for number in range(4):
        question = make_question(tree["province"], f"Q{number}")
        question.tags.add(Tag.objects.get(code="easy" if number < 2 else "hard"))
    quiz = make_quiz("KT", shuffle_questions=False)
    quiz.sections.get().section_questions.create(question=Question.objects.get(code="Q3"), position=1)
    add_draw(quiz, tree["province"], 1)  # any; must leave the easy ones to the next draw
    add_draw(quiz, tree["province"], 2, tags=["easy"])
    assert {tuple(sorted(drawn(quiz, seed))) for seed in range(20)} == {("Q0", "Q1", "Q2", "Q3")}
    assert papers.shortages(quiz) == []
    add_draw(quiz, tree["province"], 1)
    assert [found for _draw, found in papers.shortages(quiz)] == [0]


@given(st.lists(st.tuples(st.sets(st.integers(0, 5), max_size=5), st.integers(1, 3)), min_size=1, max_size=3),
       st.integers(0, 2**32))  # fmt: skip
def test_as_many_places_are_filled_as_can_be(pools, seed):
    found = draw_distinct([(sorted(pool), count) for pool, count in pools], random.Random(seed))
    everything = [one for drawn_ones in found for one in drawn_ones]
    assert len(everything) == len(set(everything))
    assert all(set(ones) <= pool and len(ones) <= count for ones, (pool, count) in zip(found, pools, strict=True))
    assert len(everything) == _most(pools)


def _most(pools) -> int:
    """By trying out: the questions are given away in every order, each to the first pool with room, best of all."""
    universe = sorted(set().union(*(pool for pool, _count in pools)))
    best = 0

    def place(index: int, room: tuple[int, ...]) -> int:
        if index == len(universe):
            return 0
        most = place(index + 1, room)
        for number, (pool, _count) in enumerate(pools):
            if universe[index] in pool and room[number]:
                left = tuple(r - (i == number) for i, r in enumerate(room))
                most = max(most, 1 + place(index + 1, left))
        return most

    return max(best, place(0, tuple(count for _pool, count in pools)))


def test_starting_without_draws_asks_the_database_as_often_as_before(tree):
    quiz = make_quiz("KT")
    quiz.sections.get().section_questions.create(question=make_question(tree["province"], "Q"), position=1)
    assert queries_of(lambda: papers.draw(quiz, random.Random(1))) == 1


def test_an_attempt_keeps_the_version_it_took(cast, tree):
    question = make_question(tree["province"], "Q")
    quiz = make_quiz("KT")
    quiz.sections.get().section_questions.create(question=question, position=1)
    attempt = attempts.start(cast["lan"], quiz)
    first = question.current_id
    changed = make_question(tree["province"], "Q", stem="Khác hẳn?")
    assert changed.current_id != first
    questions.move(changed, tree["ward"], actor=cast["an"])
    attempt.refresh_from_db()
    assert [slot["version"] for slot in attempt.slots] == [first]
