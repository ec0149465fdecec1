"""Writing people and postings with a token: by key and never by name, as a whole or not, once, and only in its unit."""

import json
import uuid
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from api.domain import once, tokens
from api.models import ApiToken, TokenScope, WriteRequest
from people import national_id
from people.domain import importing
from people.models import AuditEntry, PeopleImport, Person, Posting
from shared.domain import outbox
from shared.errors import DomainError
from tests.reports import factories as make

pytestmark = pytest.mark.django_db
BOTH = (TokenScope.READ, TokenScope.PEOPLE_WRITE)
DAY = "2026-03-02"
NUMBER = "099185012345"


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    monkeypatch.setattr(outbox, "_send", lambda entry_id: None)


@pytest.fixture
def world(province):
    class World:
        hr = make.make_hr(province.root)
        secret = tokens.issue(
            "Phần mềm nhân sự", hr, make.in_days(30), actor=hr, scopes=BOTH, unit=province.home_affairs
        )[1]
        ours = make.make_person("Lê An", province.one_stop)
        theirs = make.make_person("Trần Zqx Bình", province.construction)
        unit = province.one_stop.code

    return World


def send(secret: str, path: str, body, key: str | None = "", method: str = "post", raw: str | None = None):
    headers = {"authorization": f"Bearer {secret}"}
    if key is not None:
        headers["idempotency-key"] = key or uuid.uuid4().hex
    content = raw if raw is not None else json.dumps(body)
    return getattr(Client(), method)(f"/api/v1/{path}", content, content_type="application/json", headers=headers)


def person(world, number: int = 1, **more) -> dict:
    said = {"full_name": f"Nông Thị {'ABCDEGHIKLMN'[number]}nh", "staff_number": f"HN-{number:03d}"}
    return said | {"unit_code": world.unit, "position_title": "Chuyên viên", "employment_type": "civil_servant"} | more


def people(*items, **more) -> dict:
    return {"effective_on": DAY, "items": list(items)} | more


def places(answer) -> list[tuple]:
    return [(*one["where"], one["code"]) for one in answer.json()["errors"]]


# --- people ---------------------------------------------------------------------------------------------------


def test_people_are_created_changed_moved_and_left_alone(world, province):
    answer = send(world.secret, "persons", people(person(world, 1, birth_date="1990-05-03", gender="female")))
    assert answer.status_code == 200, answer.content
    [written] = answer.json()["items"]
    assert written["outcome"] == "created"
    made = Person.objects.get(pk=written["person_id"])
    assert (made.staff_number, made.birth_date, made.gender) == ("HN-001", date(1990, 5, 3), "female")
    assert not made.has_usable_password()
    posting = made.postings.get()
    assert (posting.unit, posting.valid_from, posting.is_primary) == (province.one_stop, date(2026, 3, 2), True)

    again = send(world.secret, "persons", people(person(world, 1)))
    assert again.json() == {
        "import_id": None,
        "items": [{"person_id": made.pk, "outcome": "unchanged", "warnings": []}],
    }
    changed = send(world.secret, "persons", people(person(world, 1, phone="0912345678")))
    assert changed.json()["items"][0]["outcome"] == "changed"
    moved = people(person(world, 1, unit_code=province.home_affairs.code), effective_on="2026-06-01")
    assert send(world.secret, "persons", moved).json()["items"][0]["outcome"] == "moved"
    rows = list(made.postings.order_by("valid_from").values_list("unit__code", "valid_from", "valid_to"))
    june = date(2026, 6, 1)
    assert rows == [(world.unit, date(2026, 3, 2), june), (province.home_affairs.code, june, None)]


def test_somebody_is_recognised_by_staff_number_then_national_id_then_work_e_mail(world):
    ours = world.ours
    Person.objects.filter(pk=ours.pk).update(
        work_email="an@lamgiang.example.vn", national_id_hash=national_id.keyed_hash(NUMBER)
    )
    for keys in (
        {"staff_number": ours.staff_number},
        {"staff_number": None, "national_id": NUMBER},
        {"staff_number": None, "work_email": "AN@lamgiang.example.vn"},
    ):
        said = person(world, 1, full_name="Lê An", **keys)
        answer = send(world.secret, "persons", people(said))
        assert [one["person_id"] for one in answer.json()["items"]] == [ours.pk], keys
    for stored in (*WriteRequest.objects.values_list("answer", "digest"), *AuditEntry.objects.values_list("details")):
        assert NUMBER not in str(stored)


