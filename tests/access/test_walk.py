"""Every address of the site × everybody × somebody else's thing: as declared in the rooms' `access.py`, or a fault."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.urls import path

from config.access import DOORS
from people.models import Person
from shared.access import SIGNED_IN, Door
from tests.access import stage
from tests.access.walking import Address, Visit, addresses, undeclared, walk

# Outside the editing desk everybody of the cast walks; inside, one of each kind of rights is enough, as its doors ask
# for nothing but roles.
_ALL = ["lan", "minh", "hung", "binh", "hoa", "tam", "thao", "quang", "mai", "son", "ha", "an"]
_KINDS_OF_RIGHTS = ["lan", "tam", "thao"]
# The first two end the session; the third is Wagtail's page that fails on purpose.
_SKIPPED = {"account_logout", "wagtailadmin_logout", "wagtailadmin_error_test"}


def faults(found, actors, things, doors=DOORS) -> list[str]:
    return [fault for visit in walk(found, doors, actors, things) if (fault := visit.fault(things))]


def test_every_address_has_a_door():
    assert undeclared(list(addresses()), DOORS) == []


def test_control_an_address_without_a_door_is_found():
    found = [*addresses(), Address("nhan-su/moi/", "people:not_declared"), Address("quen/", "quen/")]
    assert undeclared(found, DOORS) == ["people:not_declared", "quen/"]


def test_no_door_is_declared_for_an_address_that_is_gone():
    names = {address.name for address in addresses()}
    plain = {name for name in DOORS if "*" not in name}
    assert plain - names == set()


@pytest.mark.parametrize("name", ["nobody", *_ALL])
def test_the_site_opens_as_declared(things, cast, name):
    actor = cast.get(name, AnonymousUser())
    found = [one for one in addresses() if not one.is_of_the_editing_desk and one.name not in _SKIPPED]
    assert len(found) > 80
    assert "\n".join(faults(found, [actor], things)) == ""


@pytest.mark.parametrize("name", ["nobody", *_KINDS_OF_RIGHTS])
def test_the_editing_desk_opens_as_declared(things, cast, name):
    actor = cast.get(name, AnonymousUser())
    found = [one for one in addresses() if one.is_of_the_editing_desk and one.name not in _SKIPPED]
    assert len(found) > 250
    assert "\n".join(faults(found, [actor], things)) == ""


def test_everybody_else_is_kept_out_of_the_editing_desk(things, cast):
    outsiders = [cast[name] for name in _ALL if name not in {"tam", "thao", "an"}]
    front = [one for one in addresses() if one.name in {"wagtailadmin_home", "wagtailusers_users:index"}]
    assert faults(front, outsiders, things) == []


# --- Controls -------------------------------------------------------------------------------------------


def _leaky(request, pk):
    return HttpResponse(f"{Person.objects.get(pk=pk).work_email} {Person.objects.get(pk=pk).full_name}")


class _WithLeak:
    """The site with one address more, whose view forgot to look who asks."""

    from config.urls import urlpatterns

    urlpatterns = [path("ro-ri/<int:pk>/", _leaky, name="leaky"), *urlpatterns]


@pytest.mark.parametrize(
    ("door", "expected"),
    [
        (SIGNED_IN, "lan reads somebody else's record"),
        (Door(lambda actor: actor.is_authenticated and actor.username == "an"), "lan is let in"),
        (Door(lambda actor: True, "person", lambda actor, person: False), "lan reaches somebody else's person"),
    ],
)
def test_control_a_view_that_lets_anybody_in_is_found(things, cast, settings, door, expected):
    settings.ROOT_URLCONF = _WithLeak
    found = [one for one in addresses() if one.name == "leaky"]
    reported = faults(found, [cast["lan"]], things, DOORS | {"leaky": door})
    assert any(fault.startswith(expected) for fault in reported), reported


def test_control_a_name_alone_is_a_leak_unless_the_door_shows_names(things, cast):
    door = DOORS["people:persons"]
    visit = Visit(cast["hung"], Address("x", "x"), door, "GET", 200, "", f"… {stage.NAME_MARK} …")
    assert "somebody else's name" in visit.fault(things)
    assert replace(visit, door=replace(door, shows=frozenset({"name"}))).fault(things) == ""


def test_control_the_walk_reaches_real_pages(things, cast):
    """The addresses are not all “not found” for some slip in putting them together."""
    found = [one for one in addresses() if not one.is_of_the_editing_desk and one.name not in _SKIPPED]
    visits = list(walk(found, DOORS, [cast["an"]], things, ("get",)))
    answers = {
        visit.address.name: visit.status
        for visit in visits
        if (kind := visit.door.thing) and visit.door.reaches(cast["an"], things.by_kind[kind])
    }
    reached = {name for name, status in answers.items() if status in (200, 302, 405)}
    assert set(answers) - reached <= {"people:import_result"}  # the stage's import has no result to fetch yet
    assert len(answers) > 5
