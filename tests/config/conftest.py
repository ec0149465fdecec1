import pytest

from tests.config.stage import cast, site, stage  # noqa: F401  fixtures

DOORS = [
    "ALLOWED_HOSTS",
    "CACHE_URL",
    "CELERY_BROKER_URL",
    "DATABASE_URL",
    "DEMO_CONTENT",
    "H5P_CONTENT_ORIGIN",
    "HOST",
    "PORT",
    "SECRET_KEY",
    "SITE_ORIGIN",
    "DEBUG",
    "TRUSTED_PROXIES",
]


@pytest.fixture
def environment(monkeypatch, tmp_path):
    """A function that sets the doors: nothing but what is given, and a folder of their own."""
    for name in DOORS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VAR_DIR", str(tmp_path))

    def set_to(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return set_to
