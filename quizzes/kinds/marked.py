"""What the kinds share whose answers are read by an examiner: a rubric of criteria with points."""

from abc import abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from quizzes.kinds.base import NOTHING_RIGHT, QuestionBody, QuestionKind
from quizzes.kinds.editor import Line, Rows, Text
from quizzes.kinds.errors import gettext_noop
from quizzes.kinds.numbers import readings
from quizzes.kinds.source import SourceReader
from quizzes.kinds.texts import MAIN_LANGUAGE, as_written

_SAME_TEXT = gettext_noop("has the same text as an earlier criterion")
_BAD_POINTS = gettext_noop("must be a number above 0, such as 1 or 0,5")

RUBRIC = Rows(
    "rubric",
    {"vi": "Tiêu chí chấm", "en": "Criteria of marking"},
    (
        Text("", {"vi": "Tiêu chí", "en": "Criterion"}),
        Line("points", {"vi": "Điểm tối đa", "en": "Highest points"}),
    ),
    row_label={"vi": "Tiêu chí", "en": "Criterion"},
    minimum=1,
    start=3,
    ordered=True,
    help={
        "vi": "Người chấm cho điểm từng tiêu chí; tổng được quy về điểm của câu hỏi.",
        "en": "Examiners give points for each criterion; their sum is scaled to the points of the question.",
    },
)


class MarkedKind(QuestionKind):
    """Answers wait for an examiner.

    key       "rubric": [{"id", "text": texts, "points": text}] in the author's order
    grade     0 here; `share_of` says what an examiner's points make of it
    """

    marked_by_people = True

    def _read(self, reader: SourceReader, body: QuestionBody) -> None:
        rubric: list[dict] = []
        for index, criterion in enumerate(reader.mappings("rubric", minimum=1), start=1):
            criterion.only(("vi", "en", "points"))
            texts, points = criterion.own_texts(), criterion.plain("points")
            if points and not any(number > 0 for number in readings(points)):
                criterion.fault("points", _BAD_POINTS)
            if texts[MAIN_LANGUAGE] and any(texts[MAIN_LANGUAGE] == one["text"][MAIN_LANGUAGE] for one in rubric):
                criterion.fault(MAIN_LANGUAGE, _SAME_TEXT)
            rubric.append({"id": f"k{index}", "text": texts, "points": points})
        body.key["rubric"] = rubric

    def _written(self, body: QuestionBody) -> dict[str, Any]:
        rubric = []
        for criterion in body.key["rubric"]:
            text = as_written(criterion["text"])
            rubric.append((text if isinstance(text, dict) else {"vi": text}) | {"points": criterion["points"]})
        return {"rubric": rubric}

    def grade(self, content, key, answer) -> Fraction:
        """0: points come from an examiner, see `share_of`."""
        return NOTHING_RIGHT

    def share_of(self, key: dict, given: Mapping[str, str]) -> Fraction:
        """The share of the question's points that the points given by criterion make.

        `given` is {criterion id: number as text}. Raises ValueError for a missing one, or one that is no number from
        0 to the criterion's points.
        """
        earned = highest = Fraction(0)
        for criterion in key["rubric"]:
            most = max(readings(criterion["points"]))
            fitting = [number for number in readings(given.get(criterion["id"], "")) if 0 <= number <= most]
            if not fitting:
                raise ValueError(criterion["id"])
            earned += max(fitting)
            highest += most
        return earned / highest

    @abstractmethod
    def text_of(self, answer: Any) -> str:
        """The answer as the examiner reads it."""
