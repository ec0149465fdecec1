"""What a change would do, seen before it is done: the change itself is carried out, compared, and taken back.

So the preview knows every rule and every refusal of the change, and cannot differ from it. To confirm, the same is
done once more; if anything in the preview is no longer so, nothing is changed and the later preview is shown instead.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Count, Max, Q

from people.domain.units.lock import lock_tree
from people.models import Posting, RoleGrant, Unit, UnitAlias, UnitChange, UnitClosure, UnitName, UnitPlacement
from people.queries import current_on, held_on, not_over_on
from shared.domain.dependents import Dependents, dependents_of

# What goes with the unit or moves on by itself; everything else keeps pointing to the closed unit.
_OWN = (Posting, RoleGrant, Unit, UnitAlias, UnitChange, UnitClosure, UnitName, UnitPlacement)


@dataclass(frozen=True)
class Figures:
    """A unit with everything below it on the day: as recorded so far, and with the change."""

    unit: str
    people_before: int
    people_after: int
    units_before: int
    units_after: int


@dataclass(frozen=True)
class Step:
    """Somebody or something that goes from one unit to another; `to` is empty where it ends, `origin` where it begins.

    `aside`: a posting that is not the primary one.
    """

    subject: str
    detail: str
    origin: str
    to: str
    aside: bool = False


@dataclass
class Outcome:
    """What a change does on `effective`. People are counted by primary postings, each once."""

    effective: date
    figures: list[Figures] = field(default_factory=list)
    people_before: int = 0
    people_after: int = 0
    postings: list[Step] = field(default_factory=list)
    units: list[Step] = field(default_factory=list)
    roles: list[Step] = field(default_factory=list)
    reach: list[Step] = field(default_factory=list)
    heads: list[Step] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    staying: list[Dependents] = field(default_factory=list)
    done: bool = False

    @property
    def fingerprint(self) -> str:
        """The same as long as the preview says the same, in whatever language."""
        steps = (*self.units, *self.roles, *self.reach, *self.heads)
        said = [
            self.effective.isoformat(),
            [asdict(row) for row in (*self.figures, *self.postings)],
            sorted((step.subject, step.origin, step.to) for step in steps),
            [self.people_before, self.people_after, *self.names],
            [(kind.model._meta.label, kind.count) for kind in self.staying],
        ]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:32]


def try_change(
    change: Callable[[], object],
    *,
    changing: Iterable[Unit],
    beside: Iterable[Unit | None] = (),
    effective: date,
    confirm: str = "",
) -> Outcome:
    """Calls `change`, a verb of this package, and says what it did; keeps it only if `confirm` is the fingerprint.

    `changing` are the units the decision is about, `beside` those that gain or lose by it (successors, superiors).
    Raises what the verb raises. The number of queries does not depend on how many people and units are affected.
    """
    with transaction.atomic():
        lock_tree()
        before = _Before(list(changing), [unit for unit in beside if unit], effective)
        change()
        outcome = before.compare()
        outcome.done = outcome.fingerprint == confirm
        if not outcome.done:
            transaction.set_rollback(True)
    return outcome


class _Before:
    """How things stand on the day as recorded so far."""

    def __init__(self, changing: list[Unit], beside: list[Unit], day: date):
        self.day = day
        self.changing = {unit.pk for unit in changing}
        places = list(_places_of(self.changing, day))
        self.place_of = {place.unit_id: str(place.parent) for place in places}
        superiors = {place.parent_id for place in places if place.unit_id in self.changing}
        self.concerned = self.changing | superiors | {unit.pk for unit in beside}
        self.figures = _figures(self.concerned | _above(self.concerned, day), day)
        self.people = _people(self.concerned, day)
        planned = Posting.objects.filter(unit__in=self.changing, valid_from__gte=day)
        self.planned = dict(planned.values_list("pk", "unit__name"))
        self.roles = list(_grants(day).filter(unit__in=self.changing))
        self.reach = _reach(self.changing, day)
        self.names = _names(self.changing)
        self.last_change = UnitChange.objects.aggregate(last=Max("pk"))["last"] or 0
        self.last_posting = Posting.objects.aggregate(last=Max("pk"))["last"] or 0

    def compare(self) -> Outcome:
        """What is different now."""
        changes = UnitChange.objects.filter(pk__gt=self.last_change).values_list("unit", "other")
        concerned = self.concerned.union(pk for pair in changes for pk in pair if pk)
        ending = list(
            Unit.objects.filter(pk__in=self.changing, active_to=self.day).select_related("replaced_by", "head")
        )
        return Outcome(
            self.day,
            figures=self._figures(concerned),
            people_before=self.people,
            people_after=_people(concerned, self.day),
            postings=self._postings(),
            units=self._units(),
            roles=self._roles({unit.pk: unit for unit in ending}),
            reach=self._reach({unit.pk for unit in ending}),
            heads=[Step(str(unit.head), "", str(unit), "") for unit in ending if unit.head],
            names=sorted({name for unit in ending if unit.replaced_by for name in self.names.get(unit.pk, ())}),
            staying=_staying(ending),
        )

    def _figures(self, concerned: set[int]) -> list[Figures]:
        """Of the units concerned, and of those above them whose figures change; the largest first."""
        shown = concerned | set(self.figures) | _above(concerned, self.day)
        now, nothing = _figures(shown, self.day), (0, 0)
        names = dict(Unit.objects.filter(pk__in=shown).values_list("pk", "name"))
        rows = []
        for pk, name in names.items():
            (people_before, units_before), (people, units) = self.figures.get(pk, nothing), now.get(pk, nothing)
            if pk in concerned or (people_before, units_before) != (people, units):
                rows.append(Figures(name, people_before, people, units_before, units))
        return sorted(rows, key=lambda row: (-max(row.people_before, row.people_after), row.unit))

    def _postings(self) -> list[Step]:
        continued = Q(pk__gt=self.last_posting, follows__unit__in=self.changing, valid_from=self.day)
        rows = (
            Posting.objects.filter(continued | Q(pk__in=self.planned))
            .exclude(unit__in=self.changing)
            .select_related("person", "unit", "follows__unit")
            .order_by("person__sort_key", "person", "-is_primary", "pk")
        )
        return [
            Step(
                str(row.person),
                row.position_title,
                self.planned.get(row.pk) or str(row.follows.unit),
                str(row.unit),
                aside=not row.is_primary,
            )
            for row in rows
        ]

    def _units(self) -> list[Step]:
        """Units that get another place on the day; ended ones have none any more."""
        now = UnitPlacement.objects.filter(not_over_on(self.day), unit__in=set(self.place_of) | self.changing)
        placed = {place.unit_id: str(place.parent) for place in now.select_related("parent")}
        alive = Unit.objects.filter(pk__in=set(self.place_of) | self.changing).exclude(active_to=self.day)
        steps = [
            Step(str(unit), unit.get_kind_display(), self.place_of.get(unit.pk, ""), placed.get(unit.pk, ""))
            for unit in alive.order_by("name", "pk")
        ]
        return [step for step in steps if step.origin != step.to]

    def _roles(self, ending: dict[int, Unit]) -> list[Step]:
        return [
            Step(
                str(grant.person),
                grant.get_role_display(),
                str(grant.unit),
                str(ending[grant.unit_id].replaced_by or ""),
            )
            for grant in self.roles
            if grant.unit_id in ending
        ]

    def _reach(self, ending: set[int]) -> list[Step]:
        """Whose role reaches a moved unit no longer, and whose does from now on."""
        now = _reach(self.changing - ending, self.day)
        former = {held: grant for held, grant in self.reach.items() if held[0] not in ending}
        steps = [_reaching(former[held], lost=True) for held in former.keys() - now.keys()]
        steps += [_reaching(now[held], lost=False) for held in now.keys() - former.keys()]
        return sorted(steps, key=lambda step: (step.to, step.subject, step.detail))


def _places_of(units: set[int], day: date):
    """Where the units stand, and what stands under them, on the day or later."""
    around = Q(parent__in=units) | Q(unit__in=units)
    return UnitPlacement.objects.filter(around, not_over_on(day)).select_related("parent").order_by("valid_from")


def _above(units: set[int], day: date) -> set[int]:
    rows = UnitClosure.objects.filter(current_on(day), descendant__in=units)
    return set(rows.values_list("ancestor", flat=True))


def _figures(units: set[int], day: date) -> dict[int, tuple[int, int]]:
    """People counted and units standing in each unit's subtree on the day, the unit itself among them."""
    rows = UnitClosure.objects.filter(current_on(day), ancestor__in=units)
    below = dict(rows.values_list("ancestor").annotate(count=Count("descendant")))
    counted = UnitClosure.objects.filter(
        current_on(day),
        current_on(day, "descendant__postings__"),
        ancestor__in=units,
        descendant__postings__is_primary=True,
    )
    people = dict(counted.values_list("ancestor").annotate(count=Count("descendant__postings")))
    return {unit: (people.get(unit, 0), count) for unit, count in below.items()}


