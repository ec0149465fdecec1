"""Finding entries and reading what was encrypted in them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from people.domain.audit.recording import place_of
from people.domain.privacy.keys import Opener
from people.models import AuditEntry, Person, Unit
from shared.text.fold import fold


@dataclass(frozen=True)
class Search:
    """What to find; everything left empty does not narrow. Names are folded: marks and case do not matter."""

    actor: str = ""
    subject: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None


def entries(search: Search) -> QuerySet[AuditEntry]:
    """The entries found, newest first, with their people. Whoever calls has made sure that an administrator asks."""
    found = AuditEntry.objects.select_related("actor", "about").order_by("-at", "-pk")
    if search.actor:
        found = found.filter(_named("actor", search.actor))
    if search.subject:
        found = found.filter(_named("about", search.subject) | _about_units(search.subject))
    if search.action:
        found = found.filter(action=search.action)
    if search.since:
        found = found.filter(at__gte=_beginning_of(search.since))
    if search.until:
        found = found.filter(at__lt=_beginning_of(search.until + timedelta(days=1)))
    return found


def personal_values(found: Iterable[AuditEntry]) -> dict[int, dict | None]:
    """For each entry with personal values, by its number: {"old": {…}, "new": {…}}, or None where they cannot be
    read any more. One query, however many entries."""
    with_values = [entry for entry in found if entry.personal]
    if not with_values:
        return {}
    opener = Opener(entry.about_id for entry in with_values)
    read = {}
    for entry in with_values:
        text = opener.read(entry.about_id, entry.personal, place=place_of(entry))
        read[entry.pk] = None if text is None else json.loads(text)
    return read


def _named(relation: str, typed: str) -> Q:
    """The person of the relation has every typed word in name or staff number, or just this sign-in name."""
    people = Person.objects.all()
    for word in fold(typed).split():
        people = people.filter(search_key__contains=word)
    return Q(**{f"{relation}__in": people.values("pk")}) | Q(
        **{f"{relation}__in": Person.objects.filter(username=typed.strip()).values("pk")}
    )


def _about_units(typed: str) -> Q:
    units = Unit.objects.all()
    for word in fold(typed).split():
        units = units.filter(search_key__contains=word)
    numbers = [str(pk) for pk in units.values_list("pk", flat=True)[:500]]
    return Q(subject_type="people.Unit", subject_id__in=numbers)


def _beginning_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
