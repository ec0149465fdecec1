"""Files of questions. `own` is our YAML; GIFT, QTI or Moodle XML would each be a module beside it.

A format reads a whole file into `FileQuestion`s, or raises `SourceProblems` with every mistake in it, and writes the
questions of a bank. Nothing of a faulty file is ever stored.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from quizzes.kinds.base import QuestionBody


@dataclass(frozen=True)
class FileQuestion:
    """A checked question from a file; `tags` are “vocabulary/tag” codes."""

    code: str
    kind: str
    points: Decimal
    body: QuestionBody
    tags: list[str] = field(default_factory=list)
    line: int = 1
