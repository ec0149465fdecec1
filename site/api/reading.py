"""What a token may read, in the order of ids: the scopes of its owner's own pages, narrowed to the token's unit."""

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from api.models import ApiToken
from courses.models import Certificate, Completion, Obligation
from people.models import Person, Posting, Unit, UnitPlacement
from people.queries import (
    current_on,
    not_over_on,
    people_for,
    postings_in,
    readable_units_for,
    report_units_for,
    subtree_of,
)


def units(token: ApiToken) -> QuerySet[Unit]:
    """Units whose staff records or training records the owner reads, with today's superior unit."""
    today = timezone.localdate()
    seen = Unit.objects.filter(pk__in=_readable(token).values("pk")) | Unit.objects.filter(
        pk__in=_reported(token).values("pk")
    )
    placements = UnitPlacement.objects.filter(current_on(today)).select_related("parent")
    return seen.prefetch_related(Prefetch("placements", placements, to_attr="places"))


def persons(token: ApiToken) -> QuerySet[Person]:
    """People whose staff record the owner reads, with the postings they hold today in units of the owner's."""
    today = timezone.localdate()
    held = Posting.objects.filter(current_on(today), unit__in=_readable(token))
    people = people_for(token.owner)
    if token.unit_id:  # who serves there or will; people who have left are no business of one unit's system
        serving = Posting.objects.filter(not_over_on(today), unit__in=_readable(token))
        people = people.filter(pk__in=serving.values("person"))
    return people.prefetch_related(Prefetch("postings", held.select_related("unit"), to_attr="held"))


def obligations(token: ApiToken) -> QuerySet[Obligation]:
    """What is or was asked of people posted today in units whose training records the owner reads."""
    return Obligation.objects.filter(person__in=_counted(token)).select_related("person", "course")


def completions(token: ApiToken) -> QuerySet[Completion]:
    """Completions of what was asked; what somebody learns by choice is no superior's business. No scores."""
    asked = Obligation.objects.filter(person__in=_counted(token), completion__isnull=False)
    return (
        Completion.objects.filter(pk__in=asked.values("completion"))
        .select_related("person", "course", "edition")
        .defer("score", "max_points", "rule")
    )


def certificates(token: ApiToken) -> QuerySet[Certificate]:
    """The certificates of those completions."""
    return Certificate.objects.filter(completion__in=completions(token).values("pk")).select_related(
        "person", "completion__course"
    )


def _counted(token: ApiToken):
    return postings_in(_reported(token)).values("person")


def _readable(token: ApiToken) -> QuerySet[Unit]:
    return _narrowed(token, readable_units_for(token.owner))


def _reported(token: ApiToken) -> QuerySet[Unit]:
    return _narrowed(token, report_units_for(token.owner))


def _narrowed(token: ApiToken, units: QuerySet[Unit]) -> QuerySet[Unit]:
    return units.filter(pk__in=subtree_of([token.unit_id]).values("pk")) if token.unit_id else units
