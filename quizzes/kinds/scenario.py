"""Scenario: a situation is told and one of several ways to act is chosen; each way may have its own `why`."""

from typing import Any, ClassVar

from quizzes.kinds.base import QuestionBody
from quizzes.kinds.editor import Text
from quizzes.kinds.one_choice import OneChoiceKind
from quizzes.kinds.source import SourceReader
from quizzes.kinds.texts import MAIN_LANGUAGE, Texts, as_written, drawn


class Scenario(OneChoiceKind):
    """As OneChoiceKind, and

    content   "scenario": texts
    """

    name = "scenario"
    label: ClassVar[Texts] = {"vi": "Tình huống", "en": "Scenario"}
    instruction: ClassVar[Texts] = {"vi": "Chọn một cách xử lý.", "en": "Choose one way to act."}
    fields = OneChoiceKind.fields | {"scenario"}
    editor = (Text("scenario", {"vi": "Tình huống", "en": "Situation"}, lines=True), *OneChoiceKind.editor)

    def _read(self, reader: SourceReader, body: QuestionBody) -> None:
        body.content["scenario"] = reader.texts("scenario", lines=True)
        super()._read(reader, body)

    def _written(self, body: QuestionBody) -> dict[str, Any]:
        return {"scenario": as_written(body.content["scenario"])} | super()._written(body)

    def present(self, content, arrangement, answer, language=MAIN_LANGUAGE) -> dict:
        """As OneChoiceKind, with scenario and scenario_lang."""
        return super().present(content, arrangement, answer, language) | _told(content, language)

    def explain(self, content, key, feedback, arrangement, answer, language=MAIN_LANGUAGE) -> dict:
        """As OneChoiceKind, with scenario and scenario_lang."""
        explained = super().explain(content, key, feedback, arrangement, answer, language)
        return explained | _told(content, language)


def _told(content: dict, language: str) -> dict[str, str]:
    scenario = drawn(content["scenario"], language)
    return {"scenario": scenario["text"], "scenario_lang": scenario["lang"]}
