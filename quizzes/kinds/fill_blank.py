"""Fill in the blanks: words to be typed where the stem says {{1}}, {{2}} …"""

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, ClassVar

from quizzes.kinds.base import ALL_OR_NOTHING, ALL_RIGHT, NOTHING_RIGHT, PARTIAL, QuestionBody, QuestionKind
from quizzes.kinds.blanks import GAP, PLACES_HELP, blanks_in, check_places, field_of, pieces_of, read_number, with_gaps
from quizzes.kinds.editor import Control, Flag, Line, Lines, Rows
from quizzes.kinds.errors import gettext_noop
from quizzes.kinds.feedback import read_why, why_of, written_why
from quizzes.kinds.form import MAX_ANSWER, posted_text
from quizzes.kinds.numbers import is_near, readings
from quizzes.kinds.source import SourceReader
from quizzes.kinds.texts import MAIN_LANGUAGE, Texts
from quizzes.kinds.wording import WHY
from shared.text.fold import drop_marks, to_nfc

# What `fold` turns into space, but for a sign, separator or point straight before a digit: -5 is not 5.
_PUNCTUATION = re.compile(r"(?![-\u2212+.,/:]\d)[\W_]")

_CASEFOLD = "casefold"
_NORMALISE = ("nfc", "trim", _CASEFOLD, "collapse_spaces")

_NOT_A_NUMBER = gettext_noop("must be a number, such as 30 or 2,5, where a tolerance is given")
_BAD_TOLERANCE = gettext_noop("must be a number that is not below 0, such as 0 or 0,5")
_NOT_STEP = gettext_noop("is not known; expected one of: %(expected)s")
_TOO_LONG_TO_TYPE = gettext_noop("is longer than the %(limit)s characters that can be typed")


class _IgnoreCase(Flag):
    """A tick for the step “casefold” in the list `match.normalise`."""

    def controls(self, source, at=""):
        steps = (source.get("match") or {}).get("normalise", _NORMALISE)
        return (Control(self.name, "tick", self.label, "1", _CASEFOLD in steps),)

    def read(self, typed, source, at=""):
        if not typed.get(self.name):
            source.setdefault("match", {})["normalise"] = [step for step in _NORMALISE if step != _CASEFOLD]


