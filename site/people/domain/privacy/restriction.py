"""Restricting the use of somebody's data: they are kept as evidence, and used for nothing else.

Whoever is restricted is in no list, figure, search or export of the HR desk and is assigned nothing (every such list
starts at `people.queries.unrestricted`). Certificates can still be checked, the person can still sign in, and
administrators see the account, marked.
"""

from django.db import transaction
from django.utils import timezone

from people.domain import audit
from people.models import Person


@transaction.atomic
def restrict(person: Person, *, actor: Person | None) -> None:
    """From now on. Twice changes nothing."""
    if Person.objects.filter(pk=person.pk, restricted_at__isnull=True).update(restricted_at=timezone.now()):
        audit.record(actor, "person.restricted", person)
    person.refresh_from_db(fields=["restricted_at"])


@transaction.atomic
def lift(person: Person, *, actor: Person | None) -> None:
    """The data may be used again. Twice changes nothing."""
    if Person.objects.filter(pk=person.pk, restricted_at__isnull=False).update(restricted_at=None):
        audit.record(actor, "person.restriction_lifted", person)
    person.refresh_from_db(fields=["restricted_at"])