def test_a_name_alone_is_never_enough_and_a_human_is_asked(world):
    before = Person.objects.count()
    answer = send(
        world.secret, "persons", people(person(world, 1), person(world, 2, full_name="Lê An", staff_number=None))
    )
    assert answer.status_code == 409
    assert places(answer) == [("items", "1", "full_name", "namesake")]
    assert "danh sách" in answer.json()["detail"] or "list" in answer.json()["detail"]
    assert Person.objects.count() == before, "the first item was right, but a request is taken as a whole"
    assert not PeopleImport.objects.exists()


def test_every_fault_is_named_with_its_place_and_nothing_is_written(world, province):
    before = Person.objects.count(), Posting.objects.count()
    answer = send(
        world.secret,
        "persons",
        people(
            person(world, 1),
            person(world, 2, national_id="12345", work_email="không phải"),
            person(world, 3, unit_code="XYZ"),
            person(world, 4, unit_code=province.construction.code),
            person(world, 5, birth_date="1890-01-01"),
            person(world, 1, full_name="Người Khác Hẳn"),
        ),
    )
    assert answer.status_code == 422
    assert places(answer) == [
        ("items", "1", "national_id", "national_id_length"),
        ("items", "1", "work_email", "email_unreadable"),
        ("items", "2", "unit_code", "unit_unknown"),
        ("items", "3", "unit_code", "unit_outside_scope"),
        ("items", "4", "birth_date", "birth_date_unlikely"),
        ("items", "5", "staff_number", "staff_number_twice"),
    ]
    assert all(len(one["what"]) > 15 for one in answer.json()["errors"])
    assert (Person.objects.count(), Posting.objects.count()) == before
    assert not PeopleImport.objects.exists()
    assert not WriteRequest.objects.exists(), "a refused request may be put right under its key"


def test_what_cannot_be_a_person_is_refused_before_anything_is_looked_up(world):
    wrong = {"full_nam": "x", "unit_code": world.unit}
    answer = send(world.secret, "persons", people(wrong, person(world, 1, birth_date="03/05/1990")))
    assert answer.status_code == 422
    assert ("items", "0", "full_name", "missing") in places(answer)
    assert ("items", "0", "full_nam", "extra_forbidden") in places(answer)
    assert any(place[:3] == ("items", "1", "birth_date") for place in places(answer))
    assert send(world.secret, "persons", None, raw="{").status_code in (400, 422)
    assert send(world.secret, "persons", people()).status_code == 422
    assert send(world.secret, "persons", people(*[person(world)] * 501)).status_code == 422
    far = send(world.secret, "persons", people(person(world, 1), effective_on="1999-01-01"))
    assert places(far) == [("effective_on", "day_impossible")]


def test_one_person_is_addressed_by_id_so_that_keys_can_be_put_right(world):
    path = f"persons/{world.ours.pk}"
    said = person(world, 1, full_name="Lê Văn An", staff_number="MOI-01", effective_on=DAY)
    answer = send(world.secret, path, said, method="put")
    assert answer.status_code == 200, answer.content
    world.ours.refresh_from_db()
    assert (world.ours.full_name, world.ours.staff_number) == ("Lê Văn An", "MOI-01")
    other = make.make_person("Hoàng Thị Dung", world.ours.postings.get().unit)
    mixed = send(world.secret, path, said | {"staff_number": other.staff_number}, method="put")
    assert mixed.status_code == 422
    assert mixed.json()["errors"][0]["code"] == "person_differs"
    assert send(world.secret, f"persons/{world.theirs.pk}", said, method="put").status_code == 404
    assert send(world.secret, "persons/999999999", said, method="put").status_code == 404


def test_what_was_written_stands_in_the_log_and_can_be_undone_at_the_desk(world, client):
    answer = send(world.secret, "persons", people(person(world, 1))).json()
    assert AuditEntry.objects.get(action="api.people_written").details["people_import"] == answer["import_id"]
    assert AuditEntry.objects.get(action="people_import.applied").actor == world.hr
    made = PeopleImport.objects.get(pk=answer["import_id"])
    client.force_login(world.hr, backend="people.sign_in.backend.OneFieldBackend")
    page = client.get(f"/nhan-su/nhap/{made.pk}/")
    page = page if page.status_code == 200 else client.get(_import_address(made))
    assert "Phần mềm nhân sự" in page.content.decode()
    importing.undo(made, actor=world.hr)
    assert not Person.objects.filter(pk=answer["items"][0]["person_id"]).exists()