class FillBlank(QuestionKind):
    """Words to be typed into the stem.

    content   "blanks": [numbers as text] in the order of the stem; the stem holds {{number}} for each. An
              English stem may leave them out; it is then a hint above the Vietnamese sentence.
    key       "accept": {number: [accepted answers]}, "match": {"casefold": bool, "ignore_diacritics": bool};
              "tolerance": {number: text} only for blanks that ask for a number
    arrangement   [] (nothing to shuffle)
    answer    {number: typed text}, only filled blanks, at least one; NFC, trimmed, single spaces
    form      blank-<number>=<text>
    grade     partial (default): right blanks / blanks
              all_or_nothing: 1 if every blank is right, else 0

    A blank is right if the typed text equals an accepted answer after both are brought to NFC, trimmed,
    their runs of spaces collapsed and (unless match.normalise leaves casefold out) casefolded. With
    ignore_diacritics, which is the default, marks and punctuation do not count either, as in
    `shared.text.fold.fold`; only a sign or separator straight before a digit still does, and text of nothing
    but punctuation is compared as it is. Numbers with a tolerance are right if they differ from an accepted one
    by no more (numbers.py).
    """

    name = "fill_blank"
    label: ClassVar[Texts] = {"vi": "Điền vào chỗ trống", "en": "Fill in the blanks"}
    instruction: ClassVar[Texts] = {
        "vi": "Điền từ còn thiếu vào chỗ trống.",
        "en": "Fill in the missing words.",
    }
    fields = frozenset({"blanks", "match"})
    scorings = (PARTIAL, ALL_OR_NOTHING)
    editor = (
        Rows(
            "blanks",
            {"vi": "Các chỗ trống", "en": "Blanks"},
            (
                Line("n", {"vi": "Số trong câu", "en": "Number in the sentence"}, number=True),
                Lines(
                    "accept", {"vi": "Các đáp án chấp nhận, mỗi dòng một đáp án", "en": "Accepted answers, one a line"}
                ),
                Line("tolerance", {"vi": "Sai số cho phép, chỉ với số", "en": "Tolerance, for numbers only"}),
                WHY,
            ),
            row_label={"vi": "Chỗ trống", "en": "Blank"},
            minimum=1,
            start=2,
            numbered="n",
            help=PLACES_HELP,
        ),
        Flag(
            "match.ignore_diacritics",
            {"vi": "Chấp nhận bài làm gõ không dấu", "en": "Accept answers typed without marks"},
            default=True,
        ),
        _IgnoreCase(
            "match.normalise", {"vi": "Không phân biệt chữ hoa, chữ thường", "en": "Ignore upper and lower case"}
        ),
    )

    def _read(self, reader: SourceReader, body: QuestionBody) -> None:
        accepted: dict[str, list[str]] = {}
        for blank in reader.mappings("blanks", minimum=1):
            blank.only(("n", "accept", "tolerance", "why"))
            number = read_number(blank, accepted)
            accepted[number] = _read_accepted(blank)
            if blank.has("tolerance"):
                body.key.setdefault("tolerance", {})[number] = _read_tolerance(blank, accepted[number])
            read_why(blank, body.feedback, number)
        check_places(reader, body.content["stem"], accepted)
        body.content["blanks"] = blanks_in(body.content["stem"])
        body.key["accept"] = accepted
        body.key["match"] = _read_match(reader)

    def _written(self, body: QuestionBody) -> dict[str, Any]:
        accepted, match = body.key["accept"], body.key["match"]
        tolerance = body.key.get("tolerance", {})
        steps = [step for step in _NORMALISE if step != _CASEFOLD or match["casefold"]]
        blanks = [
            {
                "n": int(number),
                "accept": list(accepted[number]),
                **({"tolerance": tolerance[number]} if number in tolerance else {}),
                **written_why(body.feedback, number),
            }
            for number in body.content["blanks"]
        ]
        return {
            "blanks": blanks,
            "match": {"normalise": steps, "ignore_diacritics": match["ignore_diacritics"]},
        }

    def arrange(self, content, key, rng) -> list:
        """Nothing to shuffle: []."""
        return []

    def present(self, content, arrangement, answer, language=MAIN_LANGUAGE) -> dict:
        """Adds parts and parts_lang: the sentence cut at its blanks, [{text} or {blank, field, value}].

        `stem` has "…" for each blank. `parts_lang` differs from `stem_lang` where the stem of that language
        has no blanks: the stem is then a hint to be shown above the sentence.
        """
        answer = answer or {}
        pieces, sentence_language = pieces_of(content["stem"], language)
        parts: list[dict] = []
        for index, piece in enumerate(pieces):
            if index % 2:
                parts.append({"blank": piece, "field": field_of(piece), "value": answer.get(piece, "")})
            elif piece:
                parts.append({"text": piece})
        presented = self._presented(content, language)
        presented["stem"] = with_gaps(presented["stem"])
        return presented | {"parts": parts, "parts_lang": sentence_language}

    def parse(self, content, data: Mapping[str, Any]) -> dict[str, str] | None:
        typed = ((number, posted_text(data, field_of(number))) for number in content["blanks"])
        return {number: text for number, text in typed if text} or None

    def is_complete(self, content, answer) -> bool:
        return answer is not None and len(answer) == len(content["blanks"])

    def grade(self, content, key, answer) -> Fraction:
        """partial: right blanks / blanks. all_or_nothing: 1 if every blank is right, else 0."""
        answer, accepted = answer or {}, key["accept"]
        right = sum(_is_right(key, number, answer.get(number)) for number in accepted)
        if key["scoring"] == PARTIAL:
            return Fraction(right, len(accepted))
        return ALL_RIGHT if right == len(accepted) else NOTHING_RIGHT

    def explain(self, content, key, feedback, arrangement, answer, language=MAIN_LANGUAGE) -> dict:
        """Adds blanks: [{id, chosen, expected, accepted, right, why}] in the order of the stem, and parts and
        parts_lang as in `present`; chosen is the typed text, "" for none, expected the first accepted answer.

        `given` has "…" for an open blank, `expected` all accepted answers of a blank joined by " / ".
        """
        presented = self.present(content, arrangement, answer, language)
        blanks = [_explained_blank(key, feedback, number, answer or {}, language) for number in content["blanks"]]
        return self._explained(content, key, feedback, answer, language) | {
            "stem": presented["stem"],
            "parts": presented["parts"],
            "parts_lang": presented["parts_lang"],
            "blanks": blanks,
            "given": [blank["chosen"] or GAP for blank in blanks] if answer else [],
            "expected": [" / ".join(blank["accepted"]) for blank in blanks],
        }


