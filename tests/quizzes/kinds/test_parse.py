import time
import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds.errors import AnswerError
from quizzes.kinds.registry import KINDS, read_question

from .examples import an_arrangement, answers, form_of, minimal, right_answer, sources


class PostedForm(dict):
    """Behaves as Django's QueryDict does: item access gives the last value, getlist all."""

    def __getitem__(self, name):
        return super().__getitem__(name)[-1]

    def getlist(self, name):
        return list(super().get(name, []))


def parse(question, data):
    kind, body = question
    return kind.parse(body.content, data)


@given(st.data(), sources())
def test_what_a_form_posts_is_the_answer(data, source):
    kind, body = read_question(source)
    answer = data.draw(answers(kind, body))
    form = form_of(kind, answer)
    assert kind.parse(body.content, form) == answer
    assert kind.parse(body.content, PostedForm(form)) == answer


@given(st.data(), sources())
def test_a_form_filled_from_present_posts_the_same_answer(data, source):
    kind, body = read_question(source)
    answer = data.draw(answers(kind, body))
    drawn = kind.present(body.content, an_arrangement(kind, body), answer)
    shown = kind.parse(body.content, posted_by_browser(drawn))
    assert shown == (an_arrangement(kind, body) if kind.name == "ordering" and answer is None else answer)


def posted_by_browser(drawn):
    """What a browser sends for the fields drawn."""
    if "rows" in drawn:
        return {row["field"]: [row["selected"]] for row in drawn["rows"]}
    if "items" in drawn:
        return {drawn["field"]: [item["id"] for item in drawn["items"]]}
    if "parts" in drawn:
        return {part["field"]: _filled(part) for part in drawn["parts"] if "field" in part}
    if "longest" in drawn:
        return {drawn["field"]: [drawn["value"]]}
    return {drawn["field"]: [option["id"] for option in drawn["options"] if option["checked"]]}


def _filled(part):
    if "choices" in part:
        return [choice["id"] for choice in part["choices"] if choice["selected"]] or [""]
    return [part["value"]]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("data", [{}, PostedForm(), {"csrfmiddlewaretoken": ["x"], "unknown": ["y"]}])
def test_nothing_answered(kind, data):
    _, body = minimal(kind.name)
    assert kind.parse(body.content, data) is None


@pytest.mark.parametrize("kind_name", ["single_choice", "true_false", "scenario"])
def test_one_choice(kind_name):
    kind, body = question = minimal(kind_name)
    right = right_answer(kind, body)
    assert parse(question, {"choice": [right]}) == right
    assert parse(question, {"choice": right}) == right
    assert parse(question, {"choice": ["o00000000"]}) is None
    assert parse(question, {"choice": [""]}) is None
    with pytest.raises(AnswerError, match="Only one value can be given here, but 2 came"):
        parse(question, {"choice": list(body.content["options"])[:2]})


def test_multiple_choice_ignores_unknown_and_repeated_ids():
    kind, body = question = minimal("multiple_choice")
    right = right_answer(kind, body)
    assert parse(question, {"choices": [right[1], "o00000000", right[0], right[1], ""]}) == right
    assert parse(question, {"choices": ["o00000000"]}) is None


def test_matching_ignores_unknown_rows_and_choices_and_leaves_rows_open():
    question = minimal("matching")
    (left, right), (other, _), _ = right_answer(*question).items()
    data = {f"pair-{left}": [right], f"pair-{other}": [""], "pair-l00000000": [right]}
    assert parse(question, data) == {left: right}
    assert parse(question, {f"pair-{left}": ["r00000000"]}) is None
    with pytest.raises(AnswerError) as caught:
        parse(question, {f"pair-{left}": [right, right]})
    assert caught.value.field == f"pair-{left}"


def test_one_choice_may_be_given_to_two_rows():
    _, body = question = minimal("matching")
    rows = [row["id"] for row in body.content["rows"]]
    choice = next(iter(body.content["choices"]))
    assert parse(question, {f"pair-{row}": [choice] for row in rows}) == dict.fromkeys(rows, choice)


def test_fill_blank_normalises_what_was_typed():
    question = minimal("fill_blank")
    typed = unicodedata.normalize("NFD", " Lắng\u00a0 nghe\u200b ")
    assert parse(question, {"blank-1": [typed], "blank-2": [" "], "blank-7": ["x"]}) == {"1": "Lắng nghe"}


@pytest.mark.parametrize(
    "data",
    [
        {"blank-1": ["x" * 501]},
        {"blank-1": ["e\u0301" * 501]},
        {"blank-1": ["\u0301\u0323" * 1_000_000]},
        {"blank-1": ["một", "hai"]},
        {"blank-1": [1]},
        {"blank-1": 1},
        {"blank-1": {"text": "một"}},
    ],
    ids=["long", "long composed", "endless marks", "two values", "number", "no list", "mapping"],
)
def test_malformed_blanks(data):
    began = time.perf_counter()
    with pytest.raises(AnswerError) as caught:
        parse(minimal("fill_blank"), data)
    assert caught.value.field == "blank-1"
    assert caught.value.message.endswith((".", "again."))
    assert time.perf_counter() - began < 0.5