def _import_address(made) -> str:
    from django.urls import reverse

    return reverse("people:import", args=[made.pk])


# --- postings -------------------------------------------------------------------------------------------------


def posting(world, **more) -> dict:
    said = {"staff_number": world.ours.staff_number, "unit_code": world.unit, "position_title": "Bí thư chi đoàn"}
    return said | {"valid_from": DAY, "position_group": "support"} | more


def test_a_further_posting_begins_changes_and_ends(world):
    def write(**more):
        answer = send(world.secret, "postings", {"items": [posting(world, **more)]})
        assert answer.status_code == 200, answer.content
        return answer.json()["items"][0]["outcome"]

    assert write() == "created"
    assert write() == "unchanged"
    assert write(position_group="professional") == "changed", "put right on its first day"
    assert write(valid_from="2026-05-01", position_group="leader") == "changed"
    assert write(valid_from="2026-05-01", valid_to="2026-09-01", position_group="leader") == "ended"
    assert write(valid_from="2026-05-01", valid_to="2026-09-01", position_group="leader") == "unchanged"
    rows = world.ours.postings.filter(is_primary=False).order_by("valid_from")
    assert list(rows.values_list("position_group", "valid_from", "valid_to")) == [
        ("professional", date(2026, 3, 2), date(2026, 5, 1)),
        ("leader", date(2026, 5, 1), date(2026, 9, 1)),
    ]
    assert world.ours.postings.filter(is_primary=True, valid_to__isnull=True).count() == 1
    reasons = [entry.details.get("reason") for entry in AuditEntry.objects.filter(action="posting.corrected")]
    assert reasons == ["API: Phần mềm nhân sự"]


def test_who_leaves_is_told_by_the_end_of_the_last_posting(world):
    said = posting(world, position_title="Chuyên viên", valid_to="2026-11-01")
    said.pop("position_group")
    answer = send(world.secret, f"persons/{world.ours.pk}/postings", _unaddressed(said), method="put")
    assert answer.json()["items"][0]["outcome"] == "ended", answer.content
    assert world.ours.postings.get().valid_to == date(2026, 11, 1)


def _unaddressed(said: dict) -> dict:
    return {name: value for name, value in said.items() if name != "staff_number"}


def test_faults_of_postings_are_named_and_take_the_right_ones_with_them(world, province):
    before = Posting.objects.count()
    items = [
        posting(world),
        posting(world, staff_number="KHONG-CO"),
        _unaddressed(posting(world)),
        posting(world, unit_code=province.construction.code),
        posting(world, staff_number=world.theirs.staff_number),
        posting(world, position_title="Khác", valid_to="2026-01-01"),
    ]
    answer = send(world.secret, "postings", {"items": items})
    assert answer.status_code == 422
    assert places(answer) == [
        ("items", "1", "staff_number", "person_unknown"),
        ("items", "2", "staff_number", "key_missing"),
        ("items", "3", "unit_code", "unit_outside_scope"),
        ("items", "4", "staff_number", "person_outside_scope"),
        ("items", "5", "valid_to", "posting_refused"),
    ]
    assert Posting.objects.count() == before
    assert "Zqx" not in answer.content.decode()


# --- once -----------------------------------------------------------------------------------------------------


def test_the_same_request_again_gets_the_same_answer_and_another_under_its_key_none(world):
    body = people(person(world, 1))
    first = send(world.secret, "persons", body, key="k-1")
    again = send(world.secret, "persons", None, key="k-1", raw=json.dumps(body, indent=3, sort_keys=True))
    assert "Idempotent-Replayed" not in first
    assert again["Idempotent-Replayed"] == "true"
    assert again.json() == first.json()
    assert AuditEntry.objects.filter(action="api.people_written").count() == 1
    other = send(world.secret, "persons", people(person(world, 2)), key="k-1")
    assert other.status_code == 422
    assert not Person.objects.filter(staff_number="HN-002").exists()
    elsewhere = send(world.secret, "postings", {"items": [posting(world)]}, key="k-1")
    assert elsewhere.status_code == 422
    assert not world.ours.postings.filter(is_primary=False).exists()
    neighbour = tokens.issue(
        "Khác", world.hr, make.in_days(3), actor=None, scopes=BOTH, unit=ApiToken.objects.get().unit
    )[1]
    assert send(neighbour, "persons", people(person(world, 2)), key="k-1").status_code == 200, (
        "keys are each token's own"
    )


