"""Writing questions: a changed question becomes a new version, an unchanged one stays as it is."""

from decimal import Decimal

from django.db import transaction

from quizzes.kinds.base import QuestionBody
from quizzes.models import Bank, Question, QuestionVersion


@transaction.atomic
def save_question(bank: Bank, code: str, kind: str, points: Decimal, body: QuestionBody) -> Question:
    """Creates the question or, if anything differs from its current version, adds a version and makes it current."""
    question, _created = Question.objects.select_for_update().get_or_create(bank=bank, code=code)
    current = question.current
    wanted = (kind, Decimal(points), body.content, body.key, body.feedback)
    if current and (current.kind, current.points, current.content, current.key, current.feedback) == wanted:
        return question
    question.current = QuestionVersion.objects.create(
        question=question,
        number=(current.number + 1) if current else 1,
        kind=kind,
        points=points,
        content=body.content,
        key=body.key,
        feedback=body.feedback,
    )
    question.save(update_fields=["current"])
    return question


def versions(ids) -> list[QuestionVersion]:
    """Versions in the order of `ids`; those not yet in memory are read in one query."""
    ids = list(ids)
    known = _known(ids)
    return [known[version_id] for version_id in ids]


_held: dict[int, QuestionVersion] = {}
_HELD_AT_MOST = 20_000


def _known(ids: list[int]) -> dict[int, QuestionVersion]:
    known = {version_id: _held.get(version_id) for version_id in ids}
    missing = [version_id for version_id, version in known.items() if version is None]
    if missing:
        read = QuestionVersion.objects.in_bulk(missing)
        if len(_held) > _HELD_AT_MOST:
            _held.clear()
        _held.update(read)
        known |= read
    return known
