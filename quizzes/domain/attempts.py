"""The life of an attempt: started once, answers saved one by one, submitted once, graded on the server."""

import logging
import random
import secrets
import time
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from quizzes.domain import papers, results, saving, windows
from quizzes.domain.accommodations import allowance
from quizzes.domain.admission import Entry, admit
from quizzes.enums import AttemptState, QuizMode, SubmitReason
from quizzes.models import Attempt, Quiz
from quizzes.queries import attempts_at
from shared.errors import DomainError
from shared.prepared import prepared

log = logging.getLogger(__name__)


def start(
    person,
    quiz: Quiz,
    entry: Entry = Entry(),  # noqa: B008  frozen
    since: datetime | None = None,
    *,
    none_before: bool = False,
) -> Attempt:
    """The person's open attempt, or a new one with a freshly drawn paper. Attempts begun before `since` do not count.

    `none_before`: a moment ago there was none yet, which spares looking again; should one have begun meanwhile, the
    database says so.

    Raises DomainError when none may begin now (see `windows`) or the quiz has no questions, and NotAdmitted when
    `entry` lacks what the quiz asks for at its door.
    """
    before = [] if none_before else attempts_at(person, quiz.pk)
    open_attempt = next((attempt for attempt in before if attempt.is_open), None)
    if open_attempt and not _is_over(open_attempt, timezone.now()):
        return open_attempt
    if open_attempt:
        submit(open_attempt, SubmitReason.TIME)
        before = attempts_at(person, quiz.pk)
    admit(quiz, entry)
    seed = secrets.randbits(62)
    paper, max_points = papers.draw(quiz, random.Random(seed), person)  # noqa: S311  a reproducible draw; the seed itself is secret
    if quiz.honour_statement:
        paper["honour"] = quiz.honour_statement
    extra = allowance(person, quiz)
    now = timezone.now()
    stands = windows.standing(quiz, before, extra, now, since)
    if stands.refusal:
        raise DomainError(stands.refusal)
    try:
        with transaction.atomic():
            # Nothing is locked: the attempt’s number and “one open” are unique and decide between parallel starts.
            begun = Attempt.objects.create(
                person=person,
                quiz=quiz,
                number=stands.earlier + stands.taken + 1,
                paper=paper,
                seed=seed,
                pass_percent=quiz.pass_percent,
                max_attempts=stands.earlier + stands.allowed,
                grace_seconds=quiz.grace_seconds,
                questions_per_page=quiz.questions_per_page,
                practice=quiz.mode == QuizMode.PRACTICE,
                one_way=quiz.one_way,
                networks=quiz.networks,
                max_points=max_points,
                started_at=now,
                deadline_at=windows.deadline(quiz, extra, now),
            )
    except IntegrityError:  # another tab started one a moment earlier; it may even have been handed in since
        return start(person, quiz, entry, since)
    transaction.on_commit(lambda: papers.remember_paper(begun))
    begun.is_new = True
    return begun


def save_answer(person, attempt_id: int, slot: int, answer) -> datetime:
    """Stores the newest answer to one slot (0-based); see `saving.save`. Returns when it was saved."""
    return saving.save_latest(person, attempt_id, {slot: answer})


def submit(attempt: Attempt, reason: SubmitReason = SubmitReason.LEARNER) -> Attempt:
    """As `submit_own`, of whoever it is."""
    return submit_own(attempt.person_id, attempt.pk, reason)


@transaction.atomic
def submit_own(person, attempt_id: int, reason: SubmitReason = SubmitReason.LEARNER) -> Attempt:
    """Closes and grades the attempt; with answers an examiner must read, it waits for the marks.

    Submitting again returns the first result unchanged. `person` (or the id) is whose it is; Attempt.DoesNotExist
    for anybody else's.
    """
    found = _locking(getattr(person, "pk", person), attempt_id)
    if not found:
        raise Attempt.DoesNotExist
    [attempt] = found
    if hasattr(person, "pk"):
        attempt.person = person
    if not attempt.is_open:
        return attempt
    now = timezone.now()
    if _is_over(attempt, now):
        reason = SubmitReason.TIME
    attempt.submitted_at = min(now, attempt.deadline_at) if reason == SubmitReason.TIME else now
    attempt.submit_reason = reason
    total = results.grade(attempt)
    if total is None:  # an examiner has to read it first: quizzes.domain.marking
        attempt.state = AttemptState.MARKING
        attempt.save(update_fields=results.GRADED)
    else:
        results.settle(attempt, total)
    return attempt


_locking = prepared(
    lambda person, attempt: Attempt.objects.select_for_update().filter(person=person, pk=attempt), int, int
)

CLOSING_SECONDS = 40  # the task runs every minute
_CLOSED_AT_A_TIME = 200


def close_overdue(seconds: float = CLOSING_SECONDS) -> int:
    """Submits attempts whose time and grace are over with their last acknowledged answers; returns how many.

    The earliest first, one transaction each, for at most `seconds`: when a province's examination ends, thousands
    are due at once.
    """
    until = time.monotonic() + seconds
    closed, after = 0, (None, 0)
    while late := _overdue(after):
        for attempt in late:
            after = (attempt.deadline_at, attempt.pk)
            if time.monotonic() > until:
                return closed
            try:
                submit(attempt, SubmitReason.TIME)
                closed += 1
            except Exception:  # one that cannot be graded must not keep the others open
                log.exception("Attempt %s could not be closed; it will be tried again", attempt.pk)
    return closed


def _overdue(after: tuple) -> list[Attempt]:
    """The next attempts that are over, by deadline."""
    now = timezone.now()
    late = Attempt.objects.filter(state=AttemptState.IN_PROGRESS, deadline_at__lt=now).order_by("deadline_at", "pk")
    moment, pk = after
    if moment:
        late = late.filter(Q(deadline_at__gt=moment) | Q(deadline_at=moment, pk__gt=pk))
    found = list(late.only("pk", "person", "deadline_at", "grace_seconds")[:_CLOSED_AT_A_TIME])
    over = [attempt for attempt in found if _is_over(attempt, now)]
    return over if over or len(found) < _CLOSED_AT_A_TIME else _overdue((found[-1].deadline_at, found[-1].pk))


def _is_over(attempt: Attempt, now: datetime) -> bool:
    """Whether the time limit and the grace for answers under way have passed."""
    return attempt.deadline_at is not None and now > attempt.deadline_at + timedelta(seconds=attempt.grace_seconds)
