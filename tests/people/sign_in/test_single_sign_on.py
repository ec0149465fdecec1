"""Sign-in through OpenID Connect, against a real provider in another process."""

import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from config import environment
from people.domain import single_sign_on
from people.models import AuditEntry, Person
from shared.middleware.security_policy import SecurityPolicyMiddleware
from tests.config.loading import load_settings
from tests.people.sign_in import provider as facts
from tests.people.sign_in.factors import add_app

PROVIDER = Path(facts.__file__)
LOGIN = "/tai-khoan/oidc/sso/login/"
CALLBACK = f"http://testserver{LOGIN}callback/"


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    """The provider's address; the process ends with the module's tests."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("provider")
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, str(PROVIDER), str(port), str(folder), CALLBACK], stdout=log, stderr=subprocess.STDOUT
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/.well-known/openid-configuration", process, folder / "log")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait(address: str, process, log: Path) -> None:
    for _time in range(150):
        assert process.poll() is None, log.read_text()[-3000:]
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text()[-3000:])


@pytest.fixture
def connected(settings, provider, monkeypatch):
    """A function that switches the provider on, with other choices if given."""

    def apply(**more: str) -> None:
        values = {
            "OIDC_SERVER_URL": provider,
            "OIDC_CLIENT_ID": facts.CLIENT,
            "OIDC_CLIENT_SECRET": facts.SECRET,
            "OIDC_NAME": "Cổng định danh",
        }
        for name, value in (values | more).items():
            monkeypatch.setenv(name, value)
        loaded = load_settings("sign_in")
        settings.OIDC = loaded.OIDC
        settings.SOCIALACCOUNT_PROVIDERS = loaded.SOCIALACCOUNT_PROVIDERS
        settings.FORM_ACTION_ORIGINS = loaded.FORM_ACTION_ORIGINS

    return apply


def sign_in_there(browser: Client, username: str, next_page: str = ""):
    """The whole way: our button, the provider's sign-in page, the callback; returns our last answer."""
    start = browser.post(LOGIN + (f"?next={next_page}" if next_page else ""))
    assert start.status_code == 302, start.content.decode()[:500]
    there = requests.Session()
    page = there.get(start.url, timeout=20)
    page.raise_for_status()
    assert "/account/login/" in page.url
    form = {"login": username, "password": facts.PASSWORD, "csrfmiddlewaretoken": there.cookies.get("csrftoken", "")}
    form["next"] = start.url.partition(f"://{urlsplit(start.url).netloc}")[2]
    answer = there.post(page.url, data=form, timeout=20, allow_redirects=False)
    while answer.is_redirect and not answer.headers["Location"].startswith(CALLBACK):
        answer = there.get(requests.compat.urljoin(answer.url, answer.headers["Location"]), timeout=20,
                           allow_redirects=False)  # fmt: skip
    assert answer.headers.get("Location", "").startswith(CALLBACK), answer.text[:800]
    return browser.get(answer.headers["Location"].removeprefix("http://testserver"))


def test_the_staff_number_finds_the_account(cast, site, client, connected, who_is):
    connected()
    answer = sign_in_there(client, "by-number", "/viec-hoc/")
    assert (answer.status_code, answer.url) == (302, "/viec-hoc/")
    assert who_is(client) == "lan"
    again = Client()
    sign_in_there(again, "by-number")
    assert who_is(again) == "lan"
    assert SocialAccount.objects.count() == 1


def test_the_verified_work_email_finds_it_too(cast, site, client, connected, who_is):
    connected()
    sign_in_there(client, "by-email")
    assert who_is(client) == "minh"


@pytest.mark.parametrize("username", ["unverified", "stranger"])
def test_nobody_else_gets_in_and_no_account_is_opened(cast, site, client, connected, who_is, username):
    connected()
    count = Person.objects.count()
    answer = sign_in_there(client, username)
    assert answer.status_code == 200
    assert "account/signup_closed.html" in {template.name for template in answer.templates}
    assert who_is(client) is None
    assert Person.objects.count() == count
    assert not SocialAccount.objects.exists()


