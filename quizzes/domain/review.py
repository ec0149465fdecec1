"""What a learner sees of an attempt after it was submitted, as the quiz has it at the moment of looking."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone, translation

from quizzes.domain import rulings
from quizzes.domain.marking import newest_marks
from quizzes.domain.papers import points_of
from quizzes.domain.questions import versions
from quizzes.enums import AttemptState, Decision, ScoreChangeKind, Shown, ShownWhen
from quizzes.kinds.registry import kind_of
from quizzes.kinds.texts import in_language
from quizzes.models import Attempt, QuestionVersion, Quiz, Response, Ruling
from quizzes.queries import answers_of

# What `explain` tells at each level; EXPLANATIONS tells all of it.
_ANSWER = frozenset({"kind", "stem", "stem_lang", "scenario", "scenario_lang", "correct", "outcome", "given"})
_TOLD = {Shown.OUTCOMES: _ANSWER, Shown.ANSWERS: _ANSWER | {"expected"}}


@dataclass
class ReviewedQuestion:
    number: int
    topic: str
    points: Decimal
    earned: Decimal
    explanation: dict
    decision: str = ""
    lesson_title: str = ""
    lesson_url: str = ""

    @property
    def told_options(self) -> list[list]:
        """Why options are right or wrong: [right, text, reason] of those that were chosen or should have been."""
        told = [
            one for one in self.explanation.get("options", ()) if one.get("why") and (one["chosen"] or one["right"])
        ]
        return [[one["right"], one["text"], _text_of(one["why"])] for one in told]

    @property
    def told_criteria(self) -> list[list]:
        """Each criterion of a marked answer: [text, points given, most points]."""
        return [[one["text"], one["given"], one["most"]] for one in self.explanation.get("criteria", ())]


def _text_of(reason) -> str:
    return reason["text"] if isinstance(reason, dict) else reason


def shown_of(quiz: Quiz, now: datetime | None = None) -> Shown:
    """How much of a submitted attempt its owner may see now."""
    if quiz.shown_when == ShownWhen.NEVER:
        return Shown.NOTHING
    if quiz.shown_when == ShownWhen.AFTER_CLOSE and not _is_closed_for_everybody(quiz, now or timezone.now()):
        return Shown.NOTHING
    return Shown(quiz.shows)


def _is_closed_for_everybody(quiz: Quiz, now: datetime) -> bool:
    """Closed, and nobody is still at it with extra time. Attempts reopened afterwards keep nothing from the others."""
    if quiz.closes_at is None or now < quiz.closes_at:
        return False
    under_way = Attempt.objects.filter(quiz=quiz, state=AttemptState.IN_PROGRESS, deadline_at__gt=now)
    return not under_way.exclude(score_changes__kind=ScoreChangeKind.REOPENED).exists()


def review(attempt: Attempt, level: Shown = Shown.EXPLANATIONS, answers=None) -> list[ReviewedQuestion]:
    """Every question of a graded attempt, in the attempt's order, with what the level lets through. `answers` by
    slot, if they were read already.

    Raises ValueError while the attempt is open or unmarked.
    """
    if attempt.state != AttemptState.SUBMITTED:
        raise ValueError("An attempt without a result has no review: it would show the key.")
    if not level.includes(Shown.OUTCOMES):
        return []
    answers = answers_of(attempt) if answers is None else answers
    decided = rulings.named(attempt.rulings.values())
    slots, language = attempt.slots, translation.get_language() or "vi"
    items = []
    for index, (slot, question) in enumerate(zip(slots, versions(s["version"] for s in slots), strict=True)):
        response, ruling = answers.get(index), decided.get(question.pk)
        explanation = _explained(question, ruling, slot, response, language)
        worth, earned = _points(slot, question, attempt.points_of(index), ruling)
        items.append(
            ReviewedQuestion(
                number=index + 1,
                topic=slot["topic"],
                points=worth,
                earned=earned,
                explanation=explanation,
                decision=ruling.decision if ruling else "",
            )
        )
    if any(kind_of(question.kind).marked_by_people for question in versions(s["version"] for s in slots)):
        _add_marks(attempt, items, language)
    for item in items if level in _TOLD else ():
        item.explanation = {name: value for name, value in item.explanation.items() if name in _TOLD[level]}
    return items


def checked(question: QuestionVersion, slot: dict, response: Response) -> dict:
    """In practice: the explanation of one answer the learner had checked."""
    return _explained(question, None, slot, response, translation.get_language() or "vi")


def _points(
    slot: dict, question: QuestionVersion, earned: Decimal | None, ruling: Ruling | None
) -> tuple[Decimal, Decimal]:
    """What the question is worth and what the answer earned."""
    worth = points_of(slot, question)
    if ruling and ruling.decision == Decision.TAKEN_OUT:
        return Decimal(0), Decimal(0)
    if ruling and ruling.decision == Decision.POINTS_FOR_ALL:
        return worth, worth
    return worth, earned or Decimal(0)


def _explained(question: QuestionVersion, ruling: Ruling | None, slot: dict, response, language: str) -> dict:
    graded_by = rulings.graded_by(ruling, question)
    answer = response.answer if response else None
    return kind_of(question.kind).explain(
        question.content, graded_by.key, graded_by.feedback, slot["arrangement"], answer, language
    )


def _add_marks(attempt: Attempt, items: list[ReviewedQuestion], language: str) -> None:
    """What examiners gave and wrote; whether such an answer is right is for the points to say."""
    for slot, mark in newest_marks(attempt).items():
        item = items[slot]
        question = versions([attempt.slots[slot]["version"]])[0]
        item.explanation["correct"] = item.earned == item.points
        item.explanation["outcome"] = (
            "right" if item.earned == item.points else "partly" if item.earned > 0 else "wrong"
        )
        item.explanation["comment"] = mark.comment
        item.explanation["criteria"] = [
            {
                "text": in_language(criterion["text"], language),
                "given": mark.given[criterion["id"]],
                "most": criterion["points"],
            }
            for criterion in question.key["rubric"]
        ]
