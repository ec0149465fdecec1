"""Erasing a person's data: what would happen, and doing it.

Erasure anonymises. Certificates stay in the register and completions in the counts, but name nobody; what only served
the person goes; the key of their values in the log is destroyed. There is no way back.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from people import personal_data, queries
from people.domain import audit
from people.domain.privacy import requests
from people.enums import RequestKind, RequestState
from people.models import DataRequest, Person
from people.personal_data import DataClass, Holding
from shared.errors import DomainError


@dataclass(frozen=True)
class Consequence:
    """What happens to the rows of one model."""

    data_class: DataClass
    holding: Holding
    count: int


def preview(person: Person) -> list[Consequence]:
    """What an erasure would touch: each model with rows about the person, and how many. Changes nothing."""
    found = []
    for data_class in personal_data.classes():
        for holding in personal_data.holdings_of(data_class):
            count = holding.rows_of(person).count() if holding.person else 0
            if count:
                found.append(Consequence(data_class, holding, count))
    return found


def check(person: Person, *, actor: Person | None) -> None:
    """Raises DomainError if the person may not be erased (now, or by this actor)."""
    if person.erased_at:
        raise DomainError(_("These data have been erased already."))
    if actor is not None and actor.pk == person.pk:
        raise DomainError(_("You cannot erase your own data; another administrator can."))
    administrators = queries.administrators().exclude(pk=person.pk)
    if queries.administrators().filter(pk=person.pk).exists() and not administrators.exists():
        raise DomainError(
            _("This is the last administrator. Give somebody else the administrator's role first, then erase.")
        )


@transaction.atomic
def erase(person: Person, *, actor: Person | None, answer: str = "") -> list[Consequence]:
    """Erases the data of a person; returns what was touched. Raises DomainError as `check`.

    All of it is one transaction; files follow through the outbox. Open requests of the person are closed: the one
    to erase as granted, with `answer`, the others as settled by it.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    check(person, actor=actor)
    touched = preview(person)
    audit.record(
        actor, "person.erased", person, rows={one.holding.model: one.count for one in touched if one.holding.erase}
    )
    for request in DataRequest.objects.select_for_update().filter(person=person, state=RequestState.OPEN):
        asked = request.kind == RequestKind.ERASE
        words = answer if asked else ""
        requests.close(request, RequestState.GRANTED if asked else RequestState.WITHDRAWN, words, actor=actor)
    for holding in personal_data.all_holdings():
        if holding.erase:
            holding.erase(person)
    person.refresh_from_db()
    return touched
