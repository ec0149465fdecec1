"""Reopening an attempt that was handed in by mistake or cut off by a fault: for a reason, approved, logged."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain import audit
from quizzes.domain.approving import require_approval
from quizzes.domain.regrading import history_of
from quizzes.enums import AttemptState, ScoreChangeKind
from quizzes.models import Attempt
from shared.errors import DomainError


@transaction.atomic
def reopen(attempt: Attempt, *, minutes: int, reason: str, approved_by, actor) -> Attempt:
    """Lets the person go on for `minutes` with the answers as they are; the result it had is kept as history.

    Raises DomainError for an attempt that is open, was passed, or stands beside another open one.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    require_approval(attempt.person_id, reason=reason, approved_by=approved_by, actor=actor)
    _check(attempt)
    change = history_of(attempt)
    change.kind, change.reason = ScoreChangeKind.REOPENED, reason.strip()
    change.approved_by, change.changed_by = approved_by, actor
    change.save()
    attempt.state, attempt.submitted_at, attempt.submit_reason = AttemptState.IN_PROGRESS, None, ""
    attempt.score = attempt.passed = None
    attempt.earned = {}
    attempt.deadline_at = timezone.now() + timedelta(minutes=minutes)
    attempt.save(update_fields=["state", "submitted_at", "submit_reason", "score", "passed", "earned", "deadline_at"])
    audit.record(
        actor, "attempt.reopened", attempt, about=attempt.person, quiz=attempt.quiz_id, approved_by=approved_by.pk,
        new={"reason": reason, "minutes": minutes},
    )  # fmt: skip
    return attempt


def _check(attempt: Attempt) -> None:
    if attempt.state != AttemptState.SUBMITTED:
        raise DomainError(_("Only an attempt with a result can be reopened."))
    if attempt.passed:
        raise DomainError(_("This attempt was passed; there is no reason to reopen it."))
    others = Attempt.objects.filter(person=attempt.person_id, quiz=attempt.quiz_id, state=AttemptState.IN_PROGRESS)
    if others.exists():
        raise DomainError(_("Another attempt at this quiz is under way. It has to be handed in first."))
