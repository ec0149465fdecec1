"""What the kinds with exactly one right option share: single choice, true/false and scenario."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar

from quizzes.kinds.base import ALL_RIGHT, NOTHING_RIGHT, QuestionBody, QuestionKind
from quizzes.kinds.errors import gettext_noop
from quizzes.kinds.form import posted_one
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

FIELD = "choice"

_ONE_ANSWER = gettext_noop("must name one option")


class OneChoiceKind(QuestionKind):
    """One option out of several. Options, key["authored"] and arrangement are those of options.py.

    key       "answer": option id
    answer    option id
    form      choice=<option id>
    grade     1 for the right option, else 0
    """

    instruction: ClassVar[Texts] = {"vi": "Chọn một câu trả lời.", "en": "Choose one answer."}
    fields = OPTION_FIELDS
    editor = options_editor()

    def _read(self, reader: SourceReader, body: QuestionBody) -> None:
        ids = read_options(reader, body)
        written = reader.value("answer")
        if isinstance(written, list | dict):
            reader.fault("answer", _ONE_ANSWER)
        elif written is not None:
            body.key["answer"] = option_named(reader, "answer", written, ids)

    def _written(self, body: QuestionBody) -> dict[str, Any]:
        return written_options(body) | {"answer": letter_of(body, body.key["answer"])}

    def arrange(self, content, key, rng) -> list[str]:
        """Option ids, shuffled unless the source says shuffle_options: false."""
        return arrange_options(content, rng)

    def arrange_as_written(self, content, key, rng) -> list[str]:
        """Option ids in the author's order."""
        return list(key.get("authored") or content["order"])

    def present(self, content, arrangement, answer, language=MAIN_LANGUAGE) -> dict:
        """Adds field ("choice") and options: [{id, text, lang, checked}]."""
        options = present_options(content, arrangement, _as_list(answer), language)
        return self._presented(content, language) | {"field": FIELD, "options": options}

    def parse(self, content, data: Mapping[str, Any]) -> str | None:
        chosen = posted_one(data, FIELD)
        return chosen if chosen in content["options"] else None

    def is_complete(self, content, answer) -> bool:
        return answer is not None

    def grade(self, content, key, answer) -> Fraction:
        """1 if the chosen option is the right one, else 0."""
        return ALL_RIGHT if answer == key["answer"] else NOTHING_RIGHT

    def explain(self, content, key, feedback, arrangement, answer, language=MAIN_LANGUAGE) -> dict:
        """Adds options: [{id, text, lang, chosen, right, why}]."""
        rows = explain_options(content, feedback, arrangement, _as_list(answer), [key["answer"]], language)
        return self._explained(content, key, feedback, answer, language) | rows


def _as_list(answer: str | None) -> list[str]:
    return [] if answer is None else [answer]
