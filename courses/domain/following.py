"""Obligations follow people: what a worker does after somebody joined, moved, was promoted, left or came back.

A change writes one outbox row for each person, or one for a whole imported list; changes of units one for each unit.
"""

from django.db.models import Q, QuerySet

from courses.domain import obligations
from courses.models import Obligation, ObligationReason
from people.models import ImportRow

PERSON, IMPORT, UNIT = "courses.evaluate_person", "courses.evaluate_import", "courses.evaluate_unit"
_FEW = 1000  # people of a list; for more of them one round over everybody is the shorter way


def follow_person(person_id: int) -> None:
    obligations.evaluate_people([person_id])


def follow_import(import_id: int) -> None:
    """Everybody in the list, however it went on with it since."""
    rows = ImportRow.objects.filter(people_import=import_id, person__isnull=False)
    people = set(rows.values_list("person", flat=True)[: _FEW + 1])
    if len(people) > _FEW:
        obligations.evaluate_rules()
    else:
        obligations.evaluate_people(people)


def follow_unit(unit_id: int) -> None:
    obligations.evaluate_unit(unit_id)


def obligations_met() -> QuerySet[Obligation]:
    """Obligations that are somebody's records: fulfilled in some way. The others follow from a posting alone."""
    return Obligation.objects.filter(
        Q(fulfilled_on__isnull=False) | Q(completion__isnull=False) | Q(equivalence__isnull=False)
    )


def forget_obligations(people: list[int]) -> None:
    """Takes the obligations of these people (ids) away with their accounts, as if they had never been posted."""
    ObligationReason.objects.filter(obligation__person__in=people).delete()
    Obligation.objects.filter(person__in=people).delete()
