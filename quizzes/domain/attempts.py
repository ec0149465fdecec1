"""The life of an attempt: started once, answers saved one by one, submitted once, graded on the server."""

import logging
import random
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.domain import grading
from quizzes.domain.questions import versions
from quizzes.enums import AttemptState, SubmitReason
from quizzes.kinds.registry import kind_of
from quizzes.models import Attempt, Quiz, Response, SectionQuestion
from quizzes.signals import attempt_graded
from shared.errors import DomainError

log = logging.getLogger(__name__)


class AnswerRefused(DomainError):
    """An answer that came too late or to a closed attempt; answers acknowledged before it stand."""


@dataclass(frozen=True)
class SavedAnswer:
    """An acknowledged answer: its attempt, the database's time, and whether no part was left out."""

    attempt: Attempt
    at: datetime
    is_complete: bool


def start(person, quiz: Quiz) -> Attempt:
    """The person's open attempt, or a new one with a freshly drawn paper.

    Raises DomainError when no attempt is left or the quiz has no questions.
    """
    open_attempt = _open_attempt(person, quiz)
    if open_attempt and not _is_over(open_attempt, timezone.now()):
        return open_attempt
    if open_attempt:
        submit(open_attempt, SubmitReason.TIME)
    seed = secrets.randbits(62)
    paper, max_points = _draw_paper(quiz, random.Random(seed))  # noqa: S311  a reproducible draw; the seed itself is secret
    try:
        with transaction.atomic():
            # The quiz row is not locked: the two unique constraints decide between parallel starts.
            taken = Attempt.objects.filter(person=person, quiz=quiz).count()
            if taken >= quiz.max_attempts:
                if started_elsewhere := _open_attempt(person, quiz):  # in another tab, a moment earlier
                    return started_elsewhere
                raise DomainError(_("All %(count)s attempts at this quiz have been used.") % {"count": taken})
            now = timezone.now()
            return Attempt.objects.create(
                person=person,
                quiz=quiz,
                number=taken + 1,
                paper=paper,
                seed=seed,
                pass_percent=quiz.pass_percent,
                max_attempts=quiz.max_attempts,
                grace_seconds=quiz.grace_seconds,
                max_points=max_points,
                started_at=now,
                deadline_at=now + timedelta(minutes=quiz.time_limit_minutes) if quiz.time_limit_minutes else None,
            )
    except IntegrityError:  # another tab started it a moment earlier
        return Attempt.objects.get(person=person, quiz=quiz, state=AttemptState.IN_PROGRESS)


def _open_attempt(person, quiz: Quiz) -> Attempt | None:
    return Attempt.objects.filter(person=person, quiz=quiz, state=AttemptState.IN_PROGRESS).first()


def save_answer(person, attempt_id: int, slot: int, answer) -> datetime:
    """Stores the answer to one slot (0-based) and returns the time at which it was saved, once it is committed.

    The deadline is checked against the database's clock in the same transaction. Raises Attempt.DoesNotExist for
    another person's attempt and AnswerRefused when the attempt is closed or its time is over.
    """
    with transaction.atomic():
        attempt = _open_for_answers(person, attempt_id)
        _store(attempt, slot, answer)
    return attempt.database_now


def save_posted(person, attempt_id: int, slot: int, data) -> SavedAnswer:
    """As `save_answer`, with the answer still in a posted form (`data`): one look at the attempt serves both.

    Raises IndexError for a slot the paper does not have and AnswerError for what cannot be read as an answer.
    """
    with transaction.atomic():
        attempt = _open_for_answers(person, attempt_id)
        [question] = versions([attempt.slots[slot]["version"]])
        kind = kind_of(question.kind)
        answer = kind.parse(question.content, data)
        _store(attempt, slot, answer)
    return SavedAnswer(attempt, attempt.database_now, kind.is_complete(question.content, answer))