def test_a_key_is_needed_and_a_refused_request_does_not_use_it_up(world):
    assert send(world.secret, "persons", people(person(world, 1)), key=None).status_code == 400
    assert send(world.secret, "persons", people(person(world, 1)), key="x" * 256).status_code == 400
    assert send(world.secret, "persons", people(person(world, 1, work_email="sai")), key="k-2").status_code == 422
    assert send(world.secret, "persons", people(person(world, 1)), key="k-2").status_code == 200


# --- whose -----------------------------------------------------------------------------------------------------


def test_a_token_writes_only_if_it_is_for_that_and_its_owner_still_may(world, province):
    reader = tokens.issue("Đọc", world.hr, make.in_days(3), actor=None, unit=province.home_affairs)[1]
    writer = tokens.issue(
        "Ghi", world.hr, make.in_days(3), actor=None, scopes=[TokenScope.PEOPLE_WRITE], unit=province.home_affairs
    )[1]
    body = people(person(world, 1))
    assert send(reader, "persons", body).status_code == 403
    listed = Client().get("/api/v1/persons", headers={"authorization": f"Bearer {writer}"})
    assert listed.status_code == 403
    assert send("ng_x", "persons", body).status_code == 401
    assert not Person.objects.filter(staff_number="HN-001").exists()
    assert send(writer, "persons", body).status_code == 200, "control"
    world.hr.role_grants.all().delete()
    assert send(world.secret, "persons", people(person(world, 2))).status_code == 403
    for path, said in ((f"persons/{world.ours.pk}", person(world, 1)), ("postings", {"items": [posting(world)]})):
        assert send(world.secret, path, said, method="put" if "/" in path else "post").status_code in (403, 404)


def test_nobody_of_another_unit_is_reached_changed_or_told_of(world, province):
    """The owner keeps the whole province; the token's unit still ends at its own tree."""
    theirs = world.theirs
    Person.objects.filter(pk=theirs.pk).update(
        work_email="binh@zqx.example.vn", national_id_hash=national_id.keyed_hash(NUMBER)
    )
    before = list(Person.objects.filter(pk=theirs.pk).values()), list(theirs.postings.values())
    for keys in (
        {"staff_number": theirs.staff_number},
        {"staff_number": None, "national_id": NUMBER},
        {"staff_number": None, "work_email": "binh@zqx.example.vn"},
        {"staff_number": "HN-777", "work_email": "binh@zqx.example.vn"},
    ):
        for name in ("Trần Zqx Bình", "Người Lạ"):
            answer = send(world.secret, "persons", people(person(world, 1, full_name=name, **keys)))
            assert answer.status_code == 422, (keys, name, answer.content)
            told = answer.content.decode().replace("binh@zqx", "")
            assert name == "Trần Zqx Bình" or "Zqx" not in told
            assert str(theirs.pk) not in [str(one) for one in answer.json()["errors"]]
    lists = Client().get("/api/v1/persons", headers={"authorization": f"Bearer {world.secret}"}).json()["items"]
    assert [one["full_name"] for one in lists] == ["Lê An"], "reading ends at the token's unit too"
    assert (list(Person.objects.filter(pk=theirs.pk).values()), list(theirs.postings.values())) == before
    wide = tokens.issue("Tỉnh", world.hr, make.in_days(3), actor=None, scopes=BOTH, unit=province.root)[1]
    said = person(
        world, 1, full_name="Trần Zqx Bình", staff_number=theirs.staff_number, unit_code=province.construction.code
    )
    assert send(wide, "persons", people(said)).status_code == 200, "control: the same with the province's token"


def test_what_somebody_with_a_right_signs_in_with_is_not_changed(world, province):
    chief = make.make_person("Vũ Quyền", province.one_stop)
    make.make_hr(province.one_stop, "Phụ")  # another officer, as the control of nothing
    from people.models import RoleGrant

    RoleGrant.objects.create(person=chief, unit=province.one_stop, role="hr_officer", valid_from=make.LONG_AGO)
    said = person(world, 1, full_name="Vũ Quyền", staff_number=chief.staff_number, work_email="ke.gian@example.vn")
    answer = send(world.secret, "persons", people(said))
    assert answer.status_code == 422
    assert [one["code"] for one in answer.json()["errors"]] == ["account_protected"]
    plain = {**said, "full_name": "Lê An", "staff_number": world.ours.staff_number}
    assert send(world.secret, "persons", people(plain)).status_code == 200, "control"