def _people(units: set[int], day: date) -> int:
    """How many people are counted in the units and below them taken together: one primary posting each."""
    below = UnitClosure.objects.filter(current_on(day), ancestor__in=units).values("descendant")
    return Posting.objects.filter(current_on(day), unit__in=below, is_primary=True).count()


def _grants(day: date):
    grants = RoleGrant.objects.filter(not_over_on(day)).select_related("person", "unit")
    return grants.order_by("person__sort_key", "role", "pk")


def _reach(units: set[int], day: date) -> dict[tuple, RoleGrant]:
    """The roles held on something above the units, by (unit, person, role)."""
    above = UnitClosure.objects.filter(current_on(day), descendant__in=units, depth__gt=0)
    rows = list(above.values_list("descendant", "ancestor"))
    grants: dict[int, list[RoleGrant]] = {}
    for grant in _grants(day).filter(held_on(day), unit__in={ancestor for _unit, ancestor in rows}):
        grants.setdefault(grant.unit_id, []).append(grant)
    return {(unit, grant.person_id, grant.role): grant for unit, ancestor in rows for grant in grants.get(ancestor, ())}


def _reaching(grant: RoleGrant, *, lost: bool) -> Step:
    unit = str(grant.unit)
    return Step(str(grant.person), grant.get_role_display(), unit if lost else "", "" if lost else unit)


def _names(units: set[int]) -> dict[int, set[str]]:
    """What the units are and were called, also by imports."""
    found: dict[int, set[str]] = {}
    rows = [*UnitName.objects.filter(unit__in=units).values_list("unit", "name", "short_name")]
    rows += UnitAlias.objects.filter(unit__in=units).values_list("unit", "alias")
    rows += Unit.objects.filter(pk__in=units).values_list("pk", "name", "short_name")
    for unit, *names in rows:
        found.setdefault(unit, set()).update(name for name in names if name)
    return found


def _staying(ending: list[Unit]) -> list[Dependents]:
    """What goes on naming the closed units: courses, assignments, records, campaigns."""
    if not ending:
        return []
    return dependents_of(Unit.objects.filter(pk__in=[unit.pk for unit in ending]), ignore=_OWN)
