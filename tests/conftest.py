"""What every test may use: the built fonts and translations, the demo cast, the three starter courses."""

import os
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import caches

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser tests run an event loop beside the ORM


hypothesis.settings.register_profile(
    "shared machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("shared machine")


def pytest_configure(config):
    """Translations are compiled once, before any process loads them; worker processes start after this."""
    from shared.translations import compile_translations

    if not hasattr(config, "workerinput"):
        compile_translations([Path(path) for path in settings.LOCALE_PATHS])


@pytest.fixture(scope="session", autouse=True)
def _assets():
    from shared.fonts.build import build_fonts

    build_fonts(settings.ASSETS_DIR / "shared" / "fonts")


@pytest.fixture(autouse=True)
def _empty_caches():
    yield
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def site(db):
    """Home page, catalogue, stories, campaigns and groups, without content."""
    from home.domain.site_setup import set_up_site

    return set_up_site()


@pytest.fixture
def cast(db):
    """The demo province and its twelve accounts by sign-in name; the password is `tests.cast.PASSWORD`."""
    from tests.cast import load

    return load()


@pytest.fixture
def starter(site, cast):
    """The three starter courses, published, by code."""
    from tests.cast import load_courses

    return load_courses()


@pytest.fixture
def signed_in(client, cast):
    """A function: a client signed in as the named member of the cast."""

    def sign_in(username: str):
        client.force_login(cast[username], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
