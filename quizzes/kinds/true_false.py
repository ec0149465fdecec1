"""True or false: a statement to be judged."""

from typing import Any, ClassVar

from quizzes.kinds.base import QuestionBody
from quizzes.kinds.editor import Choice
from quizzes.kinds.one_choice import OneChoiceKind
from quizzes.kinds.source import SourceReader
from quizzes.kinds.texts import Texts

TRUE, FALSE = "true", "false"


class TrueFalse(OneChoiceKind):
    """As OneChoiceKind with two fixed options, whose ids are "true" and "false".

    content   "options" and "order" as in options.py, the same for every question
    key       "answer": "true" or "false"
    """

    name = "true_false"
    label: ClassVar[Texts] = {"vi": "Đúng / sai", "en": "True or false"}
    instruction: ClassVar[Texts] = {
        "vi": "Nhận định này đúng hay sai?",
        "en": "Is this statement true or false?",
    }
    fields = frozenset({"answer"})
    editor = (
        Choice(
            "answer",
            {"vi": "Nhận định này", "en": "The statement is"},
            ((True, {"vi": "Đúng", "en": "True"}), (False, {"vi": "Sai", "en": "False"})),
        ),
    )

    def _read(self, reader: SourceReader, body: QuestionBody) -> None:
        body.content["options"] = {FALSE: {"vi": "Sai", "en": "False"}, TRUE: {"vi": "Đúng", "en": "True"}}
        body.content["order"] = [TRUE, FALSE]
        if reader.value("answer") is not None:
            body.key["answer"] = TRUE if reader.flag("answer", default=False) else FALSE

    def _written(self, body: QuestionBody) -> dict[str, Any]:
        return {"answer": body.key["answer"] == TRUE}
