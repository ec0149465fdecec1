"""The interface of every question kind, and what all kinds do alike.

A question is kept in three parts. `content` may be shown before submission, `key` and `feedback` may not:

    content   {"stem": texts, …}                       parts of the question under neutral ids
    key       {"scoring": "all_or_nothing" | "partial" | "negative", …}   the right answer
    feedback  {"correct": texts, "incorrect": texts, "why": {part id: texts}}   each one only if written

`texts` is {"vi": …, "en": …}; English may be missing. Everything is made of dicts with text keys, lists,
texts and booleans, equal to itself after a trip through JSON; no order of dict keys matters. An
`arrangement` is the order in which one attempt sees the parts; an `answer` is the canonical form of what was
filled in, None for nothing. Their shapes, and what each kind adds to content, key and feedback, stand in the
docstring of the kind.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any, ClassVar

from quizzes.kinds import wording
from quizzes.kinds.editor import Part
from quizzes.kinds.errors import gettext_noop
from quizzes.kinds.feedback import read_verdicts, verdict, written_verdicts
from quizzes.kinds.source import SourceReader
from quizzes.kinds.texts import MAIN_LANGUAGE, Texts, as_written, drawn, in_language

ALL_OR_NOTHING = "all_or_nothing"
PARTIAL = "partial"
NEGATIVE = "negative"

# Fields every question of the source may have. Those not read here (id, points, …) belong to the caller.
COMMON_FIELDS = frozenset({"id", "type", "module", "points", "tags", "sources", "note", "stem", "feedback", "scoring"})

NOTHING_RIGHT = Fraction(0)
ALL_RIGHT = Fraction(1)

_WRONG_TYPE = gettext_noop("must be %(expected)s here; found %(found)s")


@dataclass(frozen=True, slots=True)
class QuestionBody:
    """A validated question, split by who may see it and when. See the module's docstring for the shapes."""

    content: dict[str, Any]
    key: dict[str, Any]
    feedback: dict[str, Any]


