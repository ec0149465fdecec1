"""What may be seen before submission tells nothing about the key.

The strongest of these tests change the key and nothing else, and demand that what is shown stays the same.
"""

import json
import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds.registry import read_question

from .examples import an_arrangement, answers, minimal, sources, starter, starter_ids, starter_sources

TELLING_NAMES = {
    "accept",
    "accepted",
    "answer",
    "authored",
    "correct",
    "distractors",
    "expected",
    "feedback",
    "incorrect",
    "key",
    "match",
    "outcome",
    "pairs",
    "points",
    "rubric",
    "sample",
    "tolerance",
    "right",
    "scoring",
    "why",
}


def names_in(value):
    if isinstance(value, dict):
        return set(value) | {name for child in value.values() for name in names_in(child)}
    if isinstance(value, list):
        return {name for child in value for name in names_in(child)}
    return set()


def texts_in(value):
    if isinstance(value, dict):
        return [text for child in value.values() for text in texts_in(child)]
    if isinstance(value, list):
        return [text for child in value for text in texts_in(child)]
    return [value] if isinstance(value, str) else []


def shown(kind, body, seed=1, answer=None):
    """All that can reach the learner before submission."""
    arrangement = an_arrangement(kind, body, seed)
    drawn = [kind.present(body.content, arrangement, answer, language) for language in ("vi", "en")]
    return [body.content, arrangement, *drawn]


@pytest.mark.parametrize("question_id", starter_ids())
def test_no_feedback_and_no_part_of_the_key_is_shown(question_id):
    kind, body = starter(question_id)
    everything = shown(kind, body)
    assert not names_in(everything) & TELLING_NAMES
    as_json = json.dumps(everything, ensure_ascii=False)
    for text in texts_in(body.feedback):
        assert text not in as_json
    for accepted in texts_in(body.key.get("accept", {})):
        assert accepted not in as_json


@pytest.mark.parametrize("question_id", starter_ids())
def test_no_text_of_the_source_is_shown_that_is_no_part_of_the_question(question_id):
    source = next(source for source in starter_sources() if source["id"] == question_id)
    kind, body = read_question(source)
    hidden = [source.get("note", ""), *texts_in(source.get("feedback")), *texts_in(source["sources"])]
    hidden += [option["why"] for option in source.get("options", []) if "why" in option]
    as_json = json.dumps(shown(kind, body), ensure_ascii=False)
    assert not [text for text in hidden if text and text in as_json]


@given(sources(), st.integers(0, 2**32))
def test_names_in_any_question(source, seed):
    kind, body = read_question(source)
    assert not names_in(shown(kind, body, seed)) & TELLING_NAMES


def source_order(source):
    """Sorts changed blanks as they stood."""
    numbers = [blank["n"] for blank in source["blanks"]]
    return lambda blank: numbers.index(blank["n"])


def changed_keys(source):
    """The same question with other right answers, feedback, why and scoring."""
    silent = {name: value for name, value in source.items() if name not in ("feedback", "scoring")}
    if "options" in source:
        letters = [option["id"] for option in source["options"]]
        bare = [{name: text for name, text in option.items() if name != "why"} for option in source["options"]]
        several = source["type"] == "multiple_choice"
        for letter in letters:
            yield silent | {"options": bare, "answer": [letter] if several else letter}
        if source.get("shuffle_options", True):
            yield silent | {"options": bare[::-1]}
    elif source["type"] == "true_false":
        yield silent | {"answer": not source["answer"]}
    elif source["type"] == "ordering":
        yield silent | {"items": source["items"][::-1]}
        yield silent | {"items": source["items"][1:] + source["items"][:1]}
    elif source["type"] == "fill_blank":
        yield silent | {"blanks": [blank | {"accept": ["một từ khác"]} for blank in source["blanks"]]}
    elif source["type"] == "cloze_select":
        for blank in source["blanks"]:
            right, *wrong = blank["wrong"] + [blank["right"]]
            others = [other for other in source["blanks"] if other is not blank]
            changed = blank | {"right": right, "wrong": wrong}
            yield silent | {"blanks": sorted([*others, changed], key=source_order(source))}
    elif source["type"] == "essay":
        yield silent | {"rubric": [{"vi": "Tiêu chí khác", "points": "9"}], "sample": "Bài mẫu."}
    elif source["type"] == "matching":
        distractors = source.get("distractors", [])
        rights = [pair["right"] for pair in source["pairs"]] + distractors
        rights = rights[1:] + rights[:1]
        pairs = [{"left": pair["left"], "right": right} for pair, right in zip(source["pairs"], rights, strict=False)]
        yield silent | {"pairs": pairs, "distractors": rights[len(pairs) :]}


