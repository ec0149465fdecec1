"""Who heads a unit. It is kept as of today; who headed it before stands in the log of changes."""

from django.db import transaction

from people.domain import audit
from people.domain.units.lock import locked
from people.models import Person, Unit


@transaction.atomic
def set_head(unit: Unit, head: Person | None, *, actor: Person | None) -> None:
    """Makes `head` the head of the unit, or nobody. The head reads the training records of the unit's people."""
    unit = locked(unit)[0]
    former = unit.head_id
    if former == (head.pk if head else None):
        return
    unit.head = head
    unit.save(update_fields=["head"])
    audit.record(actor, "unit.head_set", unit, former=former, head=unit.head_id)
