"""The postings of units and the postings a viewer may see or keep.

A posting belongs to the scope in which its unit stands: today, while it holds or is still to come; as its unit
stood on its last day, once it is over. So what a unit's people held before a merger stays where it was.
"""

from datetime import date
from operator import attrgetter
from typing import NamedTuple

from django.db.models import Exists, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONArray
from django.utils import timezone

from people.enums import Role
from people.models import Person, Posting, Unit, UnitClosure
from shared.prepared import prepared

from .dates import current_on, not_over_on
from .roles import roles_of
from .units import KEEPING, READING, REPORT_READING, granted_units

_PERSON_SHOWN = Q(person__is_superuser=False, person__restricted_at__isnull=True, person__erased_at__isnull=True)


def postings_in(units, day: date | None = None) -> QuerySet[Posting]:
    """Primary postings held in `units` on `day`: one row for each person counted there.

    Nobody whose use of data is restricted (`people.domain.privacy.restriction`).
    """
    return Posting.objects.filter(
        current_on(day or timezone.localdate()),
        unit__in=units,
        is_primary=True,
        person__is_active=True,
        person__restricted_at__isnull=True,
    )


_primary_postings = prepared(
    lambda person, day: (
        Posting.objects.filter(current_on(day), person=person, is_primary=True)
        .select_related("unit")
        .order_by("pk")[:1]
    ),
    int,
    date,
)


def primary_posting(person: Person, day: date | None = None) -> Posting | None:
    """The person's primary posting on `day`, with its unit; None for guests of the platform."""
    return next(iter(_primary_postings(person.pk, day or timezone.localdate())), None)


class Held(NamedTuple):
    """What somebody holds today, in the order in which the session's query tells it."""

    is_manager: bool
    position_group: str
    employment_type: str
    position_title: str
    unit_id: int
    unit_name: str


_HELD = ("is_manager", "position_group", "employment_type", "position_title", "unit_id", "unit__name")


def held_by_owner(day):
    """What a session's owner holds on a day, as an expression over sessions: the list for `Held`; None for guests of
    the platform. See `people.sign_in.sessions.tell_of_owners`."""
    held = Posting.objects.filter(current_on(day), person=OuterRef("person_id"), is_primary=True).order_by("pk")
    return Subquery(held.values(held=JSONArray(*_HELD))[:1], output_field=JSONField())


def held_today(person: Person) -> Held | None:
    """The primary posting of today; of whoever is signed in it was found together with the session."""
    if hasattr(person, "held_today"):
        return Held(*person.held_today) if person.held_today else None
    posting = primary_posting(person)
    return Held(*(attrgetter(name.replace("__", "."))(posting) for name in _HELD)) if posting else None


def postings_for(viewer: Person) -> QuerySet[Posting]:
    """The postings `viewer` may see: `rules.can_see_posting`."""
    return _postings_of_scope(viewer, READING)


def serving_postings(viewer: Person) -> QuerySet[Posting]:
    """The postings of the viewer's units that hold or are still to come, whoever holds them.

    Such a posting brings its person into the scope by itself, so nothing else need be looked at: over a whole
    province that is a quarter of the work of `postings_for`. Whether the person may be shown is asked of the person
    (`persons.serving_people`).

    One query is asked at once: of units given as numbers the database knows how many stand below them, of a subquery it
    guesses, and then looks up a whole province's people one by one.
    """
    if not viewer.is_authenticated:
        return Posting.objects.none()
    today = timezone.localdate()
    serving = Posting.objects.filter(not_over_on(today))
    if Role.ADMINISTRATOR in roles_of(viewer):
        return serving
    granted = list(granted_units(viewer, READING).values_list("unit", flat=True))
    below = UnitClosure.objects.filter(current_on(today), ancestor__in=granted)
    return serving.filter(unit__in=below.values("descendant"))


def kept_postings_for(viewer: Person) -> QuerySet[Posting]:
    """The postings `viewer` may change, end or correct: `rules.can_keep_posting`."""
    return _postings_of_scope(viewer, KEEPING)


def deciding_postings(viewer: Person, roles: tuple[Role, ...]) -> QuerySet[Posting]:
    """The postings of the scope that bring their people into it.

    They hold, or are still to come, or are the last their person held: who has left every unit stays with the
    unit left last, until another one takes them.
    """
    today = timezone.localdate()
    later = Posting.objects.filter(person=OuterRef("person")).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("valid_to"))
    )
    return postings_under(viewer, roles).filter(not_over_on(today) | ~Exists(later))


def postings_under(viewer: Person, roles: tuple[Role, ...]) -> QuerySet[Posting]:
    """All postings of the units on which `viewer` holds one of `roles`, past ones included."""
    return _postings_below(granted_units(viewer, roles))


def report_postings_for(viewer: Person) -> QuerySet[Posting]:
    """All postings, past ones included, of the units whose training records `viewer` reads: `report_units_for`."""
    if not viewer.is_authenticated:
        return Posting.objects.none()
    granted = granted_units(viewer, REPORT_READING)
    return _postings_below(Unit.objects.filter(Q(pk__in=granted) | Q(head=viewer)).values("pk"))


def _postings_below(granted) -> QuerySet[Posting]:
    """A posting stands where its unit stands today or, once it is over, where its unit stood on its last day."""
    today = timezone.localdate()
    today_below = UnitClosure.objects.filter(current_on(today), ancestor__in=granted).values("descendant")
    below_then = UnitClosure.objects.filter(
        ancestor__in=granted, descendant=OuterRef("unit"), valid_from__lt=OuterRef("valid_to")
    ).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=OuterRef("valid_to")))
    return Posting.objects.filter(
        (not_over_on(today) & Q(unit__in=today_below)) | (Q(valid_to__lte=today) & Exists(below_then))
    )


def _postings_of_scope(viewer: Person, roles: tuple[Role, ...]) -> QuerySet[Posting]:
    if not viewer.is_authenticated:
        return Posting.objects.none()
    if Role.ADMINISTRATOR in roles_of(viewer):
        return Posting.objects.filter(_PERSON_SHOWN)
    people = deciding_postings(viewer, roles).values("person")
    return postings_under(viewer, roles).filter(_PERSON_SHOWN, person__in=people)
