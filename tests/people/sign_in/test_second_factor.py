"""Second factors: kept secret, offered to all, asked of those who can do more than learn."""

import ipaddress
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.domain import roles
from people.enums import Role
from people.models import AuditEntry, Person, Unit
from people.sign_in import second_factor
from tests.people.sign_in.factors import SECRET, add_app, code_now

SET_UP = "/tai-khoan/xac-thuc-hai-lop/"
STEP = "/tai-khoan/2fa/authenticate/"


@pytest.fixture
def enforced(settings):
    settings.SECOND_FACTOR = "roles"


def second_step(browser, code):
    return browser.post(STEP, {"code": code})


# --- What is stored ---------------------------------------------------------------------------------------------


def test_the_secret_is_not_in_the_database_in_clear(cast):
    add_app(cast["lan"])
    stored = Authenticator.objects.get().data["secret"]
    assert SECRET not in stored
    assert add_app(cast["minh"]).data["secret"] != stored, "the same secret looks different in each row"


def test_control_without_our_adapter_it_would_be(cast, settings):
    settings.MFA_ADAPTER = "allauth.mfa.adapter.DefaultMFAAdapter"
    add_app(cast["lan"])
    assert Authenticator.objects.get().data["secret"] == SECRET


# --- Signing in -------------------------------------------------------------------------------------------------


def test_the_password_alone_is_not_enough(cast, site, client, enter, who_is):
    add_app(cast["lan"])
    assert enter(client, "lan").url == STEP
    assert who_is(client) is None
    assert client.get(STEP).status_code == 200
    assert second_step(client, "000000").status_code == 200
    assert who_is(client) is None
    assert second_step(client, code_now()).status_code == 302
    assert who_is(client) == "lan"


def test_a_code_works_once(cast, site, enter, who_is):
    add_app(cast["lan"])
    code, first, second = code_now(), Client(), Client()
    for browser in (first, second):
        enter(browser, "lan")
        second_step(browser, code)
    assert (who_is(first), who_is(second)) == ("lan", None)


def test_wrong_codes_lock_too(cast, site, client, limits, enter, who_is):
    add_app(cast["lan"])
    enter(client, "lan")
    for _time in range(6):
        second_step(client, "000000")
    second_step(client, code_now())
    assert who_is(client) is None


def test_a_recovery_code_stands_in_once(cast, site, enter, who_is):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    add_app(cast["lan"])
    code = RecoveryCodes.activate(cast["lan"]).get_unused_codes()[0]
    first, second = Client(), Client()
    for browser in (first, second):
        enter(browser, "lan")
        second_step(browser, code)
    assert (who_is(first), who_is(second)) == ("lan", None)


# --- Setting up -------------------------------------------------------------------------------------------------


def test_right_after_signing_in_the_app_is_set_up_without_confirming_again(
    cast, site, client, enter, django_capture_on_commit_callbacks
):
    enter(client, "lan")
    page = client.get("/tai-khoan/2fa/totp/activate/")
    assert page.status_code == 200
    assert "<svg role=" in page.content.decode()
    secret = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/tai-khoan/2fa/totp/activate/", {"code": code_now(secret)})
    assert answer.url == "/tai-khoan/2fa/recovery-codes/"
    shown = client.get(answer.url).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", shown)) == 10
    assert {entry.action for entry in AuditEntry.objects.all()} >= {"second_factor.added"}
    assert secret not in str([entry.details for entry in AuditEntry.objects.all()])


def test_later_one_has_to_confirm(cast, site, client, enter, monkeypatch):
    import time

    enter(client, "lan")
    later = time.time() + 600
    monkeypatch.setattr("people.adapters.account.time.time", lambda: later)
    assert client.get("/tai-khoan/2fa/totp/activate/").url.startswith("/tai-khoan/reauthenticate/")


# --- Asked of whom ----------------------------------------------------------------------------------------------

DUTIES = {"hung", "binh", "hoa", "tam", "thao", "quang", "mai", "son", "ha", "an"}


def test_every_role_is_asked_and_heads_too(cast, enforced):
    asked = {name for name, person in cast.items() if second_factor.is_required_of(Person.objects.get(pk=person.pk))}
    assert asked == DUTIES


def test_everyone_by_setting(cast, settings):
    settings.SECOND_FACTOR = "everyone"
    assert second_factor.is_required_of(cast["lan"])


def test_offered_means_nobody_is_asked(cast, settings):
    assert settings.SECOND_FACTOR == "offered"
    assert not second_factor.is_required_of(cast["an"])


@pytest.mark.parametrize("name", sorted(DUTIES))
def test_people_with_duties_are_led_to_set_one_up(cast, site, client, enforced, enter, name):
    enter(client, name)
    for address in ("/", reverse("my_learning"), "/nhan-su/", "/quan-tri/"):
        assert client.get(address).url == SET_UP, address
    page = client.get(SET_UP)
    assert page.status_code == 200
    assert client.get("/tai-khoan/").status_code == 200, "one's own account stays open"


