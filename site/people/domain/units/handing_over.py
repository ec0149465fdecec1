"""What goes on elsewhere when a unit ends or is divided: postings, sub-units, roles, and the names imports know."""

from collections.abc import Iterable
from copy import copy
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain import audit
from people.domain.roles import follow_in_groups
from people.domain.units.conditions import refuse
from people.enums import Role
from people.models import Person, Posting, RoleGrant, Unit, UnitAlias, UnitName, UnitPlacement
from people.queries import current_on, not_over_on
from shared.text.fold import fold


def hand_over_postings(postings: QuerySet[Posting], heir: Unit, day: date) -> None:
    """The postings end on `day` and go on in `heir` with all their particulars; later ones begin there.

    Who then would hold one position twice in `heir`, because it was held in both units, goes on with one of the two.
    """
    holding = postings.filter(not_over_on(day))
    running = list(holding.filter(valid_from__lt=day))
    people = set(holding.values_list("person", flat=True))
    holding.filter(valid_from__gte=day).update(unit=heir)
    planned = list(Posting.objects.filter(follows__in=running))
    Posting.objects.filter(pk__in=[posting.pk for posting in running]).update(valid_to=day)
    going_on = {posting.pk: _continued(posting, heir, day) for posting in running}
    Posting.objects.bulk_create(going_on.values(), batch_size=500)
    for posting in planned:  # what was to follow the posting follows its continuation
        posting.follows = going_on[posting.follows_id]
    Posting.objects.bulk_update(planned, ["follows"], batch_size=500)
    _hold_no_position_twice(heir, people, day)


def hand_over_sub_units(places: QuerySet[UnitPlacement], heir: Unit, day: date) -> set[int]:
    """The sub-units placed by these rows stand under `heir` from `day` on; returns their ids.

    Raises DomainError if the heir is one of them.
    """
    holding = places.filter(not_over_on(day)).select_related("unit", "parent")
    for place in holding:
        if place.unit_id == heir.pk:
            message = _("%(heir)s is part of %(unit)s and would be placed under itself. Move it elsewhere first.")
            refuse(message, heir=heir, unit=place.parent)
    running = [place for place in holding if place.valid_from < day]
    moved = {place.unit_id for place in holding}
    holding.filter(valid_from__gte=day).update(parent=heir)
    UnitPlacement.objects.filter(pk__in=[place.pk for place in running]).update(valid_to=day)
    UnitPlacement.objects.bulk_create(
        UnitPlacement(unit=place.unit, parent=heir, valid_from=day, valid_to=place.valid_to) for place in running
    )
    return moved


def hand_over_roles(unit: Unit, heir: Unit | None, day: date, actor: Person | None) -> None:
    """Roles on `unit` end on `day` and hold from then on for `heir`; without one they end. Each is logged.

    Raises DomainError where administration, which must not get lost by the way, has no heir.
    """
    for grant in RoleGrant.objects.filter(not_over_on(day), unit=unit).select_related("person").order_by("pk"):
        if heir is None and grant.role == Role.ADMINISTRATOR:
            message = _("%(person)s is administrator by a role on %(unit)s. Grant the role on another unit first.")
            refuse(message, person=grant.person, unit=unit)
        if heir is not None:
            _continue_role(grant, heir, day)
        _end_role(grant, day)
        details = {"role": grant.role, "unit": unit.pk, "heir": heir.pk if heir else None}
        audit.record(actor, "role.handed_over", grant.person, **details, effective=day.isoformat())
        if day <= timezone.localdate():  # later ones follow by date, every night
            follow_in_groups(grant.person)


def hand_over_names(unit: Unit, heir: Unit) -> None:
    """The names and aliases of `unit` become aliases of `heir`, so that imports find it by them."""
    names = UnitName.objects.filter(unit=unit).values_list("name", "short_name")
    known = UnitAlias.objects.filter(unit=unit).values_list("alias", flat=True)
    add_aliases(heir, [unit.name, unit.short_name, *(name for pair in names for name in pair), *known])


def add_aliases(unit: Unit, names: Iterable[str]) -> None:
    """Adds those of the names that the unit is not known by yet, without regard to marks and case."""
    present = set(UnitAlias.objects.filter(unit=unit).values_list("key", flat=True))
    present |= {fold(unit.name), fold(unit.short_name), ""}
    added = {fold(name): name for name in names if fold(name) not in present}
    UnitAlias.objects.bulk_create(UnitAlias(unit=unit, alias=name) for name in added.values())


def _continued(posting: Posting, heir: Unit, day: date) -> Posting:
    """The same posting, whatever particulars it has, from `day` on in the other unit."""
    going_on = copy(posting)
    going_on.pk, going_on.unit, going_on.valid_from, going_on.follows = None, heir, day, posting
    return going_on


def _hold_no_position_twice(unit: Unit, people: set[int], day: date) -> None:
    """Of two postings with one title in one unit the primary one stays, else the older; it lasts as long as both."""
    held = Posting.objects.filter(current_on(day), unit=unit, person__in=people).order_by(
        "-is_primary", "valid_from", "pk"
    )
    kept: dict[tuple[int, str], Posting] = {}
    for posting in held.order_by("-is_primary", "valid_from", "pk"):
        first = kept.setdefault((posting.person_id, fold(posting.position_title)), posting)
        if first is posting:
            continue
        if posting.valid_from == day:
            posting.delete()
        else:
            Posting.objects.filter(pk=posting.pk).update(valid_to=day)
        if first.valid_to and (posting.valid_to is None or posting.valid_to > first.valid_to):
            first.valid_to = posting.valid_to
            first.save(update_fields=["valid_to"])


def _continue_role(grant: RoleGrant, heir: Unit, day: date) -> None:
    """The person holds the role on `heir` from `day`, or its own later beginning, on; a grant there is widened."""
    start = max(grant.valid_from or day, day)
    there = RoleGrant.objects.filter(person=grant.person, role=grant.role, unit=heir).first()
    if there is None:
        RoleGrant.objects.create(
            person=grant.person,
            role=grant.role,
            unit=heir,
            valid_from=start,
            valid_to=grant.valid_to,
            granted_by_id=grant.granted_by_id,
        )
        return
    if there.valid_from and there.valid_from > start:
        there.valid_from = start
    if there.valid_to and (grant.valid_to is None or grant.valid_to > there.valid_to):
        there.valid_to = grant.valid_to
    there.save(update_fields=["valid_from", "valid_to"])


def _end_role(grant: RoleGrant, day: date) -> None:
    """A grant that would only have begun later is taken back; one that holds ends on `day`."""
    if grant.valid_from and grant.valid_from >= day:
        grant.delete()
    else:
        grant.valid_to = day
        grant.save(update_fields=["valid_to"])
