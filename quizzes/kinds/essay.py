"""Short essay: a text in the learner's own words, marked by an examiner along a rubric."""

from collections.abc import Mapping
from typing import Any, ClassVar

from quizzes.kinds.base import QuestionBody
from quizzes.kinds.editor import Line, Text
from quizzes.kinds.errors import AnswerError, gettext_noop
from quizzes.kinds.form import posted_one
from quizzes.kinds.marked import RUBRIC, MarkedKind
from quizzes.kinds.source import SourceReader
from quizzes.kinds.texts import MAIN_LANGUAGE, Texts, as_written, in_language
from shared.text.fold import to_nfc_lines

FIELD = "text"
DEFAULT_LONGEST = 3_000
MOST = 10_000

_NOT_LENGTH = gettext_noop("must be a whole number from 100 to %(most)s")
_TOO_LONG = gettext_noop("The answer is longer than %(limit)s characters. Please shorten it.")


class Essay(MarkedKind):
    """A text of some paragraphs. The rubric is that of marked.py.

    content   "longest": most characters of an answer
    feedback  "sample": texts, what a good answer could say, only if written
    arrangement   []
    answer    the text, NFC, with its line breaks
    form      text=<the text>
    """

    name = "essay"
    label: ClassVar[Texts] = {"vi": "Tự luận ngắn", "en": "Short essay"}
    instruction: ClassVar[Texts] = {
        "vi": "Trả lời bằng lời của mình. Người chấm sẽ đọc và cho điểm.",
        "en": "Answer in your own words. An examiner reads and marks it.",
    }
    fields = frozenset({"rubric", "longest", "sample"})
    editor = (
        RUBRIC,
        Text("sample", {"vi": "Gợi ý trả lời (hiện sau khi có kết quả)", "en": "Sample answer (shown with the result)"},
             lines=True),
        Line("longest", {"vi": "Số ký tự tối đa của bài làm", "en": "Most characters of an answer"}, number=True,
             help={"vi": f"Để trống: {DEFAULT_LONGEST}.", "en": f"Left empty: {DEFAULT_LONGEST}."}),
    )  # fmt: skip

    def _read(self, reader: SourceReader, body: QuestionBody) -> None:
        super()._read(reader, body)
        longest = reader.source.get("longest", DEFAULT_LONGEST)
        if isinstance(longest, bool) or not isinstance(longest, int) or not 100 <= longest <= MOST:
            reader.fault("longest", _NOT_LENGTH, most=MOST)
        body.content["longest"] = longest
        if reader.has("sample"):
            body.feedback["sample"] = reader.texts("sample", lines=True)

    def _written(self, body: QuestionBody) -> dict[str, Any]:
        longest, sample = body.content["longest"], body.feedback.get("sample")
        return (
            super()._written(body)
            | ({"longest": longest} if longest != DEFAULT_LONGEST else {})
            | ({"sample": as_written(sample)} if sample else {})
        )

    def arrange(self, content, key, rng) -> list:
        """Nothing to shuffle: []."""
        return []

    def present(self, content, arrangement, answer, language=MAIN_LANGUAGE) -> dict:
        """Adds field ("text"), value and longest."""
        return self._presented(content, language) | {
            "field": FIELD,
            "value": answer or "",
            "longest": content["longest"],
        }

    def parse(self, content, data: Mapping[str, Any]) -> str | None:
        text = to_nfc_lines(posted_one(data, FIELD, 4 * MOST))
        if len(text) > content["longest"]:
            raise AnswerError(FIELD, _TOO_LONG, {"limit": content["longest"]})
        return text or None

    def is_complete(self, content, answer) -> bool:
        return bool(answer)

    def explain(self, content, key, feedback, arrangement, answer, language=MAIN_LANGUAGE) -> dict:
        """`given` is the text, `expected` the sample answer if there is one. Points and comment of the examiner are
        added by the caller (quizzes.domain.review)."""
        sample = feedback.get("sample")
        return self._explained(content, key, feedback, answer, language) | {
            "given": [answer] if answer else [],
            "expected": [in_language(sample, language)] if sample else [],
        }

    def text_of(self, answer: Any) -> str:
        return answer or ""
