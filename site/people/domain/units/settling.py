"""What follows from a change on its day and not before: the name of today and the names imports know.

Places, postings and roles need none of this, their rows are dated. A change whose day has come is settled at once;
one recorded for a later day waits for `settle_due`, which the scheduler calls.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from people.domain.units.handing_over import add_aliases, hand_over_names, hand_over_postings, hand_over_roles
from people.domain.units.lock import lock_tree
from people.enums import UnitEvent
from people.models import Person, Posting, Unit, UnitChange, UnitName
from people.queries import current_on
from people.signals import units_changed


def note_change(
    unit: Unit, event: UnitEvent, effective: date, *, other: Unit | None = None, basis: str = ""
) -> UnitChange:
    """Records the decision; if its day has come, what follows from it happens at once."""
    change = UnitChange.objects.create(unit=unit, event=event, effective_on=effective, other=other, basis=basis)
    if effective <= timezone.localdate():
        _settle(change, timezone.localdate())
    return change


def settle_due(today: date | None = None) -> int:
    """Settles the changes whose day has come, each in a transaction of its own; returns how many.

    Twice is as good as once: a change that another process has settled meanwhile is passed over.
    """
    today = today or timezone.localdate()
    due = UnitChange.objects.filter(settled_at__isnull=True, effective_on__lte=today)
    settled = 0
    for pk in list(due.order_by("effective_on", "pk").values_list("pk", flat=True)):
        with transaction.atomic():
            lock_tree()
            change = due.select_related("unit__replaced_by").filter(pk=pk).first()
            if change:
                _settle(change, today)
                settled += 1
    return settled


def _settle(change: UnitChange, today: date) -> None:
    unit = change.unit
    if change.event == UnitEvent.RENAMED:
        _follow_name(unit, today)
    elif unit.replaced_by and unit.active_to and unit.active_to <= today:
        _leave_nothing_behind(unit, None)
    change.settled_at = timezone.now()
    change.save(update_fields=["settled_at"])
    units_changed.send(UnitChange, unit_ids=[pk for pk in (change.unit_id, change.other_id) if pk])


def _follow_name(unit: Unit, today: date) -> None:
    """`Unit.name` becomes the name of today; names that have ended become aliases."""
    now = UnitName.objects.filter(current_on(today), unit=unit).first()
    if now and (unit.name, unit.short_name) != (now.name, now.short_name):
        unit.name, unit.short_name = now.name, now.short_name
        unit.save(update_fields=["name", "short_name"])
    ended = UnitName.objects.filter(unit=unit, valid_to__lte=today).values_list("name", "short_name")
    add_aliases(unit, [name for pair in ended for name in pair])


def _leave_nothing_behind(unit: Unit, actor: Person | None) -> None:
    """The names go to the successor, with what was given to the unit after its end had been recorded."""
    heir = last_successor(unit)
    hand_over_names(unit, heir)
    hand_over_postings(Posting.objects.filter(unit=unit), heir, unit.active_to)
    hand_over_roles(unit, heir, unit.active_to, actor)


def last_successor(unit: Unit) -> Unit:
    """The unit that stands in the place of a closed one in the end: its successor's successor, if that closed too."""
    heir = unit.replaced_by
    while heir.active_to and heir.replaced_by:
        heir = heir.replaced_by
    return heir
