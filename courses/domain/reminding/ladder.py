"""Which steps have come for whom: computed from how things stand, never from which night it is.

A step "7 days before" has come when at most 7 days are left and it was not told yet for this due day; so it does not
matter on which night that is found. Of several steps before the due day only the nearest is told, and none that had
come already when the duty itself was told. All is set-wise; nothing here reads a person.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from courses.enums import ReminderKind
from courses.models import Obligation, ReminderStep
from notices.domain.queueing import queue_all
from notices.enums import MatterState
from notices.queries import told
from people.domain.privacy.working_days import is_worked, special_days
from people.models import Posting, UnitClosure
from people.queries import current_on

DUTIES = "courses.duties"
UNITS = "courses.units"
_LONGEST_PAUSE = 30  # days; no holiday is longer
_MAY_BE_TOLD = Q(person__is_active=True, person__restricted_at__isnull=True)


def queue_due(day: date | None = None) -> dict[str, int]:
    """Writes down all steps that have come by `day`. Twice changes nothing. Returns how many are new, by step."""
    day = day or timezone.localdate()
    steps = list(ReminderStep.objects.filter(is_active=True))
    before = sorted((step for step in steps if step.kind == ReminderKind.BEFORE), key=lambda step: step.days)
    written = {}
    for step in steps:
        if step.kind == ReminderKind.ASSIGNED:
            _pass_over(before, step, day)
            written[step.key] = queue_all(DUTIES, step.key, _newly_asked(step, day))
        elif step.kind == ReminderKind.OVERDUE:
            written[step.key] = queue_all(DUTIES, step.key, _to_learner(_late(step, day, DUTIES), day))
        elif step.kind != ReminderKind.BEFORE:
            written[step.key] = queue_all(UNITS, step.key, _to_heads(step, day))
    reach = _last_day_without_letters(day)
    for nearer, step in zip([None, *before], before, strict=False):
        first = reach + timedelta(days=nearer.days + 1) if nearer else day
        written[step.key] = queue_all(DUTIES, step.key, _nearing(step, first, reach))
    return written


def open_duties() -> QuerySet[Obligation]:
    """What somebody is asked for and has not fulfilled: nobody who completed, is exempt, or is asked no more."""
    return Obligation.objects.filter(fulfilled_on__isnull=True, obliged_to__isnull=True)


def _last_day_without_letters(day: date) -> date:
    """The day before letters go out again after `day`: on a Friday, Sunday. What falls until then is told now."""
    special = special_days()
    pause = 0
    while pause < _LONGEST_PAUSE and not is_worked(day + timedelta(days=pause + 1), special):
        pause += 1
    return day + timedelta(days=pause)


def _newly_asked(step: ReminderStep, day: date) -> QuerySet:
    """Duties not yet told of. What is late already when it is first found is told of as late, not as new."""
    return _to_learner(open_duties().filter(_MAY_BE_TOLD, ~told(DUTIES, step.key), due_on__gte=day), day)


def _pass_over(before: Iterable[ReminderStep], assigned: ReminderStep, day: date) -> None:
    """Marks as told the steps that have come already for duties now told for the first time."""
    for step in before:
        new = _newly_asked(assigned, day).filter(
            ~told(DUTIES, step.key, occasion="due_on"), due_on__lte=day + timedelta(days=step.days)
        )
        queue_all(DUTIES, step.key, new, state=MatterState.DROPPED)


def _nearing(step: ReminderStep, first: date, reach: date) -> QuerySet:
    """Duties due from `first` on with at most `step.days` days left on the day `reach`."""
    duties = open_duties().filter(
        _MAY_BE_TOLD,
        ~told(DUTIES, step.key, occasion="due_on"),
        due_on__gte=first,
        due_on__lte=reach + timedelta(days=step.days),
    )
    return _to_learner(duties, reach)


def _late(step: ReminderStep, day: date, topic: str) -> QuerySet[Obligation]:
    """Duties late by at least `step.days` days."""
    last = day - timedelta(days=max(step.days, 1))
    return open_duties().filter(_MAY_BE_TOLD, ~told(topic, step.key, occasion="due_on"), due_on__lte=last)


def _to_learner(duties: QuerySet[Obligation], day: date) -> QuerySet:
    return duties.filter(Exists(_postings(day))).annotate(
        told_person=F("person"), told_subject=F("pk"), told_occasion=F("due_on")
    )


def _to_heads(step: ReminderStep, day: date) -> QuerySet:
    """Late duties, to the head of the unit the person is posted in, or of the nearest unit above that has one.

    Nobody is told of their own duty as a head: of a head's own the superior unit's head is told.
    """
    duties = _late(step, day, UNITS)
    if step.kind == ReminderKind.HEAD:
        head = Subquery(_postings(day).values("unit__head")[:1])
    else:
        duties = duties.annotate(told_unit=Subquery(_postings(day).values("unit")[:1]))
        above = UnitClosure.objects.filter(
            current_on(day), descendant=OuterRef("told_unit"), depth__gt=0, ancestor__head__isnull=False
        )
        head = Subquery(above.order_by("depth").values("ancestor__head")[:1])
    duties = duties.annotate(told_person=head, told_subject=F("pk"), told_occasion=F("due_on"))
    return duties.filter(told_person__isnull=False).exclude(told_person=F("person"))


def _postings(day: date) -> QuerySet[Posting]:
    return Posting.objects.filter(current_on(day), person=OuterRef("person"), is_primary=True).order_by("pk")
