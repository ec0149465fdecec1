"""Roles: granted and withdrawn once, written to the log, followed by the groups that open the editing desk."""

import pytest

from people.domain import audit, roles
from people.domain.roles import GROUP_OF_ROLE
from people.enums import Role
from people.models import AuditEntry, Person, RoleGrant, Unit
from people.queries import roles_of
from shared.errors import DomainError


@pytest.fixture
def lan(cast) -> Person:
    return cast["lan"]


@pytest.fixture
def an(cast) -> Person:
    return cast["an"]


@pytest.fixture
def commune(cast) -> Unit:
    return Unit.objects.get(code="LG-TS")


def log_of(person: Person) -> list[tuple]:
    entries = AuditEntry.objects.filter(
        subject_type="people.Person", subject_id=str(person.pk), action__startswith="role."
    )
    return [(entry.action, entry.actor, entry.details) for entry in entries.order_by("pk")]


def groups_of(person: Person) -> set[str]:
    return set(person.groups.values_list("name", flat=True))


def test_granting_twice_grants_and_logs_once(lan, an, commune):
    first = roles.grant_role(lan, Role.HR_OFFICER, commune, actor=an)
    assert roles.grant_role(lan, Role.HR_OFFICER, commune, actor=an) == first
    assert RoleGrant.objects.filter(person=lan).count() == 1
    assert first.granted_by == an
    assert log_of(lan) == [("role.granted", an, {"role": "hr_officer", "unit": commune.pk})]


def test_withdrawing_is_logged_and_the_grant_is_gone(lan, an, commune):
    grant = roles.grant_role(lan, Role.HR_OFFICER, commune, actor=an)
    roles.withdraw_role(grant, actor=an)
    assert not RoleGrant.objects.filter(person=lan).exists()
    assert [action for action, _actor, _details in log_of(lan)] == ["role.granted", "role.withdrawn"]


def test_the_system_may_grant_without_an_actor(lan, commune):
    roles.grant_role(lan, Role.OBSERVER, commune, actor=None)
    assert log_of(lan) == [("role.granted", None, {"role": "observer", "unit": commune.pk})]


@pytest.mark.parametrize("role", Role)
def test_the_groups_follow_the_roles(lan, an, commune, role):
    grant = roles.grant_role(lan, role, commune, actor=an)
    assert groups_of(lan) == ({GROUP_OF_ROLE[role]} if role in GROUP_OF_ROLE else set())
    roles.withdraw_role(grant, actor=an)
    assert groups_of(lan) == set()


def test_a_role_held_elsewhere_keeps_the_group(lan, an, commune):
    grant = roles.grant_role(lan, Role.COURSE_AUTHOR, commune, actor=an)
    roles.grant_role(lan, Role.COURSE_AUTHOR, Unit.objects.get(code="LG-KL"), actor=an)
    roles.withdraw_role(grant, actor=an)
    assert groups_of(lan) == {"Course authors"}


def test_an_administrator_cannot_give_up_the_last_key_by_mistake(an):
    own = RoleGrant.objects.get(person=an)
    with pytest.raises(DomainError):
        roles.withdraw_role(own, actor=an)
    assert RoleGrant.objects.filter(pk=own.pk).exists()


def test_nothing_is_granted_when_it_cannot_be_logged(lan, an, commune, monkeypatch):
    """The change and its entry stand in one transaction."""

    def no_room(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(audit, "record", no_room)
    with pytest.raises(OSError, match="disk full"):
        roles.grant_role(lan, Role.HR_OFFICER, commune, actor=an)
    assert not RoleGrant.objects.filter(person=lan).exists()


def test_roles_are_read_once_a_request(lan, an, commune, django_assert_num_queries):
    roles.grant_role(lan, Role.HR_OFFICER, commune, actor=an)
    fresh = Person.objects.get(pk=lan.pk)
    with django_assert_num_queries(1):
        assert roles_of(fresh) == roles_of(fresh) == {"hr_officer"}
