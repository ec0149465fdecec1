"""Completions that rest on a result which changed: raised by a regrade, settled by who answers for the course."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.domain import certificates
from courses.enums import CertificateState, DoubtOutcome
from courses.models import Completion, Doubt
from people.domain import audit
from quizzes.models import Attempt, ScoreChange
from shared.errors import DomainError


def raise_doubts(attempt: Attempt, change: ScoreChange) -> None:
    """Notes the completions that rest on the attempt; call it in the transaction that changed the result."""
    for completion in Completion.objects.filter(attempt=attempt):
        doubt = Doubt.objects.create(completion=completion, change=change, raised_at=timezone.now())
        audit.record(change.changed_by, "completion.doubted", completion, attempt=attempt.pk, doubt=doubt.pk)


@transaction.atomic
def settle(doubt: Doubt, outcome: DoubtOutcome, reason: str, *, actor) -> Doubt:
    """Keeps the completion or revokes its certificate. Raises DomainError without a reason or if it is settled."""
    doubt = Doubt.objects.select_for_update().get(pk=doubt.pk)
    if doubt.settled_at:
        raise DomainError(_("This was decided already."))
    if not reason.strip():
        raise DomainError(_("A reason is needed."))
    if doubt.completion.person_id == actor.pk:
        raise DomainError(_("Nobody decides about their own result."))
    certificate = getattr(doubt.completion, "certificate", None)
    if outcome == DoubtOutcome.REVOKED:
        if certificate is None or certificate.state != CertificateState.VALID:
            raise DomainError(_("There is no valid certificate to revoke."))
        certificates.revoke(certificate, reason, actor=actor)
    else:
        audit.record(actor, "completion.confirmed", doubt.completion, doubt=doubt.pk)
    doubt.outcome, doubt.reason = outcome, reason.strip()
    doubt.settled_at, doubt.settled_by = timezone.now(), actor
    doubt.save(update_fields=["outcome", "reason", "settled_at", "settled_by"])
    return doubt