def test_by_setting_accounts_are_opened(cast, site, client, connected, who_is):
    connected(OIDC_CREATE_ACCOUNTS="1")
    sign_in_there(client, "stranger")
    person = Person.objects.get(staff_number="LG9999")
    assert (person.full_name, person.work_email) == ("Phạm Thị Lạ", "la@lamgiang.example")
    assert not person.has_usable_password()
    assert who_is(client) == person.username
    assert AuditEntry.objects.filter(action="person.opened_by_provider", subject_id=str(person.pk)).exists()


def test_a_closed_account_stays_closed(cast, site, client, connected, who_is):
    connected()
    Person.objects.filter(username="lan").update(is_active=False)
    assert sign_in_there(client, "by-number").url == "/tai-khoan/inactive/"
    assert who_is(client) is None


def test_the_technical_superuser_is_not_opened_by_a_provider(cast, settings, connected):
    connected()
    Person.objects.filter(username="lan").update(is_superuser=True)
    assert single_sign_on.account_for({"staff_number": "LG0001"}) is None


def test_a_second_factor_of_ours_is_asked_for_all_the_same(cast, site, client, connected, who_is):
    connected()
    add_app(cast["lan"])
    assert sign_in_there(client, "by-number").url == "/tai-khoan/2fa/authenticate/"
    assert who_is(client) is None


@pytest.mark.parametrize(("trusted", "address"), [("0", "/tai-khoan/xac-thuc-hai-lop/"), ("1", None)])
def test_the_providers_second_factor_counts_only_by_setting(cast, site, client, connected, settings, trusted, address):
    connected(OIDC_SECOND_FACTOR=trusted)
    settings.SECOND_FACTOR = "everyone"
    sign_in_there(client, "by-number")
    answer = client.get("/viec-hoc/")
    assert getattr(answer, "url", None) == address


def test_nothing_but_the_link_is_kept(cast, site, client, connected):
    connected()
    for browser in (client, Client()):
        sign_in_there(browser, "by-number")
    account = SocialAccount.objects.get()
    assert (account.uid, account.extra_data) == ("sub-by-number", {})
    assert not SocialToken.objects.exists()


def test_a_forged_answer_is_refused(cast, site, client, connected, who_is):
    connected()
    client.post(LOGIN)
    answer = client.get(f"{LOGIN}callback/?code=stolen&state=guessed")
    assert who_is(client) is None
    assert "socialaccount/authentication_error.html" in {template.name for template in answer.templates}


def test_the_button_is_there_and_browsers_may_follow_it(cast, site, client, connected, provider):
    connected()
    page = client.get("/tai-khoan/login/").content.decode()
    assert f'action="{LOGIN}?process=login' in page
    assert "Cổng định danh" in page
    policy = SecurityPolicyMiddleware(lambda request: None).public
    assert f"form-action 'self' {provider};" in policy


def test_without_a_provider_there_is_neither(cast, site, client):
    assert "/oidc/" not in client.get("/tai-khoan/login/").content.decode()
    assert client.post(LOGIN).status_code == 404
    assert "form-action 'self';" in SecurityPolicyMiddleware(lambda request: None).public


# --- Settings ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "named"),
    [({"OIDC_SERVER_URL": "id.example.gov.vn"}, "OIDC_SERVER_URL"),
     ({"OIDC_SERVER_URL": "https://id.example.gov.vn"}, "OIDC_CLIENT_ID"),
     ({"OIDC_SERVER_URL": "https://id.example.gov.vn", "OIDC_CLIENT_ID": "a"}, "OIDC_CLIENT_SECRET"),
     ({"OIDC_SERVER_URL": "https://id.example.gov.vn", "OIDC_CLIENT_ID": "a", "OIDC_CLIENT_SECRET": "b",
       "OIDC_ID": "Có dấu"}, "OIDC_ID")],
)  # fmt: skip
def test_half_a_provider_stops_the_start(monkeypatch, capsys, values, named):
    for name in ("OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_ID"):
        monkeypatch.delenv(name, raising=False)
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(environment.BadSetting) as refusal:
        environment.identity_provider()
    assert named in str(refusal.value)
