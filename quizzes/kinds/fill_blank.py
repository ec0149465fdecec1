"""Fill in the blanks: words to be typed where the stem says {{1}}, {{2}} …"""

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, ClassVar

from quizzes.kinds.base import ALL_OR_NOTHING, ALL_RIGHT, NOTHING_RIGHT, PARTIAL, QuestionBody, QuestionKind
from quizzes.kinds.errors import gettext_noop
from quizzes.kinds.feedback import read_why, why_of, written_why
from quizzes.kinds.form import MAX_ANSWER, posted_text
from quizzes.kinds.source import SourceReader
from quizzes.kinds.texts import MAIN_LANGUAGE, Texts
from shared.text.fold import drop_marks, to_nfc

_PLACEHOLDER = re.compile(r"\{\{\s*(\d{1,2})\s*\}\}")
_GAP = "…"
_UNREADABLE = ""  # in the place of a blank's number
# What `fold` turns into space, but for a sign, separator or point straight before a digit: -5 is not 5.
_PUNCTUATION = re.compile(r"(?![-\u2212+.,/:]\d)[\W_]")

_CASEFOLD = "casefold"
_NORMALISE = ("nfc", "trim", _CASEFOLD, "collapse_spaces")

_NO_PLACEHOLDER = gettext_noop("has no place for blank %(n)s; write {{%(n)s}} where it belongs")
_NO_BLANK = gettext_noop("has {{%(n)s}}, but blanks has no entry with n: %(n)s")
_STRAY_BRACES = gettext_noop("has {{ that is no blank; a blank is written {{1}}, {{2}} …")
_PLACED_TWICE = gettext_noop("has {{%(n)s}} more than once")
_SAME_NUMBER = gettext_noop("is used by an earlier blank too: %(n)s")
_NOT_NUMBER = gettext_noop("must be a whole number from 1 to 99")
_NOT_STEP = gettext_noop("is not known; expected one of: %(expected)s")
_TOO_LONG_TO_TYPE = gettext_noop("is longer than the %(limit)s characters that can be typed")


class FillBlank(QuestionKind):
    """Words to be typed into the stem.

    content   "blanks": [numbers as text] in the order of the stem; the stem holds {{number}} for each. An
              English stem may leave them out; it is then a hint above the Vietnamese sentence.
    key       "accept": {number: [accepted answers]}, "match": {"casefold": bool, "ignore_diacritics": bool}
    arrangement   [] (nothing to shuffle)
    answer    {number: typed text}, only filled blanks, at least one; NFC, trimmed, single spaces
    form      blank-<number>=<text>
    grade     partial (default): right blanks / blanks
              all_or_nothing: 1 if every blank is right, else 0

    A blank is right if the typed text equals an accepted answer after both are brought to NFC, trimmed,
    their runs of spaces collapsed and (unless match.normalise leaves casefold out) casefolded. With
    ignore_diacritics, which is the default, marks and punctuation do not count either, as in
    `shared.text.fold.fold`; only a sign or separator straight before a digit still does, and text of nothing
    but punctuation is compared as it is.
    """

    name = "fill_blank"
    label: ClassVar[Texts] = {"vi": "Điền vào chỗ trống", "en": "Fill in the blanks"}
    instruction: ClassVar[Texts] = {
        "vi": "Điền từ còn thiếu vào chỗ trống.",
        "en": "Fill in the missing words.",
    }
    fields = frozenset({"blanks", "match"})
    scorings = (PARTIAL, ALL_OR_NOTHING)

    def _read(self, reader: SourceReader, body: QuestionBody) -> None:
        accepted: dict[str, list[str]] = {}
        for blank in reader.mappings("blanks", minimum=1):
            blank.only(("n", "accept", "why"))
            number = _read_number(blank)
            if number != _UNREADABLE and number in accepted:
                blank.fault("n", _SAME_NUMBER, n=number)
            accepted[number] = _read_accepted(blank)
            read_why(blank, body.feedback, number)
        _check_placeholders(reader, body.content["stem"], accepted)
        body.content["blanks"] = _PLACEHOLDER.findall(body.content["stem"][MAIN_LANGUAGE])
        body.key["accept"] = accepted
        body.key["match"] = _read_match(reader)

    def _written(self, body: QuestionBody) -> dict[str, Any]:
        accepted, match = body.key["accept"], body.key["match"]
        steps = [step for step in _NORMALISE if step != _CASEFOLD or match["casefold"]]
        blanks = [
            {"n": int(number), "accept": list(accepted[number]), **written_why(body.feedback, number)}
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
        sentence_language = _language_with_blanks(content["stem"], language)
        pieces = _PLACEHOLDER.split(content["stem"][sentence_language])
        parts: list[dict] = []
        for index, piece in enumerate(pieces):
            if index % 2:
                parts.append({"blank": piece, "field": _field(piece), "value": answer.get(piece, "")})
            elif piece:
                parts.append({"text": piece})
        presented = self._presented(content, language)
        presented["stem"] = _with_gaps(presented["stem"])
        return presented | {"parts": parts, "parts_lang": sentence_language}

    def parse(self, content, data: Mapping[str, Any]) -> dict[str, str] | None:
        typed = ((number, posted_text(data, _field(number))) for number in content["blanks"])
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
            "given": [blank["chosen"] or _GAP for blank in blanks] if answer else [],
            "expected": [" / ".join(blank["accepted"]) for blank in blanks],
        }


def _read_number(blank: SourceReader) -> str:
    """The number of the blank as text, or `_UNREADABLE`."""
    number = blank.value("n")
    if number is None:
        return _UNREADABLE
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= 99:
        blank.fault("n", _NOT_NUMBER)
        return _UNREADABLE
    return str(number)


def _read_accepted(blank: SourceReader) -> list[str]:
    accepted = []
    for index, entry in enumerate(blank.entries("accept", minimum=1, maximum=50)):
        field = f"accept[{index}]"
        text = blank.clean(field, entry)
        if len(text) > MAX_ANSWER:
            blank.fault(field, _TOO_LONG_TO_TYPE, limit=MAX_ANSWER)
        accepted.append(text)
    return accepted


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


def _check_placeholders(reader: SourceReader, stem: Texts, accepted: dict[str, list[str]]) -> None:
    """Every language must place each blank once; a language other than Vietnamese may place none."""
    for language, text in stem.items():
        field = f"stem.{language}" if isinstance(reader.source.get("stem"), dict) else "stem"
        if "{{" in _with_gaps(text):
            reader.fault(field, _STRAY_BRACES)
        placed = _PLACEHOLDER.findall(text)
        if not placed and language != MAIN_LANGUAGE:
            continue
        for number in accepted:
            if number != _UNREADABLE and number not in placed:
                reader.fault(field, _NO_PLACEHOLDER, n=number)
        for number in dict.fromkeys(placed):
            if number not in accepted and _UNREADABLE not in accepted:
                reader.fault(field, _NO_BLANK, n=number)
            if placed.count(number) > 1:
                reader.fault(field, _PLACED_TWICE, n=number)


def _language_with_blanks(stem: Texts, language: str) -> str:
    return language if language in stem and _PLACEHOLDER.search(stem[language]) else MAIN_LANGUAGE


def _with_gaps(stem: str) -> str:
    return _PLACEHOLDER.sub(_GAP, stem)


def _field(number: str) -> str:
    return f"blank-{number}"


def _is_right(key: dict, number: str, typed: str | None) -> bool:
    if not typed:
        return False
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