def test_decomposed_text_may_take_more_room_while_it_is_posted():
    typed = unicodedata.normalize("NFD", "ệ" * 500)
    assert parse(minimal("fill_blank"), {"blank-1": [typed]}) == {"1": "ệ" * 500}


@pytest.mark.parametrize("kind_name", ["single_choice", "multiple_choice", "ordering"])
def test_endless_ids_are_refused(kind_name):
    field = {"single_choice": "choice", "multiple_choice": "choices", "ordering": "order"}[kind_name]
    with pytest.raises(AnswerError, match="longer than 500 characters"):
        parse(minimal(kind_name), {field: ["x" * 501]})


class TestOrdering:
    question = minimal("ordering")
    right = right_answer(*question)

    def parse(self, data):
        return parse(self.question, data)

    def positions(self, *numbers):
        return {f"position-{item_id}": [number] for item_id, number in zip(self.right, numbers, strict=True)}

    def test_list(self):
        assert self.parse({"order": self.right[::-1]}) == self.right[::-1]
        assert self.parse({"order": ["i00000000", *self.right]}) == self.right
        assert self.parse({"order": ["i00000000"]}) is None

    @pytest.mark.parametrize("indexes", [[0, 1, 2], [0, 1, 2, 2], [0, 1, 2, 3, 3]])
    def test_list_that_is_no_permutation(self, indexes):
        with pytest.raises(AnswerError, match="each line once"):
            self.parse({"order": [self.right[index] for index in indexes]})

    def test_positions(self):
        assert self.parse(self.positions("1", "2", "3", "4")) == self.right
        assert self.parse(self.positions("4", " 3", "2 ", "1")) == self.right[::-1]
        assert self.parse(self.positions("", "", "", "")) is None

    def test_positions_win_over_the_list(self):
        assert self.parse(self.positions("2", "1", "3", "4") | {"order": self.right}) == [
            self.right[1],
            self.right[0],
            *self.right[2:],
        ]
        assert self.parse(self.positions("", "", "", "") | {"order": self.right}) == self.right

    @pytest.mark.parametrize(
        "numbers",
        [
            ("1", "2", "3", "3"),
            ("1", "2", "3", ""),
            ("0", "1", "2", "3"),
            ("1", "2", "3", "5"),
            ("1", "2", "3", "x"),
            ("1", "2", "3", "-4"),
            ("1", "2", "3", "4.0"),
            ("1", "2", "3", "9" * 400),
            ("1", "2", "3", "²"),
        ],
    )
    def test_positions_that_are_no_permutation(self, numbers):
        with pytest.raises(AnswerError, match="its own number from 1 to 4"):
            self.parse(self.positions(*numbers))

    def test_moves(self):
        a, b, c, d = self.right
        assert self.parse({"order": self.right, "move": [f"up:{b}"]}) == [b, a, c, d]
        assert self.parse({"order": self.right, "move": [f"down:{b}"]}) == [a, c, b, d]
        assert self.parse(self.positions("4", "3", "2", "1") | {"move": [f"up:{a}"]}) == [d, c, a, b]

    def test_moves_beyond_the_ends_and_of_unknown_items_change_nothing(self):
        first, last = self.right[0], self.right[-1]
        for move in (f"up:{first}", f"down:{last}", "up:i00000000", "up:", "up"):
            assert self.parse({"order": self.right, "move": [move]}) == self.right

    @pytest.mark.parametrize("move", ["sideways:i1", "UP:i1", "x", ":"])
    def test_unknown_moves(self, move):
        with pytest.raises(AnswerError, match="not known"):
            self.parse({"order": self.right, "move": [move]})

    def test_a_move_needs_the_order_it_changes(self):
        with pytest.raises(AnswerError):
            self.parse({"move": [f"up:{self.right[0]}"]})

    @given(
        st.permutations(minimal("ordering")[1].key["order"]),
        st.lists(st.tuples(st.booleans(), st.integers(0, 3))),
    )
    def test_any_moves_keep_every_item(self, order, moves):
        for up, index in moves:
            move = f"{'up' if up else 'down'}:{self.right[index]}"
            order = self.parse({"order": order, "move": [move]})
        assert sorted(order) == sorted(self.right)


@given(
    sources(),
    st.dictionaries(
        st.sampled_from(["choice", "choices", "order", "move", "blank-1", "blank-2", "position-x"]),
        st.lists(st.text(max_size=20) | st.integers() | st.none(), max_size=4) | st.text(max_size=5) | st.integers(),
    ),
)
def test_rubbish_gives_an_answer_or_an_answer_error(source, data):
    kind, body = read_question(source)
    answer = None
    with suppress(AnswerError):
        answer = kind.parse(body.content, data)
    assert 0 <= kind.grade(body.content, body.key, answer) <= 1
