import datetime

import pytest

from quizzes.kinds.errors import QuestionError, QuestionErrors
from quizzes.kinds.registry import kind_of, read_question

from .examples import minimal_source

A, B = {"id": "a", "vi": "Một"}, {"id": "b", "vi": "Hai"}
PAIR_1, PAIR_2 = {"left": "Một", "right": "Lẻ"}, {"left": "Hai", "right": "Chẵn"}
BLANK_1 = {"n": 1, "accept": ["đúng"]}

# kind, changed fields (None: taken out), {path of the fault: what its message says}
FAULTS = [
    # every kind
    ("single_choice", {"stem": None}, {"stem": "is missing"}),
    ("single_choice", {"stem": " \u200b "}, {"stem": "is empty"}),
    ("single_choice", {"stem": {"en": "How many?"}}, {"stem.vi": "is missing"}),
    ("single_choice", {"stem": {"vi": "Mấy?", "en": ""}}, {"stem.en": "is empty"}),
    ("single_choice", {"stem": {"vi": "Mấy?", "fr": "Combien ?"}}, {"stem.fr": "is not known here"}),
    ("single_choice", {"stem": 1.5}, {"stem": "put it in quotes"}),
    ("single_choice", {"stem": ["Mấy?"]}, {"stem": "must be text"}),
    ("single_choice", {"stem": "m" * 5001}, {"stem": "longer than 5000"}),
    ("single_choice", {"asnwer": "a"}, {"asnwer": "is not known here; expected one of: answer, "}),
    ("single_choice", {"scenario": "Chuyện"}, {"scenario": "is not known here"}),
    ("single_choice", {"feedback": "Đúng."}, {"feedback": "must be a mapping"}),
    (
        "single_choice",
        {"feedback": {"right": "Đúng."}},
        {"feedback.right": "expected one of: correct, incorrect"},
    ),
    ("single_choice", {"feedback": {"correct": {"en": "Yes."}}}, {"feedback.correct.vi": "is missing"}),
    ("single_choice", {"scoring": "partial"}, {"scoring": "must be one of: all_or_nothing; found partial"}),
    ("multiple_choice", {"scoring": ["partial"]}, {"scoring": "must be one of: all_or_nothing, partial"}),
    # options
    ("single_choice", {"options": None}, {"options": "is missing"}),
    ("single_choice", {"options": "a, b"}, {"options": "must be a list"}),
    ("single_choice", {"options": [B]}, {"options": "at least 2 entries, found 1"}),
    ("single_choice", {"options": [A, "Hai"], "answer": "a"}, {"options[1]": "must be a mapping"}),
    ("single_choice", {"options": [A, B, {"vi": "Ba"}]}, {"options[2].id": "is missing"}),
    ("single_choice", {"options": [A, B, {"id": "c"}]}, {"options[2].vi": "is missing"}),
    (
        "single_choice",
        {"options": [A, B, {"id": "b", "vi": "Ba"}]},
        {"options[2].id": "earlier option too: b"},
    ),
    ("single_choice", {"options": [A, B, {"id": "c", "vi": " Hai"}]}, {"options[2].vi": "same text"}),
    ("single_choice", {"options": [A, B | {"correct": True}]}, {"options[1].correct": "is not known here"}),
    ("single_choice", {"options": [A, B | {"why": ""}]}, {"options[1].why": "is empty"}),
    ("single_choice", {"options": [A, B | {"vi": True}]}, {"options[1].vi": "put it in quotes"}),
    ("single_choice", {"shuffle_options": "no"}, {"shuffle_options": "must be true or false"}),
    (
        "single_choice",
        {"options": [{"id": f"o{n}", "vi": f"Số {n}"} for n in range(27)], "answer": "o1"},
        {"options": "at most 26 entries, found 27"},
    ),
    # answers
    ("single_choice", {"answer": None}, {"answer": "is missing"}),
    ("single_choice", {"answer": "c"}, {"answer": "points at no option: c; expected one of: a, b"}),
    ("single_choice", {"answer": ["b"]}, {"answer": "must name one option"}),
    ("single_choice", {"answer": True}, {"answer": "points at no option"}),
    ("scenario", {"scenario": None}, {"scenario": "is missing"}),
    ("scenario", {"answer": "z"}, {"answer": "points at no option"}),
    ("multiple_choice", {"answer": "a"}, {"answer": "must be a list"}),
    ("multiple_choice", {"answer": []}, {"answer": "at least 1 entries"}),
    ("multiple_choice", {"answer": ["a", "x"]}, {"answer[1]": "points at no option: x"}),
    ("multiple_choice", {"answer": ["a", "b", "a"]}, {"answer[2]": "an earlier entry names too"}),
    ("true_false", {"answer": None}, {"answer": "is missing"}),
    ("true_false", {"answer": "đúng"}, {"answer": "must be true or false"}),
    ("true_false", {"options": [A, B]}, {"options": "is not known here"}),
    # matching
    ("matching", {"pairs": None}, {"pairs": "is missing"}),
    ("matching", {"pairs": [PAIR_1]}, {"pairs": "at least 2 entries"}),
    ("matching", {"pairs": [PAIR_1, {"left": "Hai"}]}, {"pairs[1].right": "is missing"}),
    ("matching", {"pairs": [PAIR_1, PAIR_2 | {"left": ""}]}, {"pairs[1].left": "is empty"}),
    ("matching", {"pairs": [PAIR_1, PAIR_2 | {"left": {"en": "Two"}}]}, {"pairs[1].left.vi": "is missing"}),
    ("matching", {"pairs": [PAIR_1, PAIR_2, PAIR_1]}, {"pairs[2].left": "same text"}),
    ("matching", {"pairs": [PAIR_1, PAIR_2 | {"right": "Lẻ"}]}, {"pairs": "two different right sides"}),
    (
        "matching",
        {"pairs": [PAIR_1, PAIR_2], "distractors": ["Lẻ"]},
        {"distractors[0]": "so it is no distractor"},
    ),
    ("matching", {"distractors": ["Thừa", "Thừa"]}, {"distractors[1]": "an earlier distractor"}),
    ("matching", {"distractors": ["Thừa", ""]}, {"distractors[1]": "is empty"}),
    ("matching", {"distractors": "Thừa"}, {"distractors": "must be a list"}),
    # ordering
    ("ordering", {"items": ["Một", "Hai"]}, {"items": "at least 3 entries, found 2"}),
    ("ordering", {"items": ["Một", "Hai", "Một"]}, {"items[2]": "same text"}),
    ("ordering", {"items": ["Một", "", None]}, {"items[1]": "is empty", "items[2]": "is missing"}),
    ("ordering", {"items": ["Một", "Hai", {"vi": "Ba", "id": "c"}]}, {"items[2].id": "is not known here"}),
    ("ordering", {"items": ["Một", "Hai", datetime.date(2018, 12, 27)]}, {"items[2]": "put it in quotes"}),
    ("ordering", {"answer": [1, 2, 3]}, {"answer": "is not known here"}),
    # fill_blank
    ("fill_blank", {"blanks": []}, {"blanks": "at least 1 entries", "stem": "no entry with n: 1"}),
    ("fill_blank", {"stem": "Không có chỗ trống."}, {"stem": "no place for blank 1; write {{1}}"}),
    ("fill_blank", {"stem": "{{1}} {{2}} {{3}}"}, {"stem": "has {{3}}, but blanks has no entry with n: 3"}),
    ("fill_blank", {"stem": "{{1}} {{2}} {{1}}"}, {"stem": "has {{1}} more than once"}),
    ("fill_blank", {"stem": "{{1}} {{2}} {{a}}"}, {"stem": "has {{ that is no blank"}),
    ("fill_blank", {"stem": {"vi": "{{1}} {{2}}", "en": "Only {{1}}"}}, {"stem.en": "no place for blank 2"}),
    (
        "fill_blank",
        {"stem": "{{1}}", "blanks": [BLANK_1, BLANK_1]},
        {"blanks[1].n": "an earlier blank too: 1"},
    ),
    ("fill_blank", {"stem": "{{1}}", "blanks": [{"accept": ["x"]}]}, {"blanks[0].n": "is missing"}),
    ("fill_blank", {"stem": "{{1}}", "blanks": [BLANK_1 | {"n": "1"}]}, {"blanks[0].n": "from 1 to 99"}),
    ("fill_blank", {"stem": "{{1}}", "blanks": [{"n": 1}]}, {"blanks[0].accept": "is missing"}),
    ("fill_blank", {"stem": "{{1}}", "blanks": [{"n": 1, "accept": []}]}, {"blanks[0].accept": "at least 1"}),
    (
        "fill_blank",
        {"stem": "{{1}}", "blanks": [{"n": 1, "accept": "x"}]},
        {"blanks[0].accept": "must be a list"},
    ),
    (
        "fill_blank",
        {"stem": "{{1}}", "blanks": [{"n": 1, "accept": ["x", " ", 1.5, "y" * 501]}]},
        {
            "blanks[0].accept[1]": "is empty",
            "blanks[0].accept[2]": "put it in quotes",
            "blanks[0].accept[3]": "longer than the 500 characters",
        },
    ),
    ("fill_blank", {"match": {"fuzzy": True}}, {"match.fuzzy": "is not known here"}),
    ("fill_blank", {"match": {"normalise": ["nfkc"]}}, {"match.normalise[0]": "expected one of: nfc, trim"}),
    (
        "fill_blank",
        {"match": {"ignore_diacritics": "yes"}},
        {"match.ignore_diacritics": "must be true or false"},
    ),
]