def _open_for_answers(person, attempt_id: int) -> Attempt:
    """The person's attempt, locked until the commit so that it cannot be submitted between check and write."""
    attempt = Attempt.objects.select_for_update().annotate(database_now=Now()).get(pk=attempt_id, person=person)
    if not attempt.is_open:
        raise AnswerRefused(_("This attempt was already submitted. The answers saved before that were graded."))
    if _is_over(attempt, attempt.database_now):
        raise AnswerRefused(
            _("Time was up at %(time)s. This answer was not taken; the answers saved before are graded.")
            % {"time": timezone.localtime(attempt.deadline_at).strftime("%H:%M:%S")}
        )
    return attempt


def _store(attempt: Attempt, slot: int, answer) -> None:
    Response.objects.bulk_create(
        [Response(attempt_id=attempt.pk, slot=slot, answer=answer, saved_at=attempt.database_now)],
        update_conflicts=True,
        unique_fields=["attempt", "slot"],
        update_fields=["answer", "saved_at"],
    )


@transaction.atomic
def submit(attempt: Attempt, reason: SubmitReason = SubmitReason.LEARNER) -> Attempt:
    """Closes and grades the attempt. Submitting again returns the first result unchanged."""
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if not attempt.is_open:
        return attempt
    now = timezone.now()
    if _is_over(attempt, now):
        reason = SubmitReason.TIME
    total = _grade_responses(attempt)
    attempt.state = AttemptState.SUBMITTED
    attempt.submitted_at = min(now, attempt.deadline_at) if reason == SubmitReason.TIME else now
    attempt.submit_reason = reason
    attempt.score = grading.rounded(total)
    attempt.passed = grading.is_passed(total, Fraction(attempt.max_points), attempt.pass_percent)
    attempt.save(update_fields=["state", "submitted_at", "submit_reason", "score", "passed"])
    attempt_graded.send(sender=Attempt, attempt=attempt)
    return attempt


def close_overdue(limit: int = 200) -> int:
    """Submits attempts whose time and grace are over with their last acknowledged answers; returns how many."""
    late = (
        Attempt.objects.filter(state=AttemptState.IN_PROGRESS, deadline_at__lt=timezone.now())
        .order_by("deadline_at")
        .only("pk", "deadline_at", "grace_seconds")[:limit]
    )
    closed = 0
    for attempt in late:
        if not _is_over(attempt, timezone.now()):
            continue
        try:
            submit(attempt, SubmitReason.TIME)
            closed += 1
        except Exception:  # one that cannot be graded must not keep the others open
            log.exception("Attempt %s could not be closed; it will be tried again", attempt.pk)
    return closed


def _is_over(attempt: Attempt, now: datetime) -> bool:
    """Whether the time limit and the grace for answers under way have passed."""
    return attempt.deadline_at is not None and now > attempt.deadline_at + timedelta(seconds=attempt.grace_seconds)


def _draw_paper(quiz: Quiz, rng: random.Random) -> tuple[dict, Decimal]:
    """The frozen paper and its highest possible points."""
    rows = list(
        SectionQuestion.objects.filter(section__quiz=quiz)
        .order_by("section__position", "position")
        .values_list("topic", "question__current")
    )
    if not rows:
        raise DomainError(_("This quiz has no questions yet."))
    if quiz.shuffle_questions:
        rng.shuffle(rows)
    slots = []
    max_points = Decimal(0)
    for (topic, _id), question in zip(rows, versions(row[1] for row in rows), strict=True):
        arrangement = kind_of(question.kind).arrange(question.content, question.key, rng)
        slots.append({"version": question.pk, "arrangement": arrangement, "topic": topic})
        max_points += question.points
    return {"title": quiz.title, "slots": slots}, max_points


def _grade_responses(attempt: Attempt) -> Fraction:
    """Grades every slot, writes the points beside the answers and returns their sum."""
    responses = {response.slot: response for response in attempt.responses.all()}
    questions = versions(slot["version"] for slot in attempt.slots)
    total = Fraction(0)
    for index, question in enumerate(questions):
        response = responses.get(index)
        if response is None:
            continue
        earned = grading.points(question, response.answer)
        response.points = grading.rounded(earned, places=4)
        total += earned
    Response.objects.bulk_update(responses.values(), ["points"])
    return total
