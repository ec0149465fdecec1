"""Marking written answers: criterion by criterion, by an examiner of the quiz's unit; then the result stands.

`attempts.submit` asks `results.grade`, which has no sum while a mark is missing; the attempt then waits here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain import audit
from quizzes.domain import results
from quizzes.domain.questions import versions
from quizzes.enums import AttemptState
from quizzes.kinds.registry import kind_of
from quizzes.models import Attempt, Mark, QuestionVersion, Response
from shared.errors import DomainError


@dataclass
class WrittenAnswer:
    """An answer of a waiting attempt that an examiner reads, with the newest mark if there is one."""

    slot: int
    question: QuestionVersion
    text: str
    mark: Mark | None

    @property
    def number(self) -> int:
        return self.slot + 1

    @property
    def anchor(self) -> str:
        """Names the answer on a page with several."""
        return f"answer-{self.slot}"


def written_answers(attempt: Attempt) -> list[WrittenAnswer]:
    """The answers of a submitted attempt that need an examiner, in the attempt's order."""
    answers = dict(Response.objects.filter(attempt=attempt).values_list("slot", "answer"))
    marks = newest_marks(attempt)
    found = []
    for slot, question in enumerate(versions(one["version"] for one in attempt.slots)):
        kind, answer = kind_of(question.kind), answers.get(slot)
        if kind.needs_marking(question.content, answer):
            found.append(WrittenAnswer(slot, question, kind.text_of(answer), marks.get(slot)))
    return found


def newest_marks(attempt: Attempt) -> dict[int, Mark]:
    """The mark that counts of each slot."""
    return {mark.slot: mark for mark in Mark.objects.filter(attempt=attempt).order_by("pk")}


@transaction.atomic
def mark(attempt: Attempt, slot: int, given: Mapping[str, str], comment: str = "", *, actor) -> Mark:
    """Gives one answer points by criterion ({criterion id: number as text}); a later mark takes the place of it.

    Raises DomainError if the attempt does not wait to be marked, the slot holds nothing to mark, or a number is
    missing, negative or above the criterion's points.
    """
    attempt = _locked(attempt)
    written = next((one for one in written_answers(attempt) if one.slot == slot), None)
    if written is None:
        raise DomainError(_("There is nothing to mark here."))
    made = note(written, attempt, given, comment, actor=actor)
    audit.record(actor, "attempt.marked", attempt, about=attempt.person, slot=slot)
    return made


def note(written: WrittenAnswer, attempt: Attempt, given: Mapping[str, str], comment: str, *, actor) -> Mark:
    """Writes a mark down, after the criteria of the question's rubric. Raises DomainError as `mark` does."""
    try:
        kind_of(written.question.kind).share_of(written.question.key, given)
    except ValueError as missing:
        raise DomainError(
            _("Please give every criterion of question %(number)s points from 0 up to its highest.")
            % {"number": written.number}
        ) from missing
    return Mark.objects.create(
        attempt=attempt,
        slot=written.slot,
        given=dict(given),
        comment=comment,
        marker=actor,
        marked_at=timezone.now(),
    )


@transaction.atomic
def finish(attempt: Attempt, *, actor) -> Attempt:
    """Grades an attempt whose answers all have marks; completion and certificate follow in the same transaction.

    Raises DomainError while a mark is missing.
    """
    attempt = _locked(attempt)
    total = results.grade(attempt)
    if total is None:
        raise DomainError(_("Some answers have no points yet."))
    results.settle(attempt, total)
    audit.record(actor, "attempt.marking_finished", attempt, about=attempt.person)
    return attempt


def _locked(attempt: Attempt) -> Attempt:
    attempt = Attempt.objects.select_for_update(of=("self",)).select_related("person").get(pk=attempt.pk)
    if attempt.state != AttemptState.MARKING:
        raise DomainError(_("This attempt does not wait to be marked (any more)."))
    return attempt
