"""Points and pass marks. Exact fractions inside, rounded only where a number is stored or shown."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from quizzes.kinds.registry import kind_of
from quizzes.models import QuestionVersion


def points(question: QuestionVersion, answer, worth: Decimal | None = None) -> Fraction:
    """Points earned by `answer`: the kind's share (0 to 1, below 0 with negative marking) times what the question is
    worth in its paper (its own points if not given)."""
    share = kind_of(question.kind).grade(question.content, question.key, answer)
    return share * Fraction(question.points if worth is None else worth)


def is_passed(total: Fraction, max_points: Fraction, pass_percent: int) -> bool:
    """Passed when total / max_points ≥ pass_percent / 100, compared without rounding."""
    return max_points > 0 and total * 100 >= max_points * pass_percent


def rounded(value: Fraction, places: int = 2) -> Decimal:
    step = Decimal(1).scaleb(-places)
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(step, ROUND_HALF_UP)