@given(sources(), st.integers(0, 2**32))
def test_another_key_shows_the_same(source, seed):
    kind, body = read_question(source)
    for other_source in changed_keys(source):
        _, other = read_question(other_source)
        assert json.dumps(other.content) == json.dumps(body.content)
        if kind.name != "ordering":
            assert shown(kind, other, seed) == shown(kind, body, seed)


@pytest.mark.parametrize("question_id", starter_ids())
def test_another_key_of_a_starter_question_shows_the_same(question_id):
    source = next(source for source in starter_sources() if source["id"] == question_id)
    _, body = read_question(source)
    others = [read_question(other)[1] for other in changed_keys(source)]
    assert others
    for other in others:
        assert json.dumps(other.content) == json.dumps(body.content)


def test_arrangements_of_items_differ_with_the_key_only_where_one_would_give_the_order_away():
    items = ["Một", "Hai", "Ba", "Bốn"]
    kind, body = minimal("ordering", items=items)
    _, other = minimal("ordering", items=items[::-1])
    differing = [seed for seed in range(500) if an_arrangement(kind, body, seed) != an_arrangement(kind, other, seed)]
    for seed in differing:
        first_shuffle = sorted(body.content["items"])
        random.Random(seed).shuffle(first_shuffle)
        assert first_shuffle in (body.key["order"], other.key["order"])
    assert 0 < len(differing) < 100


def test_sorted_ids_are_in_the_right_order_no_more_often_than_chance():
    orders = list(permutations(["Chào", "Nghe", "Hướng dẫn", "Cảm ơn"]))
    keys = [minimal("ordering", items=list(order))[1].key["order"] for order in orders]
    assert sum(key == sorted(key) for key in keys) == 1  # of the 24 orders, exactly one


def test_the_starter_orderings_are_not_sorted_by_id():
    keys = [starter(question_id)[1].key["order"] for question_id in ("A10", "B06", "C07")]
    assert sum(key == sorted(key) for key in keys) == 0


def test_pairs_cannot_be_found_by_sorting():
    """Joining lefts and rights in the order of their ids finds one pair in four, as guessing does."""
    hits = total = 0
    for number in range(300):
        pairs = [{"left": f"Trái {number}.{n}", "right": f"Phải {number}.{n}"} for n in range(4)]
        _, body = minimal("matching", pairs=pairs, distractors=None)
        key = body.key["pairs"]
        guess = dict(zip(sorted(key), sorted(body.content["choices"]), strict=True))
        hits += sum(guess[left] == right for left, right in key.items())
        total += len(key)
    assert 0.18 < hits / total < 0.32


def test_left_and_right_ids_share_nothing():
    _, body = minimal("matching")
    lefts = {left[1:] for left in body.key["pairs"]}
    assert not lefts & {right[1:] for right in body.content["choices"]}


@given(st.data(), sources(), st.integers(0, 2**32))
def test_an_answer_on_screen_does_not_bring_the_key_along(data, source, seed):
    kind, body = read_question(source)
    arrangement = an_arrangement(kind, body, seed)
    answer = data.draw(answers(kind, body))
    drawn = kind.present(body.content, arrangement, answer)
    for other_source in changed_keys(source):
        _, other = read_question(other_source)
        assert kind.present(other.content, arrangement, answer) == drawn
