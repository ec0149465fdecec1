"""Matching: each left-hand text is joined to one of the right-hand texts; some of these may fit nowhere."""

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any, ClassVar

from quizzes.kinds.base import ALL_OR_NOTHING, ALL_RIGHT, NOTHING_RIGHT, PARTIAL, QuestionBody, QuestionKind
from quizzes.kinds.editor import Lines, Rows, Text
from quizzes.kinds.errors import gettext_noop
from quizzes.kinds.feedback import read_why, why_of, written_why
from quizzes.kinds.form import posted_one
from quizzes.kinds.neutral_ids import neutral_id
from quizzes.kinds.source import SourceReader
from quizzes.kinds.texts import MAIN_LANGUAGE, Texts, as_written, drawn, in_language
from quizzes.kinds.wording import WHY

_SAME_LEFT = gettext_noop("has the same text as the left side of an earlier pair")
_ONE_RIGHT = gettext_noop("need at least two different right sides")
_FITS = gettext_noop("is the right side of a pair, so it is no distractor")
_SAME_DISTRACTOR = gettext_noop("has the same text as an earlier distractor")


class Matching(QuestionKind):
    """Pairs to be found. Two pairs may have the same right side; it is then one choice that fits twice.

    content   "rows": [{"id": left id, "text": texts}] in the author's order, "choices": {choice id: texts}
    key       "pairs": {left id: choice id}
    arrangement   [choice ids], shuffled
    answer    {left id: choice id}, only rows with a choice, at least one
    form      pair-<left id>=<choice id>; an empty value leaves the row open
    grade     all_or_nothing: 1 if every pair is right, else 0
              partial: right pairs / pairs
    """

    name = "matching"
    label: ClassVar[Texts] = {"vi": "Ghép cặp", "en": "Matching"}
    instruction: ClassVar[Texts] = {
        "vi": "Chọn nội dung phù hợp cho từng dòng.",
        "en": "Choose what fits each line.",
    }
    fields = frozenset({"pairs", "distractors"})
    scorings = (ALL_OR_NOTHING, PARTIAL)
    editor = (
        Rows(
            "pairs",
            {"vi": "Các cặp đúng", "en": "Right pairs"},
            (
                Text("left", {"vi": "Vế trái", "en": "Left side"}),
                Text("right", {"vi": "Vế phải phù hợp", "en": "Right side that fits"}),
                WHY,
            ),
            row_label={"vi": "Cặp", "en": "Pair"},
            start=3,
        ),
        Lines(
            "distractors",
            {"vi": "Vế phải gây nhiễu, mỗi dòng một nội dung", "en": "Right sides that fit nowhere, one a line"},
            translated=True,
        ),
    )

    def _read(self, reader: SourceReader, body: QuestionBody) -> None:
        rows: list[dict] = []
        choices: dict[str, Texts] = {}
        pairs: dict[str, str] = {}
        for pair in reader.mappings("pairs", minimum=2):
            pair.only(("left", "right", "why"))
            left, right = pair.texts("left"), pair.texts("right")
            left_id, choice_id = neutral_id("l", left[MAIN_LANGUAGE]), neutral_id("r", right[MAIN_LANGUAGE])
            if left[MAIN_LANGUAGE] and left_id in pairs:
                pair.fault("left", _SAME_LEFT)
            rows.append({"id": left_id, "text": left})
            choices.setdefault(choice_id, right)
            pairs[left_id] = choice_id
            read_why(pair, body.feedback, left_id)
        if len(rows) > 1 and len(choices) == 1:
            reader.fault("pairs", _ONE_RIGHT)
        _read_distractors(reader, choices)
        body.content["rows"] = rows
        body.content["choices"] = dict(sorted(choices.items()))
        body.key["pairs"] = pairs

    def _written(self, body: QuestionBody) -> dict[str, Any]:
        choices, pairs = body.content["choices"], body.key["pairs"]
        written = [
            {
                "left": as_written(row["text"]),
                "right": as_written(choices[pairs[row["id"]]]),
                **written_why(body.feedback, row["id"]),
            }
            for row in body.content["rows"]
        ]
        used = set(pairs.values())
        distractors = [as_written(texts) for choice_id, texts in choices.items() if choice_id not in used]
        return {"pairs": written} | ({"distractors": distractors} if distractors else {})

    def arrange(self, content, key, rng: Random) -> list[str]:
        """The choice ids, distractors among them, shuffled."""
        order = sorted(content["choices"])
        rng.shuffle(order)
        return order

    def present(self, content, arrangement, answer, language=MAIN_LANGUAGE) -> dict:
        """Adds rows: [{id, text, lang, field, selected, choices: [{id, text, lang, selected}]}].

        A row's `selected` is the chosen id, "" for none.
        """
        answer = answer or {}
        choices = [(choice_id, drawn(content["choices"][choice_id], language)) for choice_id in arrangement]
        rows = []
        for row in content["rows"]:
            selected = answer.get(row["id"], "")
            rows.append(
                {
                    "id": row["id"],
                    **drawn(row["text"], language),
                    "field": _field(row["id"]),
                    "selected": selected,
                    "choices": [{"id": id_, **text, "selected": id_ == selected} for id_, text in choices],
                }
            )
        return self._presented(content, language) | {"rows": rows}

    def parse(self, content, data: Mapping[str, Any]) -> dict[str, str] | None:
        answer = {}
        for row in content["rows"]:
            choice_id = posted_one(data, _field(row["id"]))
            if choice_id in content["choices"]:
                answer[row["id"]] = choice_id
        return answer or None

    def is_complete(self, content, answer) -> bool:
        return answer is not None and len(answer) == len(content["rows"])

    def grade(self, content, key, answer) -> Fraction:
        """all_or_nothing: 1 if every pair is right, else 0. partial: right pairs / pairs."""
        answer, pairs = answer or {}, key["pairs"]
        right = sum(answer.get(left_id) == choice_id for left_id, choice_id in pairs.items())
        if key["scoring"] == PARTIAL:
            return Fraction(right, len(pairs))
        return ALL_RIGHT if right == len(pairs) else NOTHING_RIGHT

    def explain(self, content, key, feedback, arrangement, answer, language=MAIN_LANGUAGE) -> dict:
        """Adds rows: [{id, text, lang, chosen, expected, right, why}]; chosen and expected are texts of
        choices, chosen "" for an open row. `given` leaves open rows out.
        """
        rows = [
            _explained_row(content, key, feedback, row, (answer or {}).get(row["id"]), language)
            for row in content["rows"]
        ]
        return self._explained(content, key, feedback, answer, language) | {
            "rows": rows,
            "given": [f"{row['text']} → {row['chosen']}" for row in rows if row["chosen"]],
            "expected": [f"{row['text']} → {row['expected']}" for row in rows],
        }


def _read_distractors(reader: SourceReader, choices: dict[str, Texts]) -> None:
    """Adds the distractors to the choices, which so far are the right sides of the pairs."""
    if not reader.has("distractors"):
        return
    fitting = set(choices)
    for index, distractor in enumerate(reader.text_entries("distractors", minimum=0)):
        distractor.only(("vi", "en"))
        texts = distractor.own_texts()
        choice_id = neutral_id("r", texts[MAIN_LANGUAGE])
        if texts[MAIN_LANGUAGE] and choice_id in choices:
            reader.fault(f"distractors[{index}]", _FITS if choice_id in fitting else _SAME_DISTRACTOR)
        choices.setdefault(choice_id, texts)


def _field(left_id: str) -> str:
    return f"pair-{left_id}"


def _explained_row(
    content: dict, key: dict, feedback: dict, row: dict, chosen: str | None, language: str
) -> dict[str, Any]:
    choices, expected = content["choices"], key["pairs"][row["id"]]
    return {
        "id": row["id"],
        **drawn(row["text"], language),
        "chosen": in_language(choices[chosen], language) if chosen else "",
        "expected": in_language(choices[expected], language),
        "right": chosen == expected,
        "why": why_of(feedback, row["id"], language),
    }