@pytest.mark.parametrize(("kind_name", "changes", "expected"), FAULTS)
def test_faults_are_named_with_their_place(kind_name, changes, expected):
    with pytest.raises(QuestionErrors) as caught:
        kind_of(kind_name).from_source(minimal_source(kind_name, **changes))
    found = {}
    for error in caught.value:
        found.setdefault(error.field, []).append(error.message)
    assert set(found) == set(expected)
    for field, words in expected.items():
        assert any(words in message for message in found[field]), found[field]


def test_all_faults_of_a_question_come_together():
    source = minimal_source("single_choice", stem="", answer="x", options=[A, B, A], colour="red")
    with pytest.raises(QuestionErrors) as caught:
        read_question(source)
    fields = [error.field for error in caught.value.errors]
    assert fields == ["colour", "stem", "options[2].id", "options[2].vi", "answer"]
    assert len(caught.value) == 5
    assert "options[2].id: is used by an earlier option too: a" in str(caught.value)


@pytest.mark.parametrize("source", [None, [], "câu hỏi", {}, {"type": "drawing"}, {"type": ["single_choice"]}])
def test_a_question_without_a_known_type(source):
    with pytest.raises(QuestionErrors) as caught:
        read_question(source)
    assert [error.field for error in caught.value] == ["type"]
    assert "single_choice, multiple_choice" in caught.value.errors[0].message


@pytest.mark.parametrize("kind_name", ["single_choice", "true_false", "matching", "ordering", "fill_blank"])
@pytest.mark.parametrize("source", [None, [], "câu hỏi", 7])
def test_what_is_no_mapping_is_one_fault(kind_name, source):
    with pytest.raises(QuestionErrors) as caught:
        kind_of(kind_name).from_source(source)
    assert [str(error) for error in caught.value] == ["must be a mapping of names to values"]


def test_a_question_of_another_type():
    with pytest.raises(QuestionErrors) as caught:
        kind_of("ordering").from_source(minimal_source("ordering") | {"type": "matching"})
    assert str(caught.value) == "type: must be ordering here; found matching"


def test_messages_can_be_translated():
    error = QuestionError("answer", "points at no option: %(found)s", {"found": "x"})
    assert error.template % error.params == error.message == "points at no option: x"
