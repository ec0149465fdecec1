"""What every test may use: the built fonts and translations, the demo cast, the three starter courses."""

import gettext
import os
import threading
from pathlib import Path

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import trans_real

from shared.kept import forget_everything

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser tests run an event loop beside the ORM


hypothesis.settings.register_profile(
    "shared machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("shared machine")


def pytest_configure(config):
    """Translations are compiled once, before any process loads them; worker processes start after this."""
    from shared.translations import compile_translations
    from tests.log_triggers import let_tests_empty_the_log

    let_tests_empty_the_log()
    # A browser test leaves its event loop running in this thread, and Django would open a second connection beside
    # the first for whatever runs inside a loop: one a thread is right here.
    connections._connections = threading.local()
    if not hasattr(config, "workerinput"):
        compile_translations([Path(path) for path in settings.LOCALE_PATHS])
        gettext._translations.clear()  # what was looked up before there was anything to find
        trans_real._translations.clear()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from tests.scheduling import FilesAndJourneys

    return FilesAndJourneys(config, log)


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker):
    """The migrated database comes from a kept copy (`tests.kept`)."""
    request.getfixturevalue("django_db_modify_db_settings")
    from tests.kept import migrated_database

    with django_db_blocker.unblock(), migrated_database():
        post_migrate.connect(_plant_roots, sender=apps.get_app_config("home"))
        yield


def _plant_roots(**_signal):
    """A test with transactions of its own empties the database afterwards; what migrations planted comes back.

    Django says so by this signal once the tables are empty, in whatever order a test's fixtures end.
    """
    from home.domain.site_setup import plant_roots

    plant_roots()


@pytest.fixture(scope="session", autouse=True)
def _assets():
    from tests.kept import built_fonts

    built_fonts(settings.ASSETS_DIR / "shared" / "fonts")


@pytest.fixture(autouse=True)
def _empty_caches():
    yield
    for cache in caches.all():
        cache.clear()
    forget_everything()


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
        client.force_login(cast[username], backend="people.sign_in.backend.OneFieldBackend")
        return client

    return sign_in
