"""The feedback of a question: {"correct": texts, "incorrect": texts, "why": {part id: texts}}.

Each of the three is there only if it was written.
"""

from typing import Any

from quizzes.kinds.source import SourceReader
from quizzes.kinds.texts import MAIN_LANGUAGE, Texts, as_written, drawn, in_language

_VERDICTS = ("correct", "incorrect")


def read_verdicts(reader: SourceReader) -> dict[str, Any]:
    """The source's `feedback: {correct, incorrect}`; all of it is optional."""
    if not reader.has("feedback"):
        return {}
    nested = reader.nested("feedback", reader.source["feedback"])
    nested.only(_VERDICTS)
    return {name: nested.texts(name, lines=True) for name in _VERDICTS if nested.has(name)}


def written_verdicts(feedback: dict) -> dict[str, Any]:
    """{"feedback": …} as it stood in the source, {} if there was none."""
    verdicts = {name: as_written(feedback[name]) for name in _VERDICTS if name in feedback}
    return {"feedback": verdicts} if verdicts else {}


def verdict(feedback: dict, correct: bool, language: str) -> dict[str, str]:
    """The text for a right or a not (wholly) right answer with its language; empty if none was written."""
    texts = feedback.get("correct" if correct else "incorrect")
    return drawn(texts, language) if texts else {"text": "", "lang": MAIN_LANGUAGE}


def read_why(reader: SourceReader, feedback: dict, part_id: str) -> None:
    """Takes the optional `why` of one part of the source into the feedback."""
    if reader.has("why"):
        feedback.setdefault("why", {})[part_id] = reader.texts("why", lines=True)


def written_why(feedback: dict, part_id: str) -> dict[str, str | Texts]:
    """{"why": …} as it stood in the source, {} if there was none."""
    why = feedback.get("why", {}).get(part_id)
    return {"why": as_written(why)} if why else {}


def why_of(feedback: dict, part_id: str, language: str) -> str:
    """The explanation of one part, "" if none was written."""
    why = feedback.get("why", {}).get(part_id)
    return in_language(why, language) if why else ""
