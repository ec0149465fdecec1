"""Marking written answers again after the result stood: on appeal, or because an examiner was wrong.

Every mark ever given stays (`Mark` is append-only), and so does the result the attempt had (`ScoreChange`).
Completions and certificates follow by the rules of the courses, as they do after another key.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from people.domain import audit
from quizzes.domain import rulings
from quizzes.domain.approving import require_approval
from quizzes.domain.marking import WrittenAnswer, note, written_answers
from quizzes.domain.regrading import grade_again
from quizzes.enums import AttemptState, ScoreChangeKind
from quizzes.models import Attempt, ScoreChange
from quizzes.queries import answers_of
from shared.errors import DomainError


@dataclass(frozen=True)
class NewMark:
    """What an answer gets now: points by criterion ({criterion id: number as text}) and words for the learner."""

    given: Mapping[str, str]
    comment: str = ""

    def differs_from(self, written: WrittenAnswer) -> bool:
        was = written.mark
        return was is None or (dict(self.given), self.comment) != (was.given, was.comment)


@transaction.atomic
def mark_again(
    attempt: Attempt, marks: Mapping[int, NewMark], *, reason: str, approved_by, actor
) -> ScoreChange | None:
    """Gives answers of an attempt with a result other marks (by slot) and grades it by them at once.

    Returns what changed of the result, None if only words or points that make the same sum did. Raises DomainError
    without a reason, for an attempt without a result, for one's own attempt, for points outside their rubric and
    when every mark is as it was; then nothing is written.
    """
    attempt = Attempt.objects.select_for_update(of=("self",)).select_related("person").get(pk=attempt.pk)
    require_approval(attempt.person_id, reason=reason, approved_by=approved_by, actor=actor)
    if attempt.state != AttemptState.SUBMITTED:
        raise DomainError(_("Only an attempt with a result can be marked again."))
    changed = [one for one in written_answers(attempt) if one.slot in marks and marks[one.slot].differs_from(one)]
    if not changed:
        raise DomainError(_("All points and comments are as they were; nothing was changed."))
    for written in changed:
        note(written, attempt, marks[written.slot].given, marks[written.slot].comment, actor=actor)
    why = {
        "kind": ScoreChangeKind.REMARKED,
        "reason": reason.strip(),
        "approved_by": approved_by,
        "changed_by": actor,
    }
    change = grade_again(attempt, answers_of(attempt), rulings.in_force(attempt.quiz_id), why)
    audit.record(
        actor, "attempt.marked_again", attempt, about=attempt.person, quiz=attempt.quiz_id,
        slots=[written.slot for written in changed], approved_by=approved_by.pk, new={"reason": reason.strip()},
    )  # fmt: skip
    return change
