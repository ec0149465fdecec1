import json
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds.registry import read_question

from .examples import an_arrangement, minimal, sources, starter, starter_ids

seeds = st.integers(0, 2**62)


def parts_of(kind, content):
    return {
        "matching": lambda: sorted(content["choices"]),
        "ordering": lambda: sorted(content["items"]),
        "fill_blank": list,
        "essay": list,
        "cloze_select": lambda: [sorted(content["choices"][number]) for number in content["blanks"]],
    }.get(kind.name, lambda: sorted(content["options"]))()


def _sorted_within(arrangement):
    """The parts sorted; where each blank has its own, those of each blank."""
    return (
        [sorted(order) for order in arrangement]
        if arrangement and isinstance(arrangement[0], list)
        else sorted(arrangement)
    )


@given(sources(), seeds)
def test_an_arrangement_holds_every_part_once(source, seed):
    kind, body = read_question(source)
    arrangement = an_arrangement(kind, body, seed)
    assert _sorted_within(arrangement) == parts_of(kind, body.content)
    assert json.loads(json.dumps(arrangement)) == arrangement


@given(sources(), seeds)
def test_the_same_seed_gives_the_same_arrangement_whatever_the_database_did_to_key_order(source, seed):
    kind, body = read_question(source)
    stored = json.loads(json.dumps(body.content, sort_keys=True))
    first = kind.arrange(body.content, body.key, random.Random(seed))
    assert kind.arrange(stored, body.key, random.Random(seed)) == first


@given(sources("ordering"), seeds)
def test_items_never_come_in_the_right_order(source, seed):
    kind, body = read_question(source)
    assert an_arrangement(kind, body, seed) != body.key["order"]


def test_items_come_in_all_other_orders_about_equally_often():
    kind, body = minimal("ordering", items=["Một", "Hai", "Ba"])
    rng = random.Random(3)
    counts = Counter(tuple(kind.arrange(body.content, body.key, rng)) for _ in range(5000))
    assert len(counts) == 5
    assert all(850 < count < 1150 for count in counts.values())


@pytest.mark.parametrize("kind_name", ["single_choice", "multiple_choice", "scenario"])
def test_options_stay_in_the_authors_order_if_they_must(kind_name):
    kind, body = minimal(kind_name, shuffle_options=False)
    assert {tuple(an_arrangement(kind, body, seed)) for seed in range(20)} == {tuple(body.key["authored"])}


def test_the_starter_question_with_numbers_keeps_its_order():
    kind, body = starter("A01")
    texts = [body.content["options"][option_id]["vi"] for option_id in an_arrangement(kind, body)]
    assert texts == ["Hai", "Ba", "Bốn", "Năm"]


def test_true_comes_before_false():
    kind, body = minimal("true_false")
    assert {tuple(an_arrangement(kind, body, seed)) for seed in range(20)} == {("true", "false")}


@pytest.mark.parametrize("question_id", starter_ids())
def test_starter_questions_are_shuffled(question_id):
    kind, body = starter(question_id)
    seen = {tuple(an_arrangement(kind, body, seed)) for seed in range(50)}
    fixed = kind.name in ("true_false", "fill_blank") or "order" in body.content
    assert (len(seen) == 1) == fixed


@pytest.mark.parametrize(("kind_name", "part"), [("single_choice", "options"), ("matching", "choices")])
def test_every_part_comes_first_about_equally_often(kind_name, part):
    kind, body = minimal(kind_name)
    rng = random.Random(11)
    firsts = Counter(kind.arrange(body.content, body.key, rng)[0] for _ in range(4000))
    even = 4000 / len(body.content[part])
    assert set(firsts) == set(body.content[part])
    assert all(abs(count - even) < 0.15 * even for count in firsts.values())
