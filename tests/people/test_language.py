"""Vietnamese first; another language only by the reader's own choice, which follows the account."""

import pytest
from django.test import Client
from django.urls import reverse

from people.adapters import AccountAdapter
from people.models import Person
from tests.cast import PASSWORD


def choose(browser: Client, language: str, back: str = "/tim-kiem/"):
    return browser.post(reverse("set_language"), {"language": language, "next": back})


def language_of(response) -> str:
    page = response.content.decode()
    [code] = [code for code in ("vi", "en") if f'<html lang="{code}">' in page]
    assert response.headers["Content-Language"] == code
    return code


def looked_up(browser: Client) -> str:
    return language_of(browser.get(reverse("search")))


def sign_in(browser: Client, username: str):
    return browser.post(reverse("account_login"), {"login": username, "password": PASSWORD})


def stored(username: str) -> str:
    return Person.objects.get(username=username).language


@pytest.mark.parametrize("accepted", ["", "en", "en-US,en;q=0.9", "fr, de;q=0.5"])
def test_vietnamese_whatever_the_browser_says(site, accepted):
    assert looked_up(Client(HTTP_ACCEPT_LANGUAGE=accepted)) == "vi"


def test_a_choice_is_kept_in_a_cookie(site, client):
    response = choose(client, "en")
    assert (response.status_code, response.url) == (302, "/tim-kiem/")
    cookie = response.cookies["language"]
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == ("en", 31536000, "Lax")
    assert cookie["httponly"]
    assert looked_up(client) == "en"
    choose(client, "vi")
    assert looked_up(client) == "vi"


def test_a_choice_is_kept_with_the_account(signed_in, site):
    choose(signed_in("lan"), "en")
    assert stored("lan") == "en"
    assert stored("minh") == ""


@pytest.mark.parametrize("language", ["fr", "", "en'; DROP", "EN"])
def test_a_language_that_is_not_offered_changes_nothing(signed_in, site, language):
    browser = signed_in("lan")
    assert "language" not in choose(browser, language).cookies
    assert stored("lan") == ""
    browser.cookies["language"] = language
    assert looked_up(browser) == "vi"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_choosing_leads_to_no_other_site(site, client, back):
    assert choose(client, "en", back).url == "/"


def test_after_signing_in_the_accounts_language_is_spoken(cast, site, client):
    Person.objects.filter(username="lan").update(language="en")
    assert looked_up(client) == "vi"
    sign_in(client, "lan")
    assert looked_up(client) == "en"


def test_a_computer_left_in_english_speaks_vietnamese_with_who_chose_it(cast, site, client):
    Person.objects.filter(username="minh").update(language="vi")
    choose(client, "en")
    sign_in(client, "minh")
    assert looked_up(client) == "vi"


def test_who_has_never_chosen_keeps_what_the_browser_shows(cast, site, client):
    choose(client, "en")
    sign_in(client, "lan")
    assert looked_up(client) == "en"
    assert stored("lan") == ""


def test_a_stored_language_that_is_no_longer_offered_is_passed_over(cast, site, client):
    Person.objects.filter(username="lan").update(language="fr")
    assert "language" not in sign_in(client, "lan").cookies


def test_control_without_our_adapter_the_accounts_language_is_forgotten(cast, site, client, monkeypatch):
    monkeypatch.delattr(AccountAdapter, "post_login")
    Person.objects.filter(username="lan").update(language="en")
    sign_in(client, "lan")
    assert looked_up(client) == "vi"


def test_one_readers_language_does_not_reach_the_next(site):
    english, vietnamese = Client(), Client()
    choose(english, "en")
    assert [looked_up(english), looked_up(vietnamese), looked_up(english)] == ["en", "vi", "en"]
