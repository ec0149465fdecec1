"""The rules (“may this person”) and the lists (“what may this person see”) give one answer, over the whole cast."""

import pytest
from django.contrib.auth.models import AnonymousUser

from people.enums import Role
from people.models import Person, Unit
from people.queries import accounts_for, people_in, units_for, units_headed_by
from people.rules import REPORT_ROLES, can_administer, can_administer_people, can_enter_admin, can_see_reports

COMMUNE = {"LG-TS", "LG-TS-PVHCC", "LG-TS-VHXH"}
PROVINCE = COMMUNE | {"LG", "LG-NV", "LG-VHTTDL", "LG-KHCN", "LG-KL"}
# Whose records they may read. The Party's and the Front's units are no part of the province's tree.
SCOPES = {
    "hung": COMMUNE,
    "hoa": COMMUNE,
    "binh": {"LG-KL"},
    "quang": {"LG-NV"},
    "son": PROVINCE,
    "an": PROVINCE,
}


def codes(units) -> set[str]:
    return set(units.values_list("code", flat=True))


def report_units(person) -> set[str]:
    return codes(units_for(person, REPORT_ROLES)) | codes(units_headed_by(person))


def everybody() -> list[Person]:
    return list(Person.objects.all())


def test_the_scopes_of_the_cast(cast):
    assert {name: scope for name in cast if (scope := report_units(cast[name]))} == SCOPES


def test_who_may_see_reports_has_units_to_see_and_the_other_way_round(cast):
    for person in everybody():
        assert can_see_reports(person) == bool(report_units(person)), person.username


def test_control_a_rule_that_forgets_the_heads_disagrees(cast):
    def forgetful(person) -> bool:
        return person.role_grants.filter(role__in=REPORT_ROLES).exists()

    disagreeing = {person.username for person in everybody() if forgetful(person) != bool(report_units(person))}
    assert disagreeing == {"hoa", "quang"}


def test_a_scope_never_reaches_above_or_beside_its_unit(cast):
    for name, scope in SCOPES.items():
        assert codes(Unit.objects.filter(pk__in=units_for(cast[name], tuple(Role)).values("pk"))) - scope <= PROVINCE
    assert "LG" not in report_units(cast["hung"]) | report_units(cast["hoa"])


def test_another_role_brings_no_records(cast):
    assert codes(units_for(cast["mai"], (Role.OBSERVER,))) == PROVINCE
    assert report_units(cast["mai"]) == set()
    assert not can_see_reports(cast["mai"])


def test_the_people_of_a_scope(cast):
    commune = units_for(cast["hung"], REPORT_ROLES)
    assert set(people_in(commune).values_list("username", flat=True)) == {"lan", "hung", "hoa"}


def test_whom_one_may_administer_is_the_list_of_accounts(cast):
    people = everybody()
    for viewer in people:
        listed = set(accounts_for(viewer))
        assert listed == {person for person in people if can_administer(viewer, person)}, viewer.username
        assert bool(listed) == can_administer_people(viewer)


def test_who_has_not_signed_in_sees_nothing(db):
    nobody = AnonymousUser()
    assert not can_see_reports(nobody)
    assert not can_enter_admin(nobody)
    assert not can_administer_people(nobody)
    assert not units_for(nobody, tuple(Role)).exists()
    assert not units_headed_by(nobody).exists()


@pytest.mark.parametrize("code", ["LG-TS", "LG-NV"])
def test_a_new_head_sees_the_unit_and_the_former_one_does_not(cast, code):
    former = Unit.objects.get(code=code).head
    Unit.objects.filter(code=code).update(head=cast["minh"])
    assert can_see_reports(cast["minh"])
    assert code in report_units(cast["minh"])
    assert not can_see_reports(former)
    assert report_units(former) == set()
