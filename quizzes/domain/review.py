"""What a learner sees of an attempt after it was submitted: each question with answer, key and reason."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import translation

from quizzes.domain.questions import versions
from quizzes.kinds.registry import kind_of
from quizzes.models import Attempt
from quizzes.queries import answers_of


@dataclass
class ReviewedQuestion:
    number: int
    topic: str
    points: Decimal
    earned: Decimal
    explanation: dict
    lesson_title: str = ""
    lesson_url: str = ""


def review(attempt: Attempt) -> list[ReviewedQuestion]:
    """Every question of a submitted attempt, in the attempt's order. Raises ValueError while it is still open."""
    if attempt.is_open:
        raise ValueError("An open attempt has no review: it would show the key.")
    language = translation.get_language() or "vi"
    answers = answers_of(attempt)
    items = []
    slots = attempt.slots
    for index, (slot, question) in enumerate(zip(slots, versions(s["version"] for s in slots), strict=True)):
        response = answers.get(index)
        items.append(
            ReviewedQuestion(
                number=index + 1,
                topic=slot["topic"],
                points=question.points,
                earned=(response.points or Decimal(0)) if response else Decimal(0),
                explanation=kind_of(question.kind).explain(
                    question.content,
                    question.key,
                    question.feedback,
                    slot["arrangement"],
                    response.answer if response else None,
                    language,
                ),
            )
        )
    return items
