"""Signing in: by name or work e-mail, without telling who exists, with a limit on wrong passwords, at one door only."""

import re
from types import ModuleType

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import include, path, reverse
from wagtail import urls as wagtail_urls

from config import urls as our_urls
from people.adapters import AccountAdapter
from people.models import Person
from tests.cast import PASSWORD
from tests.config.loading import load_settings

SIGN_IN = "/tai-khoan/login/"
WRONG = "sai-mat-khau"


def sign_in(browser: Client, login: str, password: str = PASSWORD, **more):
    return browser.post(SIGN_IN, {"login": login, "password": password, **more})


def who_is(browser: Client) -> str | None:
    person = Person.objects.filter(pk=browser.session.get("_auth_user_id")).first()
    return person.username if person else None


def errors_of(response) -> list[str]:
    return [str(error) for error in response.context["form"].non_field_errors()]


@pytest.fixture
def without_our_doors(settings):
    """The map of addresses as the libraries come, without what we put in front of them."""
    module = ModuleType("libraries_first")
    module.urlpatterns = [
        path("tai-khoan/", include("allauth.urls")),
        path("", include([pattern for pattern in wagtail_urls.urlpatterns if "login" in str(pattern.pattern)])),
        *our_urls.urlpatterns,
    ]
    settings.ROOT_URLCONF = module


# --- Who gets in ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["lan", "LAN", "lan@lamgiang.example", "Lan@LamGiang.example", " lan "])
def test_by_name_or_work_email(cast, client, login):
    response = sign_in(client, login)
    assert (response.status_code, response.url) == (302, "/")
    assert who_is(client) == "lan"


def test_a_work_email_in_capitals_signs_in_too(cast, client):
    lan = cast["lan"]
    lan.work_email = "Nong.Lan@LamGiang.example"
    lan.save()
    sign_in(client, "nong.lan@lamgiang.example")
    assert who_is(client) == "lan"


def test_afterwards_one_is_where_one_wanted_to_go(cast, site, client):
    asked = client.get(reverse("my_certificates"))
    assert asked.url == f"{SIGN_IN}?next={reverse('my_certificates')}"
    assert sign_in(client, "lan", next=reverse("my_certificates")).url == reverse("my_certificates")


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_but_never_led_to_another_site(cast, client, elsewhere):
    assert sign_in(client, "lan", next=elsewhere).url == "/"


def test_a_closed_account_does_not_get_in(cast, client):
    Person.objects.filter(username="lan").update(is_active=False)
    sign_in(client, "lan")
    assert who_is(client) is None


# --- Nothing is told about who exists --------------------------------------------------------------------


def shown(response, login: str) -> str:
    """The page without what differs on every request."""
    page = response.content.decode().replace(f'value="{login}"', "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize(
    ("known", "unknown"), [("lan", "nguoi-la"), ("lan@lamgiang.example", "nguoi-la@lamgiang.example")]
)
def test_an_unknown_account_looks_like_a_wrong_password(cast, site, client, known, unknown):
    wrong, nobody = sign_in(client, known, WRONG), sign_in(client, unknown, WRONG)
    assert wrong.status_code == nobody.status_code == 200
    assert errors_of(wrong) == errors_of(nobody)
    assert shown(wrong, known) == shown(nobody, unknown)


def test_the_message_is_ours(cast, site, client):
    [message] = errors_of(sign_in(client, "lan", WRONG))
    assert message == str(AccountAdapter.error_messages["username_password_mismatch"])


def test_an_unknown_account_costs_a_password_check_as_well(cast, client, monkeypatch):
    """Otherwise the time of the answer would tell."""
    hashed = []
    usual = Person.set_password
    monkeypatch.setattr(Person, "set_password", lambda person, raw: hashed.append(raw) or usual(person, raw))
    sign_in(client, "nguoi-la", WRONG)
    assert WRONG in hashed


def test_a_forgotten_password_is_asked_for_without_telling_who_exists(cast, site, client):
    answers = {}
    for address in ("lan@lamgiang.example", "nguoi-la@lamgiang.example"):
        answers[address] = client.post("/tai-khoan/password/reset/", {"email": address})
    assert {(answer.status_code, answer.url) for answer in answers.values()} == {
        (302, "/tai-khoan/password/reset/done/")
    }
    letters = {letter.to[0]: letter.body for letter in mail.outbox}
    assert "/tai-khoan/password/reset/key/" in letters["lan@lamgiang.example"]
    assert "/tai-khoan/password/reset/key/" not in letters.get("nguoi-la@lamgiang.example", "")


# --- The limit -------------------------------------------------------------------------------------------