class QuestionKind(ABC):
    """One kind of question. Instances hold no state and may be shared between threads."""

    name: ClassVar[str]
    """As in the source's `type` and in the database."""
    label: ClassVar[Texts]
    """The kind's name for people."""
    instruction: ClassVar[Texts]
    """What to do, shown under the stem."""
    fields: ClassVar[frozenset[str]]
    """Fields of the source besides the common ones."""
    scorings: ClassVar[tuple[str, ...]] = (ALL_OR_NOTHING,)
    """Scorings the kind knows; the first is the default."""
    editor: ClassVar[tuple[Part, ...]]
    """The fields of the editing screen besides those all kinds have."""
    marked_by_people: ClassVar[bool] = False
    """Whether answers are read by an examiner instead of being graded here."""

    def from_source(self, source: Any) -> QuestionBody:
        """Reads one question of the starter format (see courses/library) into its three parts.

        Texts are normalised to NFC. Raises QuestionErrors with one QuestionError for every fault found.
        """
        body, reader = self._body_of(source)
        reader.finish()
        return body

    def draft(self, source: Any) -> QuestionBody:
        """As `from_source`, but faults are passed over: to preview what is still being written, never to be kept."""
        return self._body_of(source)[0]

    def _body_of(self, source: Any) -> tuple[QuestionBody, SourceReader]:
        reader = SourceReader(source)
        reader.only(COMMON_FIELDS | self.fields)
        kind = reader.source.get("type")
        if kind is not None and kind != self.name:
            reader.fault("type", _WRONG_TYPE, expected=self.name, found=kind)
        body = QuestionBody(
            content={"stem": reader.texts("stem")},
            key={"scoring": reader.one_of("scoring", self.scorings, self.scorings[0])},
            feedback=read_verdicts(reader),
        )
        self._read(reader, body)
        return body, reader

    def to_source(self, body: QuestionBody) -> dict[str, Any]:
        """The question in the starter format, without the caller's fields: the inverse of `from_source`."""
        source: dict[str, Any] = {"type": self.name, "stem": as_written(body.content["stem"])}
        if len(self.scorings) > 1:
            source["scoring"] = body.key["scoring"]
        return source | self._written(body) | written_verdicts(body.feedback)

    def editor_parts(self) -> tuple[Part, ...]:
        """All fields of the editing screen, in their order."""
        scorings = (wording.scoring(self.scorings),) if len(self.scorings) > 1 else ()
        return (wording.STEM, *self.editor, *scorings, wording.CORRECT, wording.INCORRECT)

    def needs_marking(self, content: dict, answer: Any) -> bool:
        """Whether this answer has no points before an examiner has given some. An empty answer earns 0 at once."""
        return self.marked_by_people and answer is not None

    @abstractmethod
    def _read(self, reader: SourceReader, body: QuestionBody) -> None:
        """Adds what is particular to the kind to the three parts, noting faults in the reader."""

    @abstractmethod
    def _written(self, body: QuestionBody) -> dict[str, Any]:
        """The fields `_read` read, as they stood in the source."""

    @abstractmethod
    def arrange(self, content: dict, key: dict, rng: Random) -> list:
        """The order of the parts for one slot of one attempt, to be kept with the attempt.

        Depends on nothing but the content and the state of `rng`, with one exception told in ordering.py.
        """

    def arrange_as_written(self, content: dict, key: dict, rng: Random) -> list:
        """The order for quizzes that do not shuffle options. Kinds whose written order is the key shuffle anyway."""
        return self.arrange(content, key, rng)

    @abstractmethod
    def present(self, content: dict, arrangement: list, answer: Any, language: str = MAIN_LANGUAGE) -> dict:
        """What a template needs to draw the question with the current answer; nothing from key or feedback.

        Common: kind, instruction, stem, stem_lang. Texts of parts come with `lang`, the language they are in.
        """

    @abstractmethod
    def parse(self, content: dict, data: Mapping[str, Any]) -> Any:
        """The canonical answer in a posted form, None if nothing was answered.

        Ids the question does not have are ignored. Raises AnswerError for what cannot be read as an answer.
        """

    @abstractmethod
    def is_complete(self, content: dict, answer: Any) -> bool:
        """Whether no part of the question is left unanswered."""

    @abstractmethod
    def grade(self, content: dict, key: dict, answer: Any) -> Fraction:
        """The share of the points earned, 0 to 1; with negative marking down to -1. No answer earns 0."""

    @abstractmethod
    def explain(
        self,
        content: dict,
        key: dict,
        feedback: dict,
        arrangement: list,
        answer: Any,
        language: str = MAIN_LANGUAGE,
    ) -> dict:
        """The question, the answer and the key side by side, for the review after submission.

        Common: kind, stem, stem_lang, correct (bool), outcome ("right", "partly", "wrong", "unanswered"),
        feedback and feedback_lang ("" if none was written), and `given` and `expected`, lists of plain texts.
        """

    def _presented(self, content: dict, language: str) -> dict[str, Any]:
        """The common part of `present`."""
        stem = drawn(content["stem"], language)
        return {
            "kind": self.name,
            "instruction": in_language(self.instruction, language),
            "stem": stem["text"],
            "stem_lang": stem["lang"],
        }

    def _explained(self, content: dict, key: dict, feedback: dict, answer: Any, language: str) -> dict[str, Any]:
        """The common part of `explain` but for `given` and `expected`."""
        stem = drawn(content["stem"], language)
        share = self.grade(content, key, answer)
        comment = verdict(feedback, share == 1, language)
        return {
            "kind": self.name,
            "stem": stem["text"],
            "stem_lang": stem["lang"],
            "correct": share == 1,
            "outcome": _outcome(share, answer),
            "feedback": comment["text"],
            "feedback_lang": comment["lang"],
        }


def _outcome(share: Fraction, answer: Any) -> str:
    if answer is None:
        return "unanswered"
    if share == 1:
        return "right"
    return "partly" if share > 0 else "wrong"
