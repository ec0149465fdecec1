"""“May this person” and “which ones” give one answer: every list of every room, everybody × everything."""

import pytest
from django.contrib.auth.models import AnonymousUser

from people import queries, rules
from people.enums import Role
from people.models import Person, Posting, Unit
from tests.people.scopes import pairs, stage
from tests.people.scopes.pairs import PAIRS, Pair
from tests.people.scopes.stage import day


@pytest.fixture
def everybody(cast):
    """Everybody as they come with a request: nothing about them is known yet, so each is loaded anew."""
    stage.set_up()
    return lambda: [*Person.objects.all(), AnonymousUser()]


def disagreements(pair: Pair, viewers) -> list[str]:
    """Who and what a list and its rule answer differently about."""
    things = list(pair.model.objects.all())
    found = []
    for viewer in viewers:
        if pair.signed_in and not viewer.is_authenticated:
            continue
        listed = set(pair.listed(viewer).values_list("pk", flat=True))
        found += [
            f"{getattr(viewer, 'username', 'nobody')}: {thing} ({'listed' if thing.pk in listed else 'not listed'})"
            for thing in things
            if (thing.pk in listed) != bool(pair.rule(viewer, thing))
        ]
    return found


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_the_list_holds_what_the_rule_allows(everybody, pair):
    assert disagreements(pair, everybody()) == []


def test_control_a_rule_that_forgets_the_subtree_is_found(everybody):
    def only_the_unit_itself(actor, unit):
        return actor.is_authenticated and actor.role_grants.filter(unit=unit, role=Role.OBSERVER).exists()

    assert disagreements(Pair(queries.observed_units_for, only_the_unit_itself, Unit), everybody())


def test_every_list_of_every_room_has_its_pair():
    assert pairs.without_a_pair(pairs.lists_of_the_rooms()) == []


def test_control_a_list_without_a_pair_is_found():
    def secrets_for(viewer):
        return []

    assert pairs.without_a_pair(pairs.lists_of_the_rooms() | {"people.queries.secrets_for": secrets_for}) == [
        "people.queries.secrets_for"
    ]


# --- The scope itself, told without closure table and subqueries ----------------------------------------


def stands_below(unit: Unit, top_ids: set[int], on) -> bool:
    """Walks up the dated placements from the unit."""
    while unit is not None:
        if unit.active_from > on or (unit.active_to is not None and unit.active_to <= on):
            return False
        if unit.pk in top_ids:
            return True
        place = unit.placements.filter(queries.current_on(on)).select_related("parent").first()
        unit = place.parent if place else None
    return False


def expected_scope(viewer: Person, roles: set[str]) -> set[str]:
    """The sign-in names of the people an officer should reach, by the sentence in docs/permissions.md."""
    grants = [one for one in viewer.role_grants.all() if _in_force(one)]
    if any(one.role == Role.ADMINISTRATOR for one in grants):
        shown = Person.objects.filter(is_superuser=False, restricted_at=None)
        return set(shown.values_list("username", flat=True))
    tops = {one.unit_id for one in grants if one.role in roles}
    return {person.username for person in Person.objects.all() if _reached(person, tops)}


def _in_force(grant) -> bool:
    return (grant.valid_from is None or grant.valid_from <= day(0)) and (
        grant.valid_to is None or grant.valid_to > day(0)
    )


def _reached(person: Person, tops: set[int]) -> bool:
    if person.is_superuser or person.restricted_at:
        return False
    postings = list(Posting.objects.filter(person=person).select_related("unit"))
    going_on = [one for one in postings if one.valid_to is None or one.valid_to > day(0)]
    if any(stands_below(one.unit, tops, day(0)) for one in going_on):
        return True
    if going_on or not postings:
        return False
    last = max(one.valid_to for one in postings)
    eve = last - (day(1) - day(0))
    return any(stands_below(one.unit, tops, eve) for one in postings if one.valid_to == last)


@pytest.mark.parametrize(
    ("listed", "roles"),
    [
        (queries.people_for, {Role.HR_OFFICER, Role.INSPECTOR}),
        (queries.kept_people_for, {Role.HR_OFFICER}),
    ],
)
def test_the_scope_is_what_the_handbook_says(everybody, listed, roles):
    for viewer in everybody()[:-1]:
        reached = set(listed(viewer).values_list("username", flat=True))
        assert reached == expected_scope(viewer, roles), viewer.username


def test_the_scope_of_an_officer_by_name(everybody, cast):
    names = set(queries.people_for(Person.objects.get(username="hung")).values_list("username", flat=True))
    assert names == {
        "lan", "hung", "hoa",
        "serves", "comes", "left", "goes-south", "serves-both", "left-before-the-move", "left-with-the-closing",
        "with-a-role", "with-a-role-to-come", "with-a-role-that-ended", "heads-south",
    }  # fmt: skip


def test_nobody_comes_by_a_right_through_a_code(everybody):
    """HR officers manage no account that holds a role, holds one from a later day, or heads a unit beyond them."""
    hung = Person.objects.get(username="hung")
    managed = set(queries.managed_accounts_for(hung).values_list("username", flat=True))
    assert not managed & {"hung", "with-a-role", "with-a-role-to-come", "heads-south"}
    assert managed >= {"lan", "hoa", "with-a-role-that-ended"}


def test_the_national_id_shows_only_to_the_hr_of_the_unit_that_keeps_it(everybody, cast):
    lan, hoa = cast["lan"], cast["hoa"]  # hoa is posted in the unit that keeps numbers, lan in one that does not
    may = {person.username for person in everybody()[:-1] if rules.can_see_national_id(person, hoa)}
    assert may == {"hung", "with-a-role"}
    assert not any(rules.can_see_national_id(person, lan) for person in everybody()[:-1])


# --- Roles ----------------------------------------------------------------------------------------------


def test_a_role_holds_from_and_to_its_days(everybody):
    names = {person.username for person in Person.objects.all() if Role.HR_OFFICER in queries.roles_of(person)}
    assert names == {"hung", "binh", "with-a-role"}


@pytest.mark.parametrize(
    ("rule", "role", "username", "code"),
    [
        (rules.can_sign_for, Role.SIGNATORY, "quang", "LG-NV"),
        (rules.can_seal_for, Role.CLERK, "ha", "LG-NV"),
        (rules.can_review_for, Role.REVIEWER, "quang", "LG-TS-PVHCC"),
        (rules.can_see_aggregates_of, Role.OBSERVER, "mai", "LG-TS"),
    ],
)
def test_a_role_holds_below_its_unit_and_nowhere_else(cast, rule, role, username, code):
    unit = Unit.objects.get(code=code)
    assert {name for name, person in cast.items() if rule(person, unit)} == {username}
    assert not rule(cast[username], Unit.objects.get(code="LG-TU"))


def test_h5p_libraries_are_for_their_managers_and_administrators(everybody):
    names = {person.username for person in everybody()[:-1] if rules.can_manage_h5p_libraries(person)}
    assert names == {"an", "left-then-south"} or names == {"an", "left-then-south", "goes-south"}


@pytest.mark.parametrize("role", list(Role))
def test_only_administrators_grant(cast, role):
    unit = Unit.objects.get(code="LG-TS")
    assert {name for name, person in cast.items() if rules.can_grant(person, role, unit)} == {"an"}