@pytest.fixture
def limits(settings):
    """As in the real settings; the tests' own switch them off."""
    settings.ACCOUNT_RATE_LIMITS = load_settings("base").ACCOUNT_RATE_LIMITS


def test_after_five_wrong_passwords_the_right_one_is_refused_too(cast, site, client, limits):
    for _time in range(5):
        [message] = errors_of(sign_in(client, "lan", WRONG))
        assert message == str(AccountAdapter.error_messages["username_password_mismatch"])
    [message] = errors_of(sign_in(client, "lan"))
    assert message == AccountAdapter.error_messages["too_many_login_attempts"] % {"minutes": 15}
    assert who_is(client) is None
    sign_in(Client(REMOTE_ADDR="10.1.2.3"), "lan")
    assert who_is(client) is None, "nor from another computer"


def test_others_are_not_locked_out_with_them(cast, site, client, limits):
    for _time in range(6):
        sign_in(client, "lan", WRONG)
    sign_in(client, "minh")
    assert who_is(client) == "minh"


def test_four_wrong_passwords_lock_nobody_out(cast, site, client, limits):
    for _time in range(4):
        sign_in(client, "lan", WRONG)
    sign_in(client, "lan")
    assert who_is(client) == "lan"


def test_control_without_limits_guessing_goes_on_for_ever(cast, site, client):
    for _time in range(8):
        sign_in(client, "lan", WRONG)
    sign_in(client, "lan")
    assert who_is(client) == "lan"


# --- One door ---------------------------------------------------------------------------------------------

OTHER_DOORS = ["/quan-tri/login/", "/_util/login/"]


@pytest.mark.parametrize("door", OTHER_DOORS)
def test_no_other_address_takes_a_password(cast, site, client, door):
    response = client.post(door, {"username": "lan", "login": "lan", "password": PASSWORD})
    assert response.url.startswith(SIGN_IN)
    assert who_is(client) is None


def test_control_wagtails_own_door_knows_no_limit(cast, site, client, limits, without_our_doors):
    for _time in range(8):
        client.post("/_util/login/", {"username": "lan", "password": WRONG})
    client.post("/_util/login/", {"username": "lan", "password": PASSWORD})
    assert who_is(client) == "lan"


def test_nobody_signs_up(site, client):
    count = Person.objects.count()
    assert "account/signup_closed.html" in {template.name for template in client.get("/tai-khoan/signup/").templates}
    new = {"username": "moi", "email": "moi@lamgiang.example", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/tai-khoan/signup/", new)
    assert Person.objects.count() == count


def change_email(browser: Client) -> None:
    for action in ("action_add", "action_primary"):
        browser.post("/tai-khoan/email/", {action: "", "email": "lan@elsewhere.example"})


def test_the_work_email_is_changed_by_hr_and_not_by_its_owner(signed_in, site):
    browser = signed_in("lan")
    assert browser.get("/tai-khoan/email/").url == reverse("account_page")
    change_email(browser)
    assert Person.objects.get(username="lan").work_email == "lan@lamgiang.example"
    assert not EmailAddress.objects.exists()


def test_control_allauths_own_page_would_change_it(signed_in, site, without_our_doors):
    change_email(signed_in("lan"))
    assert Person.objects.get(username="lan").work_email == "lan@elsewhere.example"


# --- The session -----------------------------------------------------------------------------------------


def test_the_session_cookie(cast, client, settings):
    settings.SESSION_COOKIE_SECURE = True  # as in production
    sign_in(client, "lan")
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == "", "it ends with the browser"


def test_signing_in_begins_a_new_session(cast, site, client):
    client.get(SIGN_IN)
    client.session.save()
    planted = client.session
    planted["planted"] = True
    planted.save()
    client.cookies["sessionid"] = planted.session_key
    sign_in(client, "lan")
    assert client.session.session_key != planted.session_key


def test_looking_at_the_sign_out_page_does_not_sign_out(signed_in, site):
    browser = signed_in("lan")
    browser.get("/tai-khoan/logout/")
    assert who_is(browser) == "lan"
    browser.post("/tai-khoan/logout/")
    assert who_is(browser) is None


def test_a_new_password_ends_the_sessions_on_other_computers(cast, site, client):
    elsewhere = Client()
    for browser in (client, elsewhere):
        sign_in(browser, "lan")
    new = "đèo cao gió lộng"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/tai-khoan/password/change/", form).status_code == 302
    assert client.get(reverse("my_learning")).status_code == 200
    assert elsewhere.get(reverse("my_learning")).url.startswith(SIGN_IN)
