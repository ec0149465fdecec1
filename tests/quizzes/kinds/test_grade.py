from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds.registry import KINDS, read_question

from .examples import (
    an_arrangement,
    answers,
    minimal,
    right_answer,
    sources,
    starter,
    starter_ids,
)


def grade(question, answer):
    kind, body = question
    return kind.grade(body.content, body.key, answer)


@pytest.mark.parametrize("question_id", starter_ids())
def test_starter_questions(question_id):
    kind, body = question = starter(question_id)
    assert grade(question, right_answer(kind, body)) == 1
    assert grade(question, None) == 0


@given(st.data(), sources())
def test_a_grade_is_a_share(data, source):
    question = kind, body = read_question(source)
    share = grade(question, data.draw(answers(kind, body)))
    assert isinstance(share, Fraction)
    assert (-1 if source["scoring"] == "negative" else 0) <= share <= 1


@given(sources())
def test_the_right_answer_earns_all_and_none_earns_nothing(source):
    question = kind, body = read_question(source)
    assert grade(question, right_answer(kind, body)) == (0 if kind.marked_by_people else 1)
    assert grade(question, None) == 0
    assert kind.needs_marking(body.content, right_answer(kind, body)) == kind.marked_by_people
    assert not kind.needs_marking(body.content, None)


@given(st.data(), sources(), st.integers(0, 2**32))
def test_shuffling_does_not_touch_the_grade(data, source, seed):
    """What is posted from one arrangement and from another earns the same."""
    kind, body = read_question(source)
    answer = data.draw(answers(kind, body))
    shares = set()
    for arrangement in (an_arrangement(kind, body, seed), an_arrangement(kind, body, seed + 1)):
        explained = kind.explain(body.content, body.key, body.feedback, arrangement, answer)
        shares.add((explained["correct"], explained["outcome"]))
    assert len(shares) == 1
    assert shares.pop()[0] == (grade((kind, body), answer) == 1)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_complete_means_no_part_left(kind):
    _, body = minimal(kind.name)
    assert kind.is_complete(body.content, right_answer(kind, body))
    assert not kind.is_complete(body.content, None)


@pytest.mark.parametrize("kind_name", ["matching", "fill_blank"])
def test_an_answer_with_an_open_part_is_not_complete(kind_name):
    kind, body = minimal(kind_name)
    answer = right_answer(kind, body)
    answer.popitem()
    assert not kind.is_complete(body.content, answer)


@pytest.mark.parametrize("kind_name", ["single_choice", "true_false", "scenario"])
def test_one_choice_is_all_or_nothing(kind_name):
    kind, body = question = minimal(kind_name)
    right = right_answer(kind, body)
    for option_id in body.content["options"]:
        assert grade(question, option_id) == (1 if option_id == right else 0)


@pytest.mark.parametrize(
    ("letters", "partial", "all_or_nothing"),
    [
        ("ab", 1, 1),
        ("a", Fraction(1, 2), 0),
        ("ac", 0, 0),
        ("abc", Fraction(1, 2), 0),
        ("abcd", 0, 0),
        ("cd", 0, 0),
        ("acd", 0, 0),
    ],
)
def test_multiple_choice(letters, partial, all_or_nothing):
    for scoring, expected in (
        ("partial", partial),
        ("all_or_nothing", all_or_nothing),
        (None, all_or_nothing),
    ):
        _, body = question = minimal("multiple_choice", scoring=scoring)
        chosen = sorted(body.key["authored"]["abcd".index(letter)] for letter in letters)
        assert grade(question, chosen) == expected


@pytest.mark.parametrize(("right", "partial", "all_or_nothing"), [(3, 1, 1), (2, Fraction(2, 3), 0), (0, 0, 0)])
def test_matching(right, partial, all_or_nothing):
    for scoring, expected in (
        ("partial", partial),
        ("all_or_nothing", all_or_nothing),
        (None, all_or_nothing),
    ):
        _, body = question = minimal("matching", scoring=scoring)
        pairs = body.key["pairs"]
        distractor = (set(body.content["choices"]) - set(pairs.values())).pop()
        answer = {left: pairs[left] if index < right else distractor for index, left in enumerate(pairs)}
        assert grade(question, answer) == expected


