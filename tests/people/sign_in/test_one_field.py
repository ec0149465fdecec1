"""One field takes every name of an account; nothing tells which names exist."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import AuditEntry, Person
from people.sign_in.accounts import find_account, phone_digits

WRONG = "sai-mat-khau"


@pytest.fixture
def phones(cast):
    """Lan's own telephone, and an office's that two people share."""
    Person.objects.filter(username="lan").update(phone="0912345678")
    Person.objects.filter(username__in=["minh", "hoa"]).update(phone="0283822111")


@pytest.mark.parametrize(
    "name",
    ["lan", "LAN", "LG0001", "lg0001", " lg0001 ", "lan@lamgiang.example", "Lan@LamGiang.Example", "0912345678",
     "0912 345 678", "0912.345.678", "+84 912 345 678", "0084912345678", "(091) 234-5678"],
)  # fmt: skip
def test_any_name_of_the_account_signs_in(cast, phones, site, client, enter, who_is, name):
    assert enter(client, name).status_code == 302
    assert who_is(client) == "lan"


def test_a_shared_phone_signs_nobody_in(cast, phones, site, client, enter, who_is):
    enter(client, "0283822111")
    assert who_is(client) is None


def test_a_phone_shared_with_a_closed_account_is_the_open_ones(cast, phones, site, client, enter, who_is):
    Person.objects.filter(username="hoa").update(is_active=False)
    enter(client, "0283822111")
    assert who_is(client) == "minh"


def test_a_name_goes_before_somebody_elses_number(cast):
    Person.objects.filter(username="minh").update(staff_number="lan")
    assert find_account("lan").username == "lan"


@pytest.mark.parametrize("name", ["", "   ", "\x00", "' or 1=1 --", "a" * 5000, "%", "_an", "0" * 40])
def test_odd_names_mean_nobody(cast, name):
    assert find_account(name) is None


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("0912345678", "0912345678"), ("+84912345678", "0912345678"), ("84912345678", ""), ("lan", ""), ("12345678", ""),
     ("091234567890123", ""), ("+84 0912 345 678", "0912345678"), ("", "")],
)  # fmt: skip
def test_phones_as_people_type_them(typed, digits):
    assert phone_digits(typed) == digits


# --- The same work and the same words ---------------------------------------------------------------------------


def queries_and_hashes(enter, monkeypatch, login: str) -> tuple[int, int]:
    from django.contrib.auth.hashers import MD5PasswordHasher

    done = []
    usual = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *a, **k: done.append(1) or usual(self, *a, **k))
    browser = Client()
    with CaptureQueriesContext(connection) as captured:
        assert enter(browser, login, WRONG).status_code == 200
    monkeypatch.undo()
    accounts = [query for query in captured if "people_person" in query["sql"]]
    return len(accounts), len(done)


def test_an_unknown_name_costs_what_a_wrong_password_costs(cast, phones, site, enter, monkeypatch):
    Person.objects.filter(username="binh").update(password="!none")
    Person.objects.filter(username="mai").update(is_active=False)
    work = {
        name: queries_and_hashes(enter, monkeypatch, name)
        for name in ("lan", "LG0001", "lan@lamgiang.example", "0912345678", "nobody", "no@lamgiang.example",
                     "0999999999", "0283822111", "binh", "mai")
    }  # fmt: skip
    assert len(set(work.values())) == 1, work
    assert work["lan"] == (1, 1)


def test_a_closed_account_with_the_right_password_says_the_same_as_a_wrong_one(cast, site, enter):
    Person.objects.filter(username="lan").update(is_active=False)
    right, wrong = enter(Client(), "lan"), enter(Client(), "minh", WRONG)
    assert right.context["form"].non_field_errors() == wrong.context["form"].non_field_errors()


# --- The lock ---------------------------------------------------------------------------------------------------


def test_the_lock_is_on_the_account_and_not_on_one_of_its_names(cast, phones, site, client, limits, enter, who_is):
    for name in ("lan", "LG0001", "lan@lamgiang.example", "0912345678", "LAN"):
        enter(client, name, WRONG)
    enter(client, "lan")
    assert who_is(client) is None


def test_an_unknown_name_is_locked_alike(cast, site, limits, enter):
    answers = {}
    for name in ("lan", "nobody"):
        for _time in range(6):
            answer = enter(Client(), name, WRONG)
        answers[name] = answer.context["form"].non_field_errors()
    assert answers["lan"] == answers["nobody"]
    assert "15" in answers["lan"][0]


def test_one_address_cannot_try_many_accounts(cast, site, limits, enter, who_is, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key,8/15m/ip", "login": "600/m/ip"}
    for number in range(8):
        enter(Client(), f"guess{number}", WRONG)
    here, elsewhere = Client(), Client(REMOTE_ADDR="10.9.8.7")
    enter(here, "lan")
    enter(elsewhere, "lan")
    assert (who_is(here), who_is(elsewhere)) == (None, "lan")


def test_a_lock_stands_in_the_log_once(cast, site, limits, enter):
    for _time in range(9):
        enter(Client(), "lan", WRONG)
    [entry] = AuditEntry.objects.filter(action="sign_in.locked")
    assert entry.subject_id == str(cast["lan"].pk)
    assert entry.actor is None


def test_passwords_and_names_are_not_logged(cast, site, limits, enter, caplog):
    for _time in range(7):
        enter(Client(), "lan@lamgiang.example", WRONG)
    assert WRONG not in caplog.text
    assert "lan@lamgiang" not in caplog.text


@pytest.mark.parametrize("typed", ["lan", "0912345678"])
def test_the_account_is_found_by_indexes_however_many_there_are(cast, phones, typed):
    with CaptureQueriesContext(connection) as asked:
        find_account(typed)
    [query] = [one["sql"] for one in asked if "people_person" in one["sql"]]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # a few accounts are read faster one by one
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + query)
        plan = "\n".join(str(row) for row in cursor.fetchall())
    assert "person_by_sign_in_name" in plan and "person_by_staff_number" in plan, plan
    assert "Seq Scan on people_person" not in plan and "SCAN people_person" not in plan, plan