def test_writes_count_against_the_limit_of_calls(world, monkeypatch):
    monkeypatch.setattr(tokens, "CALLS_A_MINUTE", 1)
    monkeypatch.setattr(tokens.time, "time", lambda: 1_800_000_030.0)
    cache.clear()
    assert send(world.secret, "persons", people()).status_code == 422
    answer = send(world.secret, "persons", people(person(world, 1)))
    assert answer.status_code == 429
    assert answer["Retry-After"] == "30"


def test_more_people_take_no_more_queries(world):
    def queries(*items) -> int:
        with CaptureQueriesContext(connection) as found:
            assert send(world.secret, "persons", people(*items)).status_code == 200
        return len(found)

    queries(person(world, 9))
    assert queries(person(world, 1)) == queries(*[person(world, number) for number in (2, 3, 4)])


# --- issued -----------------------------------------------------------------------------------------------------


def test_a_token_that_writes_has_a_unit_and_a_purpose(world, province):
    day = make.today() + timedelta(days=3)
    for scopes, unit in (([], province.root), (BOTH, None)):
        with pytest.raises(DomainError):
            tokens.issue("x", world.hr, day, actor=None, scopes=scopes, unit=unit)
    token = ApiToken.objects.get()
    tokens.change(token, name="Tên mới", scopes=[TokenScope.READ], unit=None, actor=world.hr)
    assert send(world.secret, "persons", people(person(world, 1))).status_code == 403
    entry = AuditEntry.objects.get(action="api_token.changed")
    assert entry.details["new"]["scopes"] == ["read"]
    tokens.revoke(token, actor=world.hr)
    with pytest.raises(DomainError):
        tokens.change(token, name="x", scopes=[TokenScope.READ], unit=None, actor=world.hr)


def test_an_administrator_gives_and_takes_the_right_to_write(site, cast, client):
    from people.models import Unit

    client.force_login(cast["an"], backend="people.sign_in.backend.OneFieldBackend")
    unit = Unit.objects.get(code="LG-TS")
    form = {"name": "HRM", "owner": "hung", "expires_on": make.in_days(30).isoformat(), "scopes": ["people:write"]}
    assert client.post("/quan-tri/khoa-api/new/", form).status_code == 200
    assert not ApiToken.objects.exists(), "no unit"
    elsewhere = Unit.objects.exclude(pk=unit.pk).get(code="LG")
    client.post("/quan-tri/khoa-api/new/", form | {"unit": elsewhere.pk})
    assert not ApiToken.objects.exists(), "a unit the owner does not keep"
    client.post("/quan-tri/khoa-api/new/", form | {"unit": unit.pk})
    token = ApiToken.objects.get()
    assert (token.scopes, token.unit) == (["people:write"], unit)
    page = client.get(f"/quan-tri/khoa-api/edit/{token.pk}/")
    assert page.status_code == 200
    client.post(f"/quan-tri/khoa-api/edit/{token.pk}/", {"name": "HRM", "scopes": ["read"], "unit": ""})
    token.refresh_from_db()
    assert (token.scopes, token.unit, token.owner) == (["read"], None, cast["hung"])
    client.force_login(cast["hung"], backend="people.sign_in.backend.OneFieldBackend")
    client.post(f"/quan-tri/khoa-api/edit/{token.pk}/", {"name": "HRM", "scopes": ["people:write"], "unit": unit.pk})
    token.refresh_from_db()
    assert token.scopes == ["read"]


def test_a_request_leaves_its_key_for_a_week(world):
    from people.domain.privacy.removal import remove_everything_over

    send(world.secret, "persons", people(person(world, 1)))
    assert remove_everything_over()["api_writes"] == 0
    WriteRequest.objects.update(created_at=make.at_noon(make.in_days(-8)))
    assert remove_everything_over()["api_writes"] == 1
    assert not WriteRequest.objects.exists()


def test_a_digest_knows_a_request_by_what_it_says():
    digest = once.digest_of("POST", "/a", b'{"a": 1, "b": 2}')
    assert digest == once.digest_of("POST", "/a", b'{ "b":2,"a":1 }')
    others = [
        ("PUT", "/a", b'{"a": 1, "b": 2}'),
        ("POST", "/b", b'{"a": 1, "b": 2}'),
        ("POST", "/a", b'{"a": 2, "b": 2}'),
    ]
    assert digest not in [once.digest_of(*other) for other in others]