def test_matching_with_open_rows():
    _, body = question = minimal("matching", scoring="partial")
    left, right = next(iter(body.key["pairs"].items()))
    assert grade(question, {left: right}) == Fraction(1, 3)


@pytest.mark.parametrize(
    ("order", "partial"),
    [
        ([0, 1, 2, 3], 1),
        ([1, 2, 3, 0], Fraction(2, 3)),
        ([2, 3, 0, 1], Fraction(2, 3)),
        ([1, 0, 2, 3], Fraction(1, 3)),
        ([0, 1, 3, 2], Fraction(1, 3)),
        ([0, 2, 1, 3], 0),
        ([3, 2, 1, 0], 0),
    ],
)
def test_ordering(order, partial):
    for scoring, expected in (("partial", partial), ("all_or_nothing", int(partial)), (None, int(partial))):
        _, body = question = minimal("ordering", scoring=scoring)
        assert grade(question, [body.key["order"][place] for place in order]) == expected


@given(st.data(), sources("ordering"))
def test_only_the_right_order_earns_all(data, source):
    kind, body = read_question(source)
    answer = data.draw(answers(kind, body))
    assert (grade((kind, body), answer) == 1) == (answer == body.key["order"])


def test_fill_blank():
    one_right = {"1": "lắng nghe", "2": "mỉm cười"}
    assert grade(minimal("fill_blank"), one_right) == Fraction(1, 2)
    assert grade(minimal("fill_blank", scoring="partial"), {"1": "lắng nghe"}) == Fraction(1, 2)
    assert grade(minimal("fill_blank", scoring="all_or_nothing"), one_right) == 0
    assert grade(minimal("fill_blank", scoring="all_or_nothing"), {"1": "lắng nghe", "2": "hỗ trợ"}) == 1


ALL_STEPS = ["nfc", "trim", "casefold", "collapse_spaces"]


@pytest.mark.parametrize(
    ("accepted", "typed", "without_marks", "with_marks", "with_marks_and_case"),
    [
        ("lắng nghe", "lắng nghe", True, True, True),
        ("lắng nghe", "Lắng Nghe", True, True, False),
        ("lắng nghe", "lang nghe", True, False, False),
        ("lắng nghe", "LANG NGHE", True, False, False),
        ("lắng nghe", "lắng nghe.", True, False, False),
        ("lắng nghe", "lắng, nghe", True, False, False),
        ("lắng nghe", "lắngnghe", False, False, False),
        ("lắng nghe", "lắng", False, False, False),
        ("đỏ", "do", True, False, False),
        ("hoà giải", "hòa giải", True, False, False),
        ("Hà Nội", "Hà Nội", True, True, True),
        ("-5", "5", False, False, False),
        ("-5", "-5", True, True, True),
        ("1,5", "15", False, False, False),
        ("1,5", "1,5.", True, False, False),
        ("30/2020/NĐ-CP", "30/2020/nđ-cp", True, True, False),
        ("30/2020/NĐ-CP", "30/2020 nd cp", True, False, False),
        ("87%", "87 %", True, False, False),
        ("+", "+", True, True, True),
        ("+", "-", False, False, False),
    ],
)
def test_matching_of_a_blank(accepted, typed, without_marks, with_marks, with_marks_and_case):
    no_case = [step for step in ALL_STEPS if step != "casefold"]
    for match, expected in (
        (None, without_marks),
        ({"normalise": ALL_STEPS, "ignore_diacritics": True}, without_marks),
        ({"normalise": ALL_STEPS, "ignore_diacritics": False}, with_marks),
        ({"normalise": no_case, "ignore_diacritics": False}, with_marks_and_case),
    ):
        blanks = [{"n": 1, "accept": ["một điều khác", accepted]}]
        question = kind, body = minimal("fill_blank", stem="Là {{1}}.", blanks=blanks, match=match)
        answer = kind.parse(body.content, {"blank-1": [typed]})
        assert grade(question, answer) == int(expected), match


