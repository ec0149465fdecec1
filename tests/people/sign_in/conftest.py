import pytest
from django.core.cache import cache
from django.test import Client

from people.models import Person
from tests.cast import PASSWORD


@pytest.fixture
def limits(settings):
    """As in the real settings; the tests' own switch them off."""
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key,50/15m/ip", "login": "60/m/ip", "wake": "3/h/key"}
    cache.clear()


@pytest.fixture
def enter():
    """A function that signs in at the door with a password and returns the response."""

    def sign_in(browser: Client, login: str, password: str = PASSWORD, **more):
        return browser.post("/tai-khoan/login/", {"login": login, "password": password, **more})

    return sign_in


@pytest.fixture
def who_is():
    """A function: the sign-in name of a browser's session, or None."""

    def name(browser: Client) -> str | None:
        person = Person.objects.filter(pk=browser.session.get("_auth_user_id")).first()
        return person.username if person else None

    return name
