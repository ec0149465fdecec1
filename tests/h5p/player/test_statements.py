"""What is read out of statements, and what is not believed."""

import math

import pytest

from h5p.domain.statements import HIGHEST_SCORE, Unacceptable, read
from tests.h5p.player.stage import PART_A, statement


def test_a_plain_answer():
    found = read(statement(raw=2, highest=3, part=PART_A, parent=True, duration="PT1M2.5S"))
    assert (found.verb, found.part, found.is_child) == ("answered", PART_A, True)
    assert (found.raw, found.max, found.success, found.completion) == (2, 3, False, True)
    assert found.duration == 62.5
    assert found.is_answer
    assert not found.is_finish


@pytest.mark.parametrize("verb", ["answered", "completed", "passed", "failed", "mastered", "consume"])
def test_verbs_that_end_a_run(verb):
    assert read(statement(verb)).is_finish
    assert not read(statement(verb, part=PART_A)).is_finish
    assert not read(statement(verb, parent=True)).is_finish


@pytest.mark.parametrize("verb", ["attempted", "interacted", "progressed", "", "completed-not"])
def test_other_verbs_end_nothing(verb):
    assert not read(statement(verb)).is_finish


def test_the_verb_of_accordions_comes_from_another_vocabulary():
    consumed = statement() | {"verb": {"id": "http://activitystrea.ms/schema/1.0/consume"}}
    assert read(consumed).is_finish


@pytest.mark.parametrize(
    ("raw", "highest"),
    [(999, 1), (1.1, 1), (1, -1), (math.nan, 1), (1, math.inf), ("1", 1), (True, True), (1, HIGHEST_SCORE + 1)],
)
def test_impossible_scores_are_refused(raw, highest):
    with pytest.raises(Unacceptable):
        read(statement(raw=raw, highest=highest))


@pytest.mark.parametrize(
    ("raw", "highest", "expected"),
    [(-3, 4, (0, 4)), (4.0000000001, 4, (4, 4)), (0, 0, (None, None)), (2.5, 4, (2.5, 4))],
)
def test_scores_are_kept_inside_their_limits(raw, highest, expected):
    found = read(statement(raw=raw, highest=highest))
    assert (found.raw, found.max) == expected


@pytest.mark.parametrize("part", ["../../x", "x" * 65, 7, {"a": 1}])
def test_impossible_parts_are_refused(part):
    spoilt = statement()
    spoilt["object"]["definition"]["extensions"]["http://h5p.org/x-api/h5p-subContentId"] = part
    with pytest.raises(Unacceptable):
        read(spoilt)


@pytest.mark.parametrize("thing", [None, 1, "x", [], [{}]])
def test_what_is_no_statement_is_refused(thing):
    with pytest.raises(Unacceptable):
        read(thing)


@pytest.mark.parametrize(
    "thing", [{}, {"verb": 1}, {"object": []}, {"result": "x"}, {"context": {"contextActivities": 1}}]
)
def test_odd_statements_say_nothing(thing):
    found = read(thing)
    assert not found.is_finish
    assert not found.is_answer


def answered(response, **definition) -> str:
    given = statement(raw=1, highest=1, response=response)
    given["object"]["definition"] |= definition
    return read(given).response


CHOICES = [{"id": "0", "description": {"en-US": "<p>Xin chào</p>"}}, {"id": "1", "description": {"en-US": "Xin lỗi\n"}}]


def test_answers_are_kept_in_the_learners_words():
    assert answered("0[,]1", interactionType="choice", choices=CHOICES) == "Xin chào; Xin lỗi"
    assert answered("mèo[,]chó", interactionType="fill-in") == "mèo; chó"
    assert answered("true", interactionType="true-false") == "true"
    assert answered("1[.]0", interactionType="matching", source=CHOICES, target=CHOICES) == "Xin lỗi – Xin chào"
    assert answered("<script>alert(1)</script>x", interactionType="fill-in") == "alert(1)x"
    assert len(answered("x" * 10_000, interactionType="fill-in")) == 2000


def test_the_right_answers_likewise():
    given = statement(raw=1, highest=1)
    given["object"]["definition"] |= {
        "interactionType": "choice",
        "choices": CHOICES,
        "correctResponsesPattern": ["0[,]1", 7],
        "description": {"en-US": "<p>Chọn&nbsp;&amp; nói &lt;b&gt;</p>"},
    }
    found = read(given)
    assert found.correct_pattern == ["Xin chào; Xin lỗi"]
    assert found.interaction_type == "choice"
    assert found.description == "Chọn & nói <b>", "text, escaped where it is shown"


def test_paragraphs_of_a_description_stay_apart():
    told = statement("answered", 1, 2)
    told["object"]["definition"]["description"] = {
        "en-US": "<p>Điền từ còn thiếu</p><p>Hà <b>Nội</b><br/>là th<i>ủ</i> đô</p>"
    }
    assert read(told).description == "Điền từ còn thiếu Hà Nội là thủ đô"