def test_after_setting_up_one_is_where_one_wanted_to_go(cast, site, client, enforced, enter):
    enter(client, "hung")
    assert client.get("/nhan-su/?x=1").url == SET_UP
    add_app(cast["hung"])
    assert client.get(SET_UP).url == "/nhan-su/?x=1"
    assert client.get("/nhan-su/").status_code == 200


def test_set_up_in_the_browser_opens_the_desk(cast, site, client, enforced, enter):
    enter(client, "hung")
    client.get("/nhan-su/")
    secret = client.get("/tai-khoan/2fa/totp/activate/").context["form"].secret
    client.post("/tai-khoan/2fa/totp/activate/", {"code": code_now(secret)})
    assert client.get("/nhan-su/").status_code == 200


def test_a_factor_set_up_in_another_browser_counts_here_too(cast, site, client, enforced, enter):
    enter(client, "hung")
    assert client.get(reverse("my_learning")).url == SET_UP
    add_app(cast["hung"])
    assert client.get(SET_UP).url == reverse("my_learning")
    assert client.get(reverse("my_learning")).status_code == 200


def test_learners_are_left_in_peace(cast, site, client, enforced, enter):
    enter(client, "lan")
    assert client.get(reverse("my_learning")).status_code == 200


def test_a_role_given_in_the_meantime_closes_the_desk(cast, site, client, enforced, enter):
    enter(client, "lan")
    client.get(reverse("my_learning"))
    roles.grant_role(cast["lan"], Role.HR_OFFICER, Unit.objects.get(code="LG-TS"), actor=cast["an"])
    assert client.get("/nhan-su/").url == SET_UP


def test_scripts_get_an_answer_and_no_page(cast, site, client, enforced, enter):
    enter(client, "hung")
    answer = client.get("/nhan-su/", headers={"Sec-Fetch-Mode": "cors"})
    assert answer.status_code == 403
    assert "error" in answer.json()


def test_from_outside_the_given_networks_everyone_is_asked(cast, site, settings, enter):
    settings.SECOND_FACTOR_NETWORKS = [ipaddress.ip_network("10.20.0.0/16")]
    inside, outside = Client(REMOTE_ADDR="10.20.3.4"), Client(REMOTE_ADDR="203.0.113.9")
    for browser in (inside, outside):
        enter(browser, "lan")
    assert inside.get(reverse("my_learning")).status_code == 200
    assert outside.get(reverse("my_learning")).url == SET_UP


def test_a_session_that_travels_is_asked_on_the_way(cast, site, settings, client, enter):
    settings.SECOND_FACTOR_NETWORKS = [ipaddress.ip_network("127.0.0.0/8")]
    enter(client, "lan")
    assert client.get(reverse("my_learning")).status_code == 200
    assert client.get(reverse("my_learning"), REMOTE_ADDR="203.0.113.9").url == SET_UP


# --- The last one stays -----------------------------------------------------------------------------------------


def test_the_last_factor_stays_where_one_is_asked(cast, site, client, enforced, enter):
    add_app(cast["hung"])
    enter(client, "hung")
    second_step(client, code_now())
    client.post("/tai-khoan/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=cast["hung"]).exists()


def test_a_learner_may_remove_it(cast, site, client, enter):
    add_app(cast["lan"])
    enter(client, "lan")
    second_step(client, code_now())
    assert client.post("/tai-khoan/2fa/totp/deactivate/").status_code == 302
    assert not Authenticator.objects.exists()


# --- What it costs ----------------------------------------------------------------------------------------------


def queries_of_page(browser, address) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["lan", "hung"])
def test_a_lesson_page_asks_no_more_of_the_database(cast, starter, settings, name):
    """With everything on: enforcement, networks, idle time-out."""
    lesson = "/khoa-hoc/van-hoa-cong-vu-de-an-1847/bon-loi-xin/"
    ours = [name for name in settings.MIDDLEWARE if "IdleTimeout" in name or "SecondFactor" in name]
    assert len(ours) == 2
    counts = {}
    for case in ("with", "without"):
        cache.clear()
        if case == "without":
            settings.MIDDLEWARE = [entry for entry in settings.MIDDLEWARE if entry not in ours]
        else:
            settings.SECOND_FACTOR = "roles"
            settings.SECOND_FACTOR_NETWORKS = [ipaddress.ip_network("127.0.0.0/8")]
            if name == "hung":
                add_app(cast["hung"])
        browser = Client()
        browser.force_login(cast[name])
        counts[case] = queries_of_page(browser, lesson)
    assert counts["with"] == counts["without"]


def test_anonymous_readers_get_no_session(site, client):
    client.get("/")
    assert "sessionid" not in client.cookies
    assert "last_use" not in client.cookies


def test_the_command_removes_lost_factors(cast, capsys):
    from django.core.management import CommandError, call_command

    add_app(cast["hung"])
    call_command("reset_second_factor", "LG0003")
    assert not Authenticator.objects.exists()
    assert AuditEntry.objects.filter(action="second_factor.reset").exists()
    with pytest.raises(CommandError, match="no account"):
        call_command("reset_second_factor", "nobody")
