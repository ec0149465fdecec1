"""Cloze with choices: for each place {{1}}, {{2}} … in the stem, one of several words is chosen from a list."""

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any, ClassVar

from quizzes.kinds.base import ALL_OR_NOTHING, ALL_RIGHT, NOTHING_RIGHT, PARTIAL, QuestionBody, QuestionKind
from quizzes.kinds.blanks import (
    GAP,
    PLACES_HELP,
    blanks_in,
    check_places,
    field_of,
    pieces_of,
    read_number,
    with_gaps,
)
from quizzes.kinds.editor import Line, Lines, Rows, Text
from quizzes.kinds.errors import gettext_noop
from quizzes.kinds.feedback import read_why, why_of, written_why
from quizzes.kinds.form import posted_one
from quizzes.kinds.neutral_ids import neutral_id
from quizzes.kinds.source import SourceReader
from quizzes.kinds.texts import MAIN_LANGUAGE, Texts, as_written, drawn, in_language
from quizzes.kinds.wording import WHY

_SAME_TEXT = gettext_noop("has the same text as another choice of this blank")


class ClozeSelect(QuestionKind):
    """Words to be chosen from a list at each place of the stem.

    content   "blanks": [numbers as text] in the order of the stem; "choices": {number: {choice id: texts}}
    key       "answer": {number: choice id}
    arrangement   [[choice ids] of each blank], shuffled
    answer    {number: choice id}, only chosen ones, at least one
    form      blank-<number>=<choice id>; an empty value leaves the place open
    grade     partial (default): right places / places
              all_or_nothing: 1 if every place is right, else 0
    """

    name = "cloze_select"
    label: ClassVar[Texts] = {"vi": "Chọn từ vào chỗ trống", "en": "Choose the missing words"}
    instruction: ClassVar[Texts] = {
        "vi": "Chọn từ phù hợp cho mỗi chỗ trống.",
        "en": "Choose the word that fits each blank.",
    }
    fields = frozenset({"blanks"})
    scorings = (PARTIAL, ALL_OR_NOTHING)
    editor = (
        Rows(
            "blanks",
            {"vi": "Các chỗ trống", "en": "Blanks"},
            (
                Line("n", {"vi": "Số trong câu", "en": "Number in the sentence"}, number=True),
                Text("right", {"vi": "Từ đúng", "en": "Word that fits"}),
                Lines(
                    "wrong", {"vi": "Các từ khác, mỗi dòng một từ", "en": "Other words, one a line"}, translated=True
                ),
                WHY,
            ),
            row_label={"vi": "Chỗ trống", "en": "Blank"},
            minimum=1,
            start=2,
            numbered="n",
            help=PLACES_HELP,
        ),
    )

    def _read(self, reader: SourceReader, body: QuestionBody) -> None:
        choices: dict[str, dict[str, Texts]] = {}
        right: dict[str, str] = {}
        for blank in reader.mappings("blanks", minimum=1):
            blank.only(("n", "right", "wrong", "why"))
            number = read_number(blank, choices)
            choices[number], right[number] = _read_choices(blank)
            read_why(blank, body.feedback, number)
        check_places(reader, body.content["stem"], choices)
        body.content["blanks"] = blanks_in(body.content["stem"])
        body.content["choices"] = choices
        body.key["answer"] = right

    def _written(self, body: QuestionBody) -> dict[str, Any]:
        return {"blanks": [_written_blank(body, number) for number in body.content["blanks"]]}

    def arrange(self, content, key, rng: Random) -> list[list[str]]:
        """The choice ids of each blank, shuffled."""
        orders = [sorted(content["choices"][number]) for number in content["blanks"]]
        for order in orders:
            rng.shuffle(order)
        return orders

    def present(self, content, arrangement, answer, language=MAIN_LANGUAGE) -> dict:
        """Adds parts and parts_lang as in fill_blank; a blank has choices: [{id, text, lang, selected}]."""
        answer = answer or {}
        pieces, sentence_language = pieces_of(content["stem"], language)
        orders = dict(zip(content["blanks"], arrangement, strict=True))
        parts: list[dict] = []
        for index, piece in enumerate(pieces):
            if index % 2:
                texts = content["choices"][piece]
                choices = [
                    {"id": one, **drawn(texts[one], sentence_language), "selected": one == answer.get(piece)}
                    for one in orders[piece]
                ]
                parts.append({"blank": piece, "field": field_of(piece), "choices": choices})
            elif piece:
                parts.append({"text": piece})
        presented = self._presented(content, language)
        presented["stem"] = with_gaps(presented["stem"])
        return presented | {"parts": parts, "parts_lang": sentence_language}

    def parse(self, content, data: Mapping[str, Any]) -> dict[str, str] | None:
        chosen = ((number, posted_one(data, field_of(number))) for number in content["blanks"])
        return {number: one for number, one in chosen if one in content["choices"][number]} or None

    def is_complete(self, content, answer) -> bool:
        return answer is not None and len(answer) == len(content["blanks"])

    def grade(self, content, key, answer) -> Fraction:
        """partial: right places / places. all_or_nothing: 1 if every place is right, else 0."""
        answer, wanted = answer or {}, key["answer"]
        right = sum(answer.get(number) == choice for number, choice in wanted.items())
        if key["scoring"] == PARTIAL:
            return Fraction(right, len(wanted))
        return ALL_RIGHT if right == len(wanted) else NOTHING_RIGHT

    def explain(self, content, key, feedback, arrangement, answer, language=MAIN_LANGUAGE) -> dict:
        """Adds blanks: [{id, chosen, expected, right, why}] in the order of the stem; texts, chosen "" for none."""
        answer = answer or {}
        blanks = []
        for number in content["blanks"]:
            texts, wanted, chosen = content["choices"][number], key["answer"][number], answer.get(number)
            blanks.append(
                {
                    "id": number,
                    "chosen": in_language(texts[chosen], language) if chosen else "",
                    "expected": in_language(texts[wanted], language),
                    "right": chosen == wanted,
                    "why": why_of(feedback, number, language),
                }
            )
        explained = self._explained(content, key, feedback, answer or None, language)
        return explained | {
            "stem": with_gaps(explained["stem"]),
            "blanks": blanks,
            "given": [blank["chosen"] or GAP for blank in blanks] if answer else [],
            "expected": [blank["expected"] for blank in blanks],
        }


def _read_choices(blank: SourceReader) -> tuple[dict[str, Texts], str]:
    """The choices by id, in no telling order, and the id of the one that fits."""
    right = blank.texts("right")
    right_id = neutral_id("c", right[MAIN_LANGUAGE])
    choices = {right_id: right}
    for entry in blank.text_entries("wrong", minimum=1):
        entry.only(("vi", "en"))
        texts = entry.own_texts()
        choice_id = neutral_id("c", texts[MAIN_LANGUAGE])
        if texts[MAIN_LANGUAGE] and choice_id in choices:
            entry.fault(MAIN_LANGUAGE, _SAME_TEXT)
        choices.setdefault(choice_id, texts)
    return dict(sorted(choices.items())), right_id


def _written_blank(body: QuestionBody, number: str) -> dict[str, Any]:
    choices, right = body.content["choices"][number], body.key["answer"][number]
    wrong = [as_written(texts) for choice_id, texts in choices.items() if choice_id != right]
    return {
        "n": int(number),
        "right": as_written(choices[right]),
        "wrong": wrong,
        **written_why(body.feedback, number),
    }
