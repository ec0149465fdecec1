"""Multiple choice: one or more right options."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar

from quizzes.kinds.base import ALL_OR_NOTHING, ALL_RIGHT, NEGATIVE, NOTHING_RIGHT, PARTIAL, QuestionBody, QuestionKind
from quizzes.kinds.errors import gettext_noop
from quizzes.kinds.form import posted
from quizzes.kinds.options import (
    OPTION_FIELDS,
    arrange_options,
    explain_options,
    letter_of,
    option_named,
    options_editor,
    present_options,
    read_options,
    written_options,
)
from quizzes.kinds.source import SourceReader
from quizzes.kinds.texts import MAIN_LANGUAGE, Texts

FIELD = "choices"

_NAMED_TWICE = gettext_noop("names an option that an earlier entry names too")


class MultipleChoice(QuestionKind):
    """Any number of options. Options, key["authored"] and arrangement are those of options.py.

    key       "answer": [option ids], sorted
    answer    [option ids], sorted, at least one
    form      choices=<option id>, once for each
    grade     all_or_nothing: 1 if exactly the right options are chosen, else 0
              partial: max(0, (right chosen - wrong chosen) / number of right options)
              negative: the same without the floor of 0, at worst -1
    """

    name = "multiple_choice"
    label: ClassVar[Texts] = {"vi": "Trắc nghiệm nhiều lựa chọn", "en": "Multiple choice"}
    instruction: ClassVar[Texts] = {"vi": "Chọn tất cả câu trả lời đúng.", "en": "Choose all right answers."}
    fields = OPTION_FIELDS
    scorings = (ALL_OR_NOTHING, PARTIAL, NEGATIVE)
    editor = options_editor(several=True)

    def _read(self, reader: SourceReader, body: QuestionBody) -> None:
        ids = read_options(reader, body)
        right: list[str] = []
        for index, written in enumerate(reader.entries("answer", minimum=1)):
            option_id = option_named(reader, f"answer[{index}]", written, ids)
            if option_id and option_id in right:
                reader.fault(f"answer[{index}]", _NAMED_TWICE)
            right.append(option_id)
        body.key["answer"] = sorted(right)

    def _written(self, body: QuestionBody) -> dict[str, Any]:
        letters = sorted(letter_of(body, option_id) for option_id in body.key["answer"])
        return written_options(body) | {"answer": letters}

    def arrange(self, content, key, rng) -> list[str]:
        """Option ids, shuffled unless the source says shuffle_options: false."""
        return arrange_options(content, rng)

    def arrange_as_written(self, content, key, rng) -> list[str]:
        """Option ids in the author's order."""
        return list(key["authored"])

    def present(self, content, arrangement, answer, language=MAIN_LANGUAGE) -> dict:
        """Adds field ("choices") and options: [{id, text, lang, checked}]."""
        options = present_options(content, arrangement, answer or [], language)
        return self._presented(content, language) | {"field": FIELD, "options": options}

    def parse(self, content, data: Mapping[str, Any]) -> list[str] | None:
        return sorted(content["options"].keys() & set(posted(data, FIELD))) or None

    def is_complete(self, content, answer) -> bool:
        return bool(answer)

    def grade(self, content, key, answer) -> Fraction:
        """all_or_nothing: 1 if exactly the right options are chosen, else 0.
        partial: max(0, (right chosen - wrong chosen) / number of right options).
        negative: the same without the floor of 0, at worst -1.
        """
        chosen, right = set(answer or ()), key["answer"]
        if key["scoring"] == ALL_OR_NOTHING:
            return ALL_RIGHT if chosen == set(right) else NOTHING_RIGHT
        hits = len(chosen.intersection(right))
        misses = len(chosen) - hits
        share = Fraction(hits - misses, len(right))
        return max(-ALL_RIGHT if key["scoring"] == NEGATIVE else NOTHING_RIGHT, share)

    def explain(self, content, key, feedback, arrangement, answer, language=MAIN_LANGUAGE) -> dict:
        """Adds options: [{id, text, lang, chosen, right, why}]."""
        rows = explain_options(content, feedback, arrangement, answer or [], key["answer"], language)
        return self._explained(content, key, feedback, answer, language) | rows
