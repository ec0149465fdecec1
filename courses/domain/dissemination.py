"""A directive goes down the tree, unit by unit, and into the hands of people, who confirm that they understood it."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Directive, DirectiveHop, DirectiveReceipt
from people.domain import audit
from people.models import Person, Unit
from people.queries import postings_in, subtree_of
from quizzes.models import Attempt
from shared.errors import DomainError

_BATCH = 2000


@transaction.atomic
def send_down(
    directive: Directive, units: Iterable[Unit], *, from_unit: Unit | None, confirm_by: date | None, actor: Person
) -> int:
    """The directive goes to these units, once each; returns to how many it had not gone yet.

    The sending unit, if it is sent on from one, has it itself by that. Raises DomainError for a day in the past.
    """
    if confirm_by and confirm_by < timezone.localdate():
        raise DomainError(_("This day is over. Give a later one."))
    now = timezone.now()
    if from_unit:
        _arrive(directive, from_unit, now, actor)
    known = set(DirectiveHop.objects.filter(directive=directive).values_list("unit", flat=True))
    rows = [
        DirectiveHop(
            directive=directive, unit=unit, from_unit=from_unit, confirm_by=confirm_by, sent_at=now, sent_by=actor
        )
        for unit in units
        if unit.pk not in known
    ]
    DirectiveHop.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        audit.record(actor, "directive.sent", directive, units=[row.unit_id for row in rows])
    return len(rows)


@transaction.atomic
def receive(hop: DirectiveHop, *, actor: Person) -> DirectiveHop:
    """The unit notes that it has received the directive. Twice changes nothing."""
    changed = DirectiveHop.objects.filter(pk=hop.pk, received_at__isnull=True).update(
        received_at=timezone.now(), received_by=actor
    )
    if changed:
        audit.record(actor, "directive.received", hop.directive, unit=hop.unit_id)
    hop.refresh_from_db()
    return hop


def hand_out(directive: Directive, unit: Unit, *, with_subtree: bool, confirm_by: date | None, actor: Person) -> int:
    """Hands the directive to everybody posted in the unit today; returns to how many it was new.

    Handing it out again reaches those who have come since. Raises DomainError for a day in the past.
    """
    if confirm_by and confirm_by < timezone.localdate():
        raise DomainError(_("This day is over. Give a later one."))
    now = timezone.now()
    with transaction.atomic():
        _arrive(directive, unit, now, actor)
        audit.record(actor, "directive.handed_out", directive, unit=unit.pk, with_subtree=with_subtree)
    units = subtree_of([unit.pk]) if with_subtree else Unit.objects.filter(pk=unit.pk)
    holding = postings_in(units.values("pk")).exclude(
        person__in=DirectiveReceipt.objects.filter(directive=directive).values("person")
    )
    pairs = list(holding.values_list("person", "unit"))
    for start in range(0, len(pairs), _BATCH):
        with transaction.atomic():
            DirectiveReceipt.objects.bulk_create(
                (
                    DirectiveReceipt(
                        directive=directive, person_id=person, unit_id=there, given_at=now, confirm_by=confirm_by
                    )
                    for person, there in pairs[start : start + _BATCH]
                ),
                ignore_conflicts=True,
            )
    return len(pairs)


def opened(receipt: DirectiveReceipt) -> None:
    """Notes the first opening, by the server's clock."""
    if receipt.opened_at is None:
        now = timezone.now()
        DirectiveReceipt.objects.filter(pk=receipt.pk, opened_at__isnull=True).update(opened_at=now)
        receipt.opened_at = now


@transaction.atomic
def confirm(receipt: DirectiveReceipt) -> DirectiveReceipt:
    """The person says: read and understood. Twice changes nothing.

    Raises DomainError while the directive's short quiz, if it has one, is not passed.
    """
    stored = DirectiveReceipt.objects.select_for_update(of=("self",)).select_related("directive").get(pk=receipt.pk)
    if stored.confirmed_at:
        return stored
    if not quiz_passed(stored):
        raise DomainError(_("Please answer the short quiz first: it shows that the document was understood."))
    stored.confirmed_at = timezone.now()
    stored.opened_at = stored.opened_at or stored.confirmed_at
    stored.save(update_fields=["confirmed_at", "opened_at"])
    return stored


def quiz_passed(receipt: DirectiveReceipt) -> bool:
    """Whether the short quiz was passed; True where there is none."""
    quiz = receipt.directive.quiz_id
    return quiz is None or Attempt.objects.filter(person=receipt.person_id, quiz=quiz, passed=True).exists()


def _arrive(directive: Directive, unit: Unit, now, actor: Person) -> None:
    """Whoever passes a directive on has received it."""
    hop, _created = DirectiveHop.objects.get_or_create(
        directive=directive, unit=unit, defaults={"sent_at": now, "sent_by": actor}
    )
    DirectiveHop.objects.filter(Q(pk=hop.pk), received_at__isnull=True).update(received_at=now, received_by=actor)
