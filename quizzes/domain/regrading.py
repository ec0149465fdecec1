"""Another key, or void: proposed, shown whom it would change, confirmed, applied to all attempts in short batches.

No result is lost: what an attempt had before stands in `ScoreChange`. Completions and certificates follow by the
rules of the courses, through the signal `attempt_regraded`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain import audit
from quizzes.domain import grading, results, rulings
from quizzes.enums import AttemptState, Decision, ScoreChangeKind
from quizzes.kinds.registry import kind_of
from quizzes.models import Attempt, QuestionVersion, Quiz, Response, Ruling, ScoreChange
from quizzes.signals import attempt_regraded
from shared.domain import outbox
from shared.errors import DomainError

BATCH = 50
_READ_AT_A_TIME = 500


@dataclass(frozen=True)
class Outcome:
    """What an attempt has and what it would have."""

    attempt: Attempt
    score: Decimal
    max_points: Decimal
    passed: bool

    @property
    def changes(self) -> bool:
        was = self.attempt
        return (was.score, was.max_points, was.passed) != (self.score, self.max_points, self.passed)


@dataclass(frozen=True)
class Preview:
    """Everybody a ruling concerns; `changed` are those whose result it would change."""

    concerned: int
    changed: list[Outcome]

    @property
    def newly_passed(self) -> list[Outcome]:
        return [one for one in self.changed if one.passed and not one.attempt.passed]

    @property
    def no_longer_passed(self) -> list[Outcome]:
        return [one for one in self.changed if one.attempt.passed and not one.passed]


# --- Deciding -------------------------------------------------------------------------------------------


@transaction.atomic
def propose(
    quiz: Quiz, version: QuestionVersion, decision: Decision, *, key_version=None, reason: str, approved_by, actor
) -> Ruling:
    """Writes down a decision that is not in force yet. Raises DomainError for one that cannot be carried out."""
    if not reason.strip():
        raise DomainError(_("A reason is needed."))
    if decision == Decision.CORRECTED:
        _check_key(version, key_version)
    ruling = Ruling.objects.create(
        quiz=quiz,
        version=version,
        decision=decision,
        key_version=key_version if decision == Decision.CORRECTED else None,
        reason=reason.strip(),
        approved_by=approved_by,
        proposed_by=actor,
        proposed_at=timezone.now(),
    )
    audit.record(actor, "ruling.proposed", ruling, quiz=quiz.pk, version=version.pk, decision=decision)
    return ruling


def _check_key(version: QuestionVersion, key_version: QuestionVersion | None) -> None:
    if key_version is None or key_version.question_id != version.question_id:
        raise DomainError(_("Choose the version of the question that has the right key."))
    if not rulings.fits(version, key_version):
        raise DomainError(
            _(
                "The two versions have different options or blanks, so the key of one cannot grade the other. Write a "
                "version with the wording that was examined and the right key, or declare the question void."
            )
        )
    if getattr(kind_of(version.kind), "marked_by_people", False):
        raise DomainError(_("Answers to this kind of question are marked by examiners; it has no key to correct."))


@transaction.atomic
def discard(ruling: Ruling, *, actor) -> None:
    """Takes back a proposal. Raises DomainError once it is in force."""
    ruling = Ruling.objects.select_for_update().get(pk=ruling.pk)
    if ruling.confirmed_at:
        raise DomainError(_("This decision is in force already. A further decision can follow it."))
    audit.record(actor, "ruling.discarded", ruling, quiz=ruling.quiz_id, version=ruling.version_id)
    ruling.delete()


@transaction.atomic
def confirm(ruling: Ruling, *, actor) -> Ruling:
    """Puts the decision in force and orders the attempts to be graded again. Confirming twice changes nothing."""
    ruling = Ruling.objects.select_for_update().get(pk=ruling.pk)
    if ruling.confirmed_at:
        return ruling
    ruling.confirmed_at, ruling.confirmed_by = timezone.now(), actor
    ruling.save(update_fields=["confirmed_at", "confirmed_by"])
    audit.record(actor, "ruling.confirmed", ruling, quiz=ruling.quiz_id, version=ruling.version_id)
    outbox.enqueue("quizzes.regrade", ruling.pk)
    return ruling


# --- Looking --------------------------------------------------------------------------------------------


def preview(ruling: Ruling) -> Preview:
    """What the ruling would do to attempts with a result. Reads, never writes."""
    concerned, changed = 0, []
    for attempts in _batches(ruling, state=AttemptState.SUBMITTED):
        answers = _answers_of(attempts)
        for attempt in attempts:
            concerned += 1
            outcome = _outcome(attempt, answers.get(attempt.pk, {}), _decided(ruling))
            if outcome and outcome.changes:
                changed.append(outcome)
    return Preview(concerned, changed)


def _decided(ruling: Ruling) -> dict[int, Ruling]:
    """The decisions in force together with this one."""
    if not hasattr(ruling, "_decided"):
        ruling._decided = rulings.in_force(ruling.quiz_id) | {ruling.version_id: ruling}
    return ruling._decided


def _outcome(attempt: Attempt, responses: dict[int, Response], decided: dict[int, Ruling]) -> Outcome | None:
    total = results.total_of(results.points_by_slot(attempt, responses, decided))
    if total is None:
        return None
    highest = results.highest_points(attempt, decided)
    passed = grading.is_passed(total, Fraction(highest), attempt.pass_percent)
    return Outcome(attempt, grading.rounded(total), highest, passed)


def _batches(ruling: Ruling, **conditions) -> Iterator[list[Attempt]]:
    """The attempts whose paper has the version, some hundreds at a time, in the order of their ids."""
    after = 0
    while True:
        found = Attempt.objects.filter(quiz=ruling.quiz_id, pk__gt=after, **conditions).select_related("person")
        found = list(found.order_by("pk")[:_READ_AT_A_TIME])
        if not found:
            return
        after = found[-1].pk
        yield [attempt for attempt in found if any(slot["version"] == ruling.version_id for slot in attempt.slots)]


def _answers_of(attempts: list[Attempt]) -> dict[int, dict[int, Response]]:
    answers: dict[int, dict[int, Response]] = {}
    for response in Response.objects.filter(attempt__in=attempts):
        answers.setdefault(response.attempt_id, {})[response.slot] = response
    return answers


# --- Applying -------------------------------------------------------------------------------------------


def apply(ruling_id: int) -> int:
    """Grades the attempts again, in batches of their own transactions; may be run again at any time.

    Attempts still open are locked and looked at too: one that was just being submitted when the ruling was confirmed
    is thereby waited for. Returns how many results changed in this run.
    """
    ruling = Ruling.objects.select_related("confirmed_by").get(pk=ruling_id)
    if ruling.confirmed_at is None:
        return 0
    changed = 0
    for attempts in _batches(ruling):
        ids = [attempt.pk for attempt in attempts]
        for first in range(0, len(ids), BATCH):
            changed += _apply_to(ruling, ids[first : first + BATCH])
            outbox.still_at_it("quizzes.regrade", ruling_id)
    with transaction.atomic():
        if Ruling.objects.filter(pk=ruling_id, applied_at__isnull=True).update(applied_at=timezone.now()):
            audit.record(ruling.confirmed_by, "ruling.applied", ruling, quiz=ruling.quiz_id, changed=changed)
    return changed


@transaction.atomic
def _apply_to(ruling: Ruling, ids: list[int]) -> int:
    attempts = list(Attempt.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    decided = rulings.in_force(ruling.quiz_id)
    answers = _answers_of(attempts)
    closed = [attempt for attempt in attempts if attempt.state == AttemptState.SUBMITTED]
    return sum(_regrade(attempt, answers.get(attempt.pk, {}), decided, ruling) for attempt in closed)


def _regrade(attempt: Attempt, responses: dict[int, Response], decided: dict[int, Ruling], ruling: Ruling) -> bool:
    """Grades one locked attempt by what is in force; whether its result changed."""
    by = results.rulings_of_slots(attempt, decided)
    if attempt.rulings == by:
        return False  # done in an earlier run, or submitted after the decision
    why = {
        "kind": ScoreChangeKind.REGRADED,
        "ruling": ruling,
        "reason": ruling.reason,
        "approved_by": ruling.approved_by,
        "changed_by": ruling.confirmed_by,
    }
    return grade_again(attempt, responses, decided, why) is not None


def grade_again(
    attempt: Attempt, responses: dict[int, Response], decided: dict[int, Ruling], why: dict
) -> ScoreChange | None:
    """Gives a locked attempt the result that its answers, its newest marks and the decisions in force make.

    If the result changes, the one before is kept with `why` (the fields of `ScoreChange` that say so) and whoever
    builds on it is told; None if it stays or an answer waits for its marks.
    """
    outcome = _outcome(attempt, responses, decided)
    if outcome is None:
        return None
    was = attempt.passed
    change = history_of(attempt) if outcome.changes else None
    results.write_points(attempt, responses, decided)
    attempt.score, attempt.max_points, attempt.passed = outcome.score, outcome.max_points, outcome.passed
    attempt.rulings = results.rulings_of_slots(attempt, decided)
    attempt.save(update_fields=["score", "max_points", "passed", "earned", "rulings"])
    if change is None:
        return None
    for name, value in why.items():
        setattr(change, name, value)
    change.new_score, change.new_max_points, change.new_passed = outcome.score, outcome.max_points, outcome.passed
    change.save()
    attempt_regraded.send(sender=Attempt, attempt=attempt, was_passed=was, change=change)
    return change


def history_of(attempt: Attempt) -> ScoreChange:
    """What the attempt has now, to be completed and saved with the change."""
    return ScoreChange(
        attempt=attempt,
        changed_at=timezone.now(),
        old_score=attempt.score,
        old_max_points=attempt.max_points,
        old_passed=attempt.passed,
        old_submitted_at=attempt.submitted_at,
        old_submit_reason=attempt.submit_reason,
        old_points={slot: points for slot, points in attempt.earned.items() if points is not None},
    )
