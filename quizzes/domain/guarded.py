"""Saving where something is closed already: pages left behind (forward only), answers that were checked (practice).

One lock on the attempt around `saving.save`, so that a page left in one tab is closed in the other. Attempts without
such rules never come here.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.domain import saving
from quizzes.domain.papers import Paper
from quizzes.enums import AttemptState
from quizzes.models import AnswerEvent, Attempt, Response
from shared.errors import DomainError


@dataclass(frozen=True)
class Outcome:
    """What was committed (None: nothing new), and by slot why other changes were not taken."""

    saved: saving.Acknowledgement | None
    refused: dict[int, str] = field(default_factory=dict)


@transaction.atomic
def save(person, attempt_id: int, paper: Paper, changes: list[saving.Change], left: set[int] = frozenset()) -> Outcome:
    """As `saving.save`, without changes to what is closed; `left` are slots whose page was turned for good.

    A change that was acknowledged before its page was closed and comes again is acknowledged again.
    """
    attempt = Attempt.objects.select_for_update().defer("paper").get(pk=attempt_id, person=person)
    closed = closed_slots(attempt, paper)
    late = [change for change in changes if change.slot in closed]
    known = _known(attempt_id, late)
    refused = {change.slot: _reason(paper) for change in late if (change.slot, change.key) not in known}
    taken = [change for change in changes if change.slot not in closed]
    saved = saving.save(person, attempt_id, taken) if taken else None
    if paper.one_way:
        pages = [paper.page_of(change.slot) for change in taken]
        places = [page.stop if left & set(page) else page.start for page in pages]
        reach(attempt_id, max(places, default=0))
    return Outcome(saved, refused)


def save_latest(person, attempt_id: int, paper: Paper, answers: dict[int, object]):
    """As `saving.save_latest`, for plain forms: answers to what is closed are left as they are."""
    with transaction.atomic():
        attempt = Attempt.objects.select_for_update().defer("paper").get(pk=attempt_id, person=person)
        closed = closed_slots(attempt, paper)
        answers = {slot: answer for slot, answer in answers.items() if slot not in closed}
        return saving.save_latest(person, attempt_id, answers) if answers else None


def closed_slots(attempt: Attempt, paper: Paper) -> set[int]:
    """The slots whose answers stand for good."""
    closed = set(range(min(attempt.reached, len(paper.slots)))) if paper.one_way else set()
    if paper.practice:
        checked = Response.objects.filter(attempt=attempt, checked_at__isnull=False)
        closed |= set(checked.values_list("slot", flat=True))
    return closed


def reach(attempt_id: int, slot: int) -> None:
    """From now on pages before `slot` are closed; it never goes back."""
    under_way = Attempt.objects.filter(pk=attempt_id, state=AttemptState.IN_PROGRESS, reached__lt=slot)
    under_way.update(reached=Greatest(F("reached"), slot))


def check(person, attempt_id: int, paper: Paper, slot: int) -> None:
    """In practice: the saved answer is told to be right or not and stands from now on. Checking twice changes nothing.

    Raises DomainError where there is nothing to check.
    """
    if not paper.practice:
        raise DomainError(_("Answers of an examination are not told before it is handed in."))
    answered = Response.objects.filter(
        attempt=attempt_id, attempt__person=person, attempt__state=AttemptState.IN_PROGRESS, slot=slot
    ).exclude(answer=None)
    if not answered.exists():
        raise DomainError(_("Please answer the question first."))
    answered.filter(checked_at__isnull=True).update(checked_at=timezone.now())


def _known(attempt_id: int, changes: list[saving.Change]) -> set[tuple[int, str]]:
    if not changes:
        return set()
    events = AnswerEvent.objects.filter(attempt=attempt_id, key__in=[change.key for change in changes])
    return set(events.values_list("slot", "key"))


def _reason(paper: Paper) -> str:
    if paper.practice:
        return _("This answer was checked already and stands as it is.")
    return _("This page was left already; its answer stands as it was saved.")
