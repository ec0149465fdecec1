"""/api/v1 with a token: the owner's scope and nothing beyond it, page by page; tokens that end; errors that explain."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from api.domain import tokens
from api.models import ApiToken
from api.v1 import api
from courses.models import Certificate, Completion
from people.enums import Role
from people.models import AuditEntry
from shared.errors import DomainError
from tests.reports import factories as make

pytestmark = pytest.mark.django_db
LISTS = ("units", "persons", "obligations", "completions", "certificates")
MARK = "Zqx"


@pytest.fixture
def world(province):
    """HR of Sở Nội vụ; a person there and one of Sở Xây dựng, both with everything the API knows of."""

    class World:
        hr = make.make_hr(province.home_affairs)
        ours = make.make_person("Lê An", province.one_stop)
        theirs = make.make_person(f"Trần {MARK}", province.construction, position_title=f"{MARK} chuyên viên")
        by_choice = make.make_course("Tự chọn")

    province.construction.name = f"Sở {MARK}"
    province.construction.save()
    make.assign(province.course, province.root, make.in_days(9))
    for person in (World.ours, World.theirs):
        for course in (province.course, World.by_choice):
            done = make.complete(person, course)
            certify(done, number=done.pk)
    return World


def certify(completion: Completion, number: int) -> Certificate:
    mark = MARK if MARK in completion.person.full_name else "A"
    return Certificate.objects.create(
        completion=completion,
        person=completion.person,
        code=f"{mark}-{number}",
        issuer="Sở Nội vụ",
        year=2026,
        number=number,
        kind="completion",
        wording={},
        issued_at=completion.completed_at,
    )


def secret_of(owner, days: int = 30) -> str:
    return tokens.issue("Phần mềm nhân sự", owner, make.in_days(days), actor=owner)[1]


def ask(secret: str, name: str, **query):
    return Client().get(f"/api/v1/{name}", query, headers={"authorization": f"Bearer {secret}"})


def test_the_lists_hold_the_owners_scope(world, province):
    secret = secret_of(world.hr)
    found = {name: ask(secret, name).json()["items"] for name in LISTS}
    assert {unit["code"] for unit in found["units"]} == {province.home_affairs.code, province.one_stop.code}
    parents = {unit["code"]: unit["parent_code"] for unit in found["units"]}
    assert parents[province.one_stop.code] == province.home_affairs.code
    [person] = found["persons"]
    assert person["full_name"] == "Lê An"
    assert person["postings"][0]["unit_code"] == province.one_stop.code
    [duty] = found["obligations"]
    assert (duty["staff_number"], duty["course_code"]) == (world.ours.staff_number, province.course.code)
    assert duty["fulfilled_on"]
    assert [done["course_code"] for done in found["completions"]] == [province.course.code], "none by choice"
    assert [one["course_code"] for one in found["certificates"]] == [province.course.code]


@pytest.mark.parametrize("name", LISTS)
def test_nothing_of_another_unit_leaks(world, province, name):
    text = ask(secret_of(world.hr), name, limit=500).content.decode()
    assert MARK not in text
    assert "national" not in text
    assert "score" not in text
    everything = ask(secret_of(make.make_hr(province.root)), name, limit=500).content.decode()
    assert MARK in everything or str(world.theirs.staff_number) in everything, "control: there was something to leak"


@pytest.mark.parametrize("name", LISTS)
def test_a_role_withdrawn_empties_the_lists_at_once(world, name):
    secret = secret_of(world.hr)
    assert ask(secret, name).json()["items"]
    world.hr.role_grants.all().delete()
    assert ask(secret, name).json() == {"items": [], "next": None}


@pytest.mark.parametrize("role", [Role.COURSE_AUTHOR, Role.OBSERVER, Role.PRESS_OFFICER])
def test_an_owner_without_a_scope_reads_nothing(world, province, role):
    secret = secret_of(make.make_hr(province.root, "Ai Đó", role))
    assert all(ask(secret, name).json()["items"] == [] for name in LISTS)


def test_pages_follow_each_other_without_gap_or_repetition(world, province):
    people = {make.make_person(f"Người {number}", province.one_stop).pk for number in range(6)} | {world.ours.pk}
    secret, seen, cursor = secret_of(world.hr), [], ""
    while cursor is not None:
        page = ask(secret, "persons", limit=3, cursor=cursor).json()
        assert len(page["items"]) <= 3
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
        make.make_person("Người Mới", province.one_stop) if len(seen) == 3 else None
    assert sorted(seen) == seen
    assert people < set(seen)
    assert len(seen) == len(set(seen)) == 8


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"cursor": "abc"}, 400),
        ({"cursor": "ÿ"}, 400),
        ({"cursor": "djE6LTE"}, 400),
        ({"limit": 0}, 422),
        ({"limit": 501}, 422),
        ({"limit": "x"}, 422),
    ],
)
def test_a_question_that_makes_no_sense_is_told_so(world, query, status):
    answer = ask(secret_of(world.hr), "persons", **query)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_only_a_token_in_force_opens_anything(world):
    good = secret_of(world.hr, days=0)
    assert ask(good, "units").status_code == 200
    token = ApiToken.objects.get()
    assert good not in str(ApiToken.objects.values()), "only the fingerprint is kept"
    for wrong in ("", "ng_", good[:-1], good.upper(), token.digest):
        answer = ask(wrong, "units")
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"
    browser = Client()
    browser.force_login(world.hr)
    assert browser.get("/api/v1/units").status_code == 401, "a session is no token"

    ApiToken.objects.update(expires_on=make.in_days(-1))
    assert ask(good, "units").status_code == 401
    ApiToken.objects.update(expires_on=make.in_days(1))
    world.hr.is_active = False
    world.hr.save()
    assert ask(good, "units").status_code == 401
    world.hr.is_active = True
    world.hr.save()
    assert ask(good, "units").status_code == 200
    tokens.revoke(token, actor=None)
    assert ask(good, "units").status_code == 401
    for day in (-1, 400):
        with pytest.raises(DomainError):
            tokens.issue("x", world.hr, make.today() + timedelta(days=day), actor=None)


def test_who_asks_too_often_has_to_wait(world, monkeypatch):
    monkeypatch.setattr(tokens, "CALLS_A_MINUTE", 2)
    monkeypatch.setattr(tokens.time, "time", lambda: 1_800_000_030.0)
    cache.clear()
    mine, other = secret_of(world.hr), secret_of(world.hr)
    assert [ask(mine, "units").status_code for _call in range(3)] == [200, 200, 429]
    answer = ask(mine, "units")
    assert answer["Retry-After"] == "30"
    assert ask(other, "units").status_code == 200


def test_every_page_taken_stands_in_the_log(world):
    ask(secret_of(world.hr), "persons")
    entry = AuditEntry.objects.get(action="api.persons")
    assert entry.actor == world.hr
    assert entry.details["rows"] == 1


@pytest.mark.parametrize("name", LISTS)
def test_a_page_takes_as_many_queries_for_many_rows(world, province, name):
    secret = secret_of(world.hr)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert ask(secret, name).status_code == 200
        return len(found)

    queries()
    few = queries()
    for number in range(2):
        person = make.make_person(f"Người {number}", province.one_stop)
        make.make_unit(f"Tổ {number}", province.one_stop)
        make.assign(province.course, province.root, make.in_days(9))
        certify(make.complete(person, province.course), number=1000 + number)
    assert queries() == few


def test_the_description_is_openapi_3_1_and_loads_nothing_from_elsewhere(db):
    document = Client().get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    read = {path.removeprefix("/api/v1/") for path, methods in document["paths"].items() if "get" in methods}
    assert read == set(LISTS)
    assert document["components"]["securitySchemes"]["Token"]["scheme"] == "bearer"
    assert "http" not in json.dumps(document.get("servers", []))
    assert "/docs" not in str(document["paths"])
    assert api.docs_url is None


def test_an_administrator_issues_a_token_and_sees_it_once(site, cast, client):
    client.force_login(cast["an"], backend="people.sign_in.backend.OneFieldBackend")
    form = {"name": "HRM", "owner": "hung", "expires_on": make.in_days(30).isoformat(), "scopes": ["read"]}
    late = client.post("/quan-tri/khoa-api/new/", form | {"expires_on": make.in_days(400).isoformat()})
    assert late.status_code == 200, "told beside the day"
    assert not ApiToken.objects.exists()
    page = client.post("/quan-tri/khoa-api/new/", form)
    assert "no-store" in page["Cache-Control"]
    secret = page.content.decode().split('value="ng_')[1].split('"')[0]
    assert ask(f"ng_{secret}", "units").status_code == 200
    listed = client.get("/quan-tri/khoa-api/").content.decode()
    assert "HRM" in listed
    assert secret not in listed
    token = ApiToken.objects.get()
    assert client.post(f"/quan-tri/khoa-api/delete/{token.pk}/").status_code == 302
    assert ask(f"ng_{secret}", "units").status_code == 401
    assert ApiToken.objects.filter(revoked_at__isnull=False).count() == 1
    client.force_login(cast["hung"], backend="people.sign_in.backend.OneFieldBackend")
    assert client.post("/quan-tri/khoa-api/new/", form).status_code in (302, 403)
    assert ApiToken.objects.count() == 1