def _read_accepted(blank: SourceReader) -> list[str]:
    accepted = []
    for index, entry in enumerate(blank.entries("accept", minimum=1, maximum=50)):
        field = f"accept[{index}]"
        text = blank.clean(field, entry)
        if len(text) > MAX_ANSWER:
            blank.fault(field, _TOO_LONG_TO_TYPE, limit=MAX_ANSWER)
        accepted.append(text)
    return accepted


def _read_tolerance(blank: SourceReader, accepted: list[str]) -> str:
    """By how much a typed number may differ; the accepted answers must then be numbers."""
    tolerance = blank.plain("tolerance")
    if not any(number >= 0 for number in readings(tolerance)):
        blank.fault("tolerance", _BAD_TOLERANCE)
    for index, text in enumerate(accepted):
        if text and not readings(text):
            blank.fault(f"accept[{index}]", _NOT_A_NUMBER)
    return tolerance


def _read_match(reader: SourceReader) -> dict[str, bool]:
    if not reader.has("match"):
        return {"casefold": True, "ignore_diacritics": True}
    match = reader.nested("match", reader.source["match"])
    match.only(("normalise", "ignore_diacritics"))
    steps = match.entries("normalise", minimum=0) if match.has("normalise") else _NORMALISE
    for index, step in enumerate(steps):
        if step not in _NORMALISE:
            match.fault(f"normalise[{index}]", _NOT_STEP, expected=", ".join(_NORMALISE))
    return {
        "casefold": _CASEFOLD in steps,
        "ignore_diacritics": match.flag("ignore_diacritics", default=True),
    }


def _is_right(key: dict, number: str, typed: str | None) -> bool:
    if not typed:
        return False
    if number in key.get("tolerance", {}):
        return any(is_near(typed, text, key["tolerance"][number]) for text in key["accept"][number])
    casefold, ignore_diacritics = key["match"]["casefold"], key["match"]["ignore_diacritics"]
    given = _compared(typed, casefold, ignore_diacritics)
    return any(given == _compared_key(text, casefold, ignore_diacritics) for text in key["accept"][number])


def _compared(text: str, casefold: bool, ignore_diacritics: bool) -> str:
    """The form in which texts are compared; see FillBlank."""
    text = to_nfc(text)
    if casefold:
        text = to_nfc(text.casefold())
    if not ignore_diacritics:
        return text
    return " ".join(_PUNCTUATION.sub(" ", drop_marks(text)).split()) or text


_compared_key = lru_cache(maxsize=10_000)(_compared)


def _explained_blank(key: dict, feedback: dict, number: str, answer: dict, language: str) -> dict[str, Any]:
    typed, accepted = answer.get(number, ""), key["accept"][number]
    return {
        "id": number,
        "chosen": typed,
        "expected": accepted[0],
        "accepted": accepted,
        "right": _is_right(key, number, typed),
        "why": why_of(feedback, number, language),
    }
