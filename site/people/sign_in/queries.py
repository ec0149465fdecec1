"""Whose account waits for a code, and which prints of slips a viewer has made."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from people import queries
from people.models import ActivationCode, ActivationSheet, Dormancy, Person, Posting, Unit, UnitClosure, UnitPlacement


def never_signed_in() -> QuerySet[Person]:
    """Open accounts nobody has used yet."""
    return Person.objects.filter(is_active=True, last_login__isnull=True)


def waiting_in(unit: Unit) -> QuerySet[Person]:
    """The people of a unit and its subtree who have not signed in yet, whoever may give them a code."""
    return never_signed_in().filter(pk__in=queries.people_in(queries.subtree_of([unit.pk])).values("pk"))


def slip_receivers_for(viewer: Person, unit: Unit) -> QuerySet[Person]:
    """Those of them to whom `viewer` may give a code, by given name: the rule is `rules.can_manage_account`."""
    return queries.managed_accounts_for(viewer).filter(pk__in=waiting_in(unit).values("pk"))


def with_slips(people: QuerySet[Person]) -> QuerySet[Person]:
    """Those who hold a code that still works."""
    codes = ActivationCode.objects.filter(
        person=OuterRef("pk"), used_at__isnull=True, void_at__isnull=True, expires_at__gt=timezone.now()
    )
    return people.filter(Exists(codes))


def sheets_for(viewer: Person) -> QuerySet[ActivationSheet]:
    """The prints `viewer` made: nobody else may see one, it opens accounts. `sign_in.rules.can_see_sheet`."""
    if not viewer.is_authenticated:
        return ActivationSheet.objects.none()
    return ActivationSheet.objects.filter(made_by=viewer).select_related("unit", "person")


def resting_for(viewer: Person) -> QuerySet[Person]:
    """The people `viewer` keeps whose accounts rest: the list of `sign_in.rules.can_wake`."""
    return queries.kept_people_for(viewer).filter(resting())


def resting() -> Exists:
    """Condition on Person: the account was closed because nobody used it."""
    return Exists(Dormancy.objects.filter(person=OuterRef("pk"), ended_at__isnull=True))


def with_unit_names(people: QuerySet[Person]) -> QuerySet[Person]:
    """Adds `unit_name`, the unit of the primary posting held today, and sorts by unit, then by name: as slips are
    handed out."""
    held = Posting.objects.filter(
        queries.current_on(timezone.localdate()), person=OuterRef("pk"), is_primary=True
    ).values("unit__name")[:1]
    return people.annotate(unit_name=Coalesce(Subquery(held), Value(""))).order_by("unit_name", "sort_key", "pk")


# --- The screen where slips are made ----------------------------------------------------------------------------


def top_units_for(viewer: Person) -> QuerySet[Unit]:
    """Where `viewer`'s scope begins: units they keep that stand under no other one they keep."""
    kept = queries.kept_units_for(viewer)
    today = queries.current_on(timezone.localdate())
    under_another = UnitPlacement.objects.filter(today, parent__in=kept.values("pk"), unit=OuterRef("pk"))
    return _open(kept).filter(~Exists(under_another)).order_by("line", "name")


def units_directly_under(unit: Unit) -> QuerySet[Unit]:
    placed = UnitPlacement.objects.filter(queries.current_on(timezone.localdate()), parent=unit)
    return _open(Unit.objects.filter(pk__in=placed.values("unit"))).order_by("kind", "name")


def waiting_counts(units) -> dict[int, int]:
    """How many people of each unit's subtree have not signed in yet, by the unit's id; one query for all units."""
    today = timezone.localdate()
    held = queries.current_on(today, "descendant__postings__")
    waiting = Q(
        descendant__postings__is_primary=True,
        descendant__postings__person__is_active=True,
        descendant__postings__person__last_login__isnull=True,
    )
    rows = (
        UnitClosure.objects.filter(queries.current_on(today), ancestor__in=units)
        .values("ancestor")
        .annotate(waiting=Count("descendant__postings__person", filter=held & waiting, distinct=True))
    )
    return {row["ancestor"]: row["waiting"] for row in rows}


def _open(units: QuerySet[Unit]) -> QuerySet[Unit]:
    today = timezone.localdate()
    return units.filter(active_from__lte=today).filter(Q(active_to__isnull=True) | Q(active_to__gt=today))