# --- Negative marking, numbers, written answers ------------------------------------------------------------


@given(st.data(), sources("multiple_choice"))
def test_wrong_choices_cost_what_right_ones_earn(data, source):
    kind, body = read_question(source | {"scoring": "negative"})
    _kind, partial = read_question(source | {"scoring": "partial"})
    answer = data.draw(answers(kind, body))
    chosen, right = set(answer or ()), set(body.key["answer"])
    share = grade((kind, body), answer)
    assert share == max(Fraction(-1), Fraction(len(chosen & right) - len(chosen - right), len(right)))
    assert grade((kind, partial), answer) == max(Fraction(0), share)
    more = sorted(chosen | {min(set(body.content["options"]) - right, default="")} - {""})
    if set(more) > chosen:
        assert grade((kind, body), more) <= share  # one wrong choice more never helps


def _numeric(accept, tolerance):
    blanks = [{"n": 1, "accept": accept, "tolerance": tolerance}]
    return minimal("fill_blank", stem="Có {{1}} ngày.", blanks=blanks)


@given(st.integers(-(10**7), 10**7), st.integers(0, 1000), st.integers(-1500, 1500))
def test_a_number_is_right_within_its_tolerance(hundredths, tolerance, off):
    """All numbers in hundredths, typed as in Vietnam and as in English, with and without groups of thousands."""

    def written(number, point, group):
        whole, rest = divmod(abs(number), 100)
        return f"{'-' if number < 0 else ''}{whole:,}".replace(",", group) + f"{point}{rest:02}"

    question = _numeric([written(hundredths, ",", "")], written(tolerance, ",", ""))
    typed = hundredths + off
    for text in (written(typed, ",", "."), written(typed, ".", ","), written(typed, ",", ""), written(typed, ",", " ")):
        assert grade(question, {"1": text}) == (1 if abs(off) <= tolerance else 0), text


@pytest.mark.parametrize(
    ("typed", "right"),
    [("30", 1), ("30 %", 1), ("+30", 1), ("−30", 0), ("ba mươi", 0), ("30 ngày", 0), ("30,5", 1), ("30.51", 0)],
)
def test_how_numbers_are_typed(typed, right):
    assert grade(_numeric(["30"], "0,5"), {"1": typed}) == right


def test_a_dot_may_mean_thousands_or_a_fraction():
    assert grade(_numeric(["1000"], "0"), {"1": "1.000"}) == 1
    assert grade(_numeric(["3,5"], "0"), {"1": "3.5"}) == 1


@given(sources("fill_blank"), st.integers(0, 3))
def test_marks_and_case_do_not_count_unless_the_author_says_so(source, seed):
    from shared.text.fold import drop_marks

    _kind, body = question = read_question(source | {"match": {"ignore_diacritics": True}})
    bare = {number: drop_marks(texts[0]).upper() for number, texts in body.key["accept"].items()}
    assert grade(question, bare) == 1
    strict = read_question(source | {"match": {"ignore_diacritics": False, "normalise": ["nfc", "trim"]}})
    changed = any(typed not in body.key["accept"][number] for number, typed in bare.items())
    assert (grade(strict, bare) == 1) is not changed


@given(st.data(), sources("essay"))
def test_an_examiners_points_make_a_share(data, source):
    kind, body = read_question(source)
    most = {one["id"]: int(one["points"]) for one in body.key["rubric"]}
    given_points = {criterion: data.draw(st.integers(0, 2 * points)) for criterion, points in most.items()}
    typed = {criterion: str(half / 2).replace(".", ",") for criterion, half in given_points.items()}
    share = kind.share_of(body.key, typed)
    assert share == Fraction(sum(given_points.values()), 2 * sum(most.values()))
    for wrong in ("", "-1", "1000", "hai"):
        with pytest.raises(ValueError, match="k1"):
            kind.share_of(body.key, typed | {"k1": wrong})
