"""Ordering: steps to be put in their right order."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any, ClassVar

from quizzes.kinds.base import ALL_OR_NOTHING, ALL_RIGHT, NOTHING_RIGHT, PARTIAL, QuestionBody, QuestionKind
from quizzes.kinds.editor import Rows, Text
from quizzes.kinds.errors import AnswerError, gettext_noop
from quizzes.kinds.feedback import read_why, why_of, written_why
from quizzes.kinds.form import posted, posted_one
from quizzes.kinds.neutral_ids import neutral_id
from quizzes.kinds.source import SourceReader
from quizzes.kinds.texts import MAIN_LANGUAGE, Texts, as_written, drawn, in_language
from quizzes.kinds.wording import WHY

# With two items, an order that is not the right one would give the right one away.
_FEWEST_ITEMS = 3

_SAME_TEXT = gettext_noop("has the same text as an earlier item")
_NOT_POSITIONS = gettext_noop("Please give each line its own number from 1 to %(count)s.")
_NOT_ALL_ITEMS = gettext_noop("The order must hold each line once. Please reload the page and answer again.")
_UNKNOWN_MOVE = gettext_noop("This move is not known. Please reload the page and answer again.")


class Ordering(QuestionKind):
    """Items to be put in order.

    content   "items": {item id: texts}
    key       "order": [item ids] in the right order
    arrangement   [item ids], in any order but the right one
    answer    [item ids], all of them
    form      order=<item id>, once for each in the order wanted; or position-<item id>=1…n, which wins over
              order; move=up:<item id> or move=down:<item id> is then applied to that order
    grade     all_or_nothing: 1 if the order is right, else 0
              partial: right successions / (items less one), where a succession is right if the item directly
              after another is the one that follows it in the right order
    """

    name = "ordering"
    label: ClassVar[Texts] = {"vi": "Sắp xếp thứ tự", "en": "Ordering"}
    instruction: ClassVar[Texts] = {
        "vi": "Sắp xếp các dòng theo thứ tự đúng.",
        "en": "Put the lines in the right order.",
    }
    fields = frozenset({"items"})
    scorings = (ALL_OR_NOTHING, PARTIAL)
    editor = (
        Rows(
            "items",
            {"vi": "Các dòng theo thứ tự đúng", "en": "The lines in their right order"},
            (Text("", {"vi": "Nội dung", "en": "Text"}), WHY),
            row_label={"vi": "Dòng", "en": "Line"},
            minimum=_FEWEST_ITEMS,
            ordered=True,
            help={
                "vi": "Người học thấy các dòng này theo thứ tự khác.",
                "en": "Learners see these lines in another order.",
            },
        ),
    )

    def _read(self, reader: SourceReader, body: QuestionBody) -> None:
        items: dict[str, Texts] = {}
        for index, item in enumerate(reader.text_entries("items", minimum=_FEWEST_ITEMS)):
            item.only(("vi", "en", "why"))
            texts = item.own_texts()
            item_id = neutral_id("i", texts[MAIN_LANGUAGE])
            if texts[MAIN_LANGUAGE] and item_id in items:
                reader.fault(f"items[{index}]", _SAME_TEXT)
            items[item_id] = texts
            read_why(item, body.feedback, item_id)
        body.content["items"] = dict(sorted(items.items()))
        body.key["order"] = list(items)

    def _written(self, body: QuestionBody) -> dict[str, Any]:
        items = body.content["items"]
        return {"items": [_written_item(items[item_id], body.feedback, item_id) for item_id in body.key["order"]]}

    def arrange(self, content, key, rng: Random) -> list[str]:
        """The item ids in an order drawn evenly from all orders but the right one.

        The key is used for nothing else: an arrangement tells that it is not the answer, and no more.
        """
        order = sorted(content["items"])
        rng.shuffle(order)
        while order == key["order"] and len(order) > 1:  # a single one: a draft on the editing screen
            rng.shuffle(order)
        return order

    def present(self, content, arrangement, answer, language=MAIN_LANGUAGE) -> dict:
        """Adds field ("order"), count and items: [{id, text, lang, position, position_field, first, last}]
        in the order of the answer, before any answer in that of the arrangement.
        """
        order = answer or arrangement
        items = [
            {
                "id": item_id,
                **drawn(content["items"][item_id], language),
                "position": position,
                "position_field": _position_field(item_id),
                "first": position == 1,
                "last": position == len(order),
            }
            for position, item_id in enumerate(order, start=1)
        ]
        return self._presented(content, language) | {"field": "order", "count": len(order), "items": items}

    def parse(self, content, data: Mapping[str, Any]) -> list[str] | None:
        order = _order_by_positions(content["items"], data) or _order_by_list(content["items"], data)
        move = posted_one(data, "move")
        return _moved(order, move) if move else order

    def is_complete(self, content, answer) -> bool:
        return answer is not None

    def grade(self, content, key, answer) -> Fraction:
        """all_or_nothing: 1 if the order is right, else 0. partial: right successions / (items less one)."""
        if not answer:
            return NOTHING_RIGHT
        if key["scoring"] == ALL_OR_NOTHING:
            return ALL_RIGHT if answer == key["order"] else NOTHING_RIGHT
        right = set(pairwise(key["order"]))
        return Fraction(sum(succession in right for succession in pairwise(answer)), len(right))

    def explain(self, content, key, feedback, arrangement, answer, language=MAIN_LANGUAGE) -> dict:
        """Adds items: [{id, text, lang, chosen, expected, right, why}] in the order given (of the
        arrangement if unanswered); chosen and expected are positions from 1, chosen None if unanswered.
        """
        texts, right_order = content["items"], key["order"]
        items = []
        for position, item_id in enumerate(answer or arrangement, start=1):
            expected = right_order.index(item_id) + 1
            items.append(
                {
                    "id": item_id,
                    **drawn(texts[item_id], language),
                    "chosen": position if answer else None,
                    "expected": expected,
                    "right": bool(answer) and position == expected,
                    "why": why_of(feedback, item_id, language),
                }
            )
        return self._explained(content, key, feedback, answer, language) | {
            "items": items,
            "given": [item["text"] for item in items] if answer else [],
            "expected": [in_language(texts[item_id], language) for item_id in right_order],
        }


def _written_item(texts: Texts, feedback: dict, item_id: str) -> str | dict:
    why = written_why(feedback, item_id)
    return texts | why if why else as_written(texts)


def _position_field(item_id: str) -> str:
    return f"position-{item_id}"


def _order_by_positions(items: dict, data: Mapping[str, Any]) -> list[str] | None:
    """The order in the number fields, None if all of them are empty or absent."""
    numbers = {item_id: posted_one(data, _position_field(item_id)).strip() for item_id in items}
    if not any(numbers.values()):
        return None
    by_position = {int(number): item_id for item_id, number in numbers.items() if _is_small_number(number)}
    wanted = range(1, len(items) + 1)
    if by_position.keys() != set(wanted):
        raise AnswerError("order", _NOT_POSITIONS, {"count": len(items)})
    return [by_position[position] for position in wanted]


def _is_small_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= 3


def _order_by_list(items: dict, data: Mapping[str, Any]) -> list[str] | None:
    """The order in the repeated field, None if it holds none of the items."""
    order = [item_id for item_id in posted(data, "order") if item_id in items]
    if not order:
        return None
    if len(order) != len(items) or len(set(order)) != len(items):
        raise AnswerError("order", _NOT_ALL_ITEMS)
    return order


def _moved(order: list[str] | None, move: str) -> list[str] | None:
    """The order with one item moved by one place; at either end it stays where it is."""
    direction, _, item_id = move.partition(":")
    if order is None or direction not in ("up", "down"):
        raise AnswerError("move", _UNKNOWN_MOVE)
    if item_id not in order:
        return order
    place = order.index(item_id)
    other = place - 1 if direction == "up" else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return order
