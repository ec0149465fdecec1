"""Extra time and extra attempts for one person: granted for a reason, approved by somebody, logged, withdrawn."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain import audit
from quizzes.domain.windows import NOTHING_EXTRA, Allowance, allowance_of
from quizzes.enums import AttemptState
from quizzes.models import Accommodation, Attempt, Quiz
from quizzes.queries import accommodations_of
from shared.content_version import remembered, version_seen_by
from shared.errors import DomainError


def allowance(person, quiz: Quiz) -> Allowance:
    """What is granted to the person today, in one query; in none where nobody was granted anything at this quiz."""
    if version_seen_by(person) is not None and not _anything_granted(person, quiz.pk):
        return NOTHING_EXTRA
    granted = accommodations_of(person.pk, quiz.pk, timezone.localdate())
    return allowance_of(granted) if granted else NOTHING_EXTRA


_anything_granted = remembered(500)(
    lambda quiz: Accommodation.objects.filter(quiz=quiz, withdrawn_at__isnull=True).exists()
)


@dataclass(frozen=True)
class Terms:
    """What is granted, until when, why, and who approved it."""

    minutes: int
    attempts: int
    reason: str
    approved_by: object
    valid_from: date
    valid_until: date


@transaction.atomic
def grant(person, quiz: Quiz, terms: Terms, *, actor) -> Accommodation:
    """Grants it; extra time counts for an attempt under way too. Raises DomainError for what cannot be meant."""
    _check(person, terms, actor)
    granted = Accommodation.objects.create(
        person=person,
        quiz=quiz,
        extra_minutes=terms.minutes,
        extra_attempts=terms.attempts,
        reason=terms.reason.strip(),
        approved_by=terms.approved_by,
        valid_from=terms.valid_from,
        valid_until=terms.valid_until,
        granted_by=actor,
        granted_at=timezone.now(),
    )
    told = {"minutes": terms.minutes, "attempts": terms.attempts, "reason": granted.reason,
            "from": terms.valid_from, "until": terms.valid_until}  # fmt: skip
    by = terms.approved_by.pk
    audit.record(actor, "accommodation.granted", granted, about=person, new=told, quiz=quiz.pk, approved_by=by)
    if terms.minutes and terms.valid_from <= timezone.localdate() <= terms.valid_until:
        _give_time(person, quiz, terms.minutes)
    return granted


def _check(person, terms: Terms, actor) -> None:
    if not (terms.minutes or terms.attempts):
        raise DomainError(_("Enter extra time or extra attempts."))
    if terms.valid_until < terms.valid_from:
        raise DomainError(_("The last day lies before the first."))
    if person.pk in (actor.pk, terms.approved_by.pk):
        raise DomainError(_("Nobody grants or approves this for themselves."))


@transaction.atomic
def withdraw(granted: Accommodation, *, actor) -> None:
    """From now on it counts no more; attempts begun with it keep it. Withdrawing twice changes nothing."""
    if Accommodation.objects.filter(pk=granted.pk, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now()):
        audit.record(actor, "accommodation.withdrawn", granted, about=granted.person, quiz=granted.quiz_id)


def _give_time(person, quiz: Quiz, minutes: int) -> None:
    """Moves the deadline of the person's attempt under way."""
    under_way = Attempt.objects.select_for_update().filter(person=person, quiz=quiz, state=AttemptState.IN_PROGRESS)
    for attempt in under_way.filter(deadline_at__isnull=False):
        attempt.deadline_at += timedelta(minutes=minutes)
        attempt.save(update_fields=["deadline_at"])
