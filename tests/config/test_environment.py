"""A bad variable stops the start: status 2, and a message that names it, shows it and says what is allowed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.loading import load_settings

ROOT = Path(__file__).resolve().parents[2]
SECRET = "mat-khau-that"

BAD = [
    ("HOST", "http://0.0.0.0", "host name or IP address"),
    ("HOST", "0.0.0.0:8000", "host name or IP address"),
    ("HOST", "[::1]", "host name or IP address"),
    ("HOST", "1:2:3", "host name or IP address"),
    ("PORT", "0", "1 to 65535"),
    ("PORT", "65536", "1 to 65535"),
    ("PORT", "-1", "1 to 65535"),
    ("PORT", "http", "1 to 65535"),
    ("DATABASE_URL", f"mysql://lan:{SECRET}@db/ng", "postgres://"),
    ("DATABASE_URL", f"postgres://lan:{SECRET}@db:port/ng", "postgres://"),
    ("DATABASE_URL", f"postgres://lan:{SECRET}@db:99999/ng", "postgres://"),
    ("DATABASE_URL", f"postgres://lan:{SECRET}@[::1/ng", "postgres://"),
    ("DATABASE_URL", f"lan:{SECRET}@db/ng", "postgres://"),
    ("DATABASE_URL", "sqlite://ng.sqlite3", "sqlite:////absolute/path"),
    ("DATABASE_URL", "sqlite:///ng.sqlite3", "sqlite:////absolute/path"),
    ("DATABASE_URL", "sqlite:ng.sqlite3", "sqlite:////absolute/path"),
    ("DATABASE_URL", "sqlite://:memory:", "sqlite:////absolute/path"),
    ("CELERY_BROKER_URL", f"kafka://lan:{SECRET}@broker", "amqp://"),
    ("CELERY_BROKER_URL", "filesystem", "filesystem://"),
    ("CELERY_BROKER_URL", "memory://", "filesystem://"),
    ("CACHE_URL", f"memcached://lan:{SECRET}@cache", "redis://"),
    ("CACHE_URL", "locmem://", "database://"),
    ("NOTICES_FROM_HOUR", "24", "0 to 23"),
    ("NOTICES_UNTIL_HOUR", "0", "1 to 24"),
    ("H5P_CONTENT_ORIGIN", "h5p.example.gov.vn", "an origin without path"),
    ("H5P_CONTENT_ORIGIN", "https://h5p.example.gov.vn/player", "an origin without path"),
    ("H5P_CONTENT_ORIGIN", "https://h5p.example; script-src *", "an origin without path"),
    ("H5P_CONTENT_ORIGIN", f"https://lan:{SECRET}@h5p.example", "an origin without path"),
    ("SITE_ORIGIN", "ftp://hoc.example.gov.vn", "an origin without path"),
    ("SITE_ORIGIN", "https://hoc.example.gov.vn:99999", "an origin without path"),
    ("SITE_ORIGIN", "https://hoc.example.gov.vn#top", "an origin without path"),
    ("SITE_ORIGIN", "https://[::1", "an origin without path"),
    ("EXPORT_DAYS", "0", "1 to 60"),
    ("WEBHOOK_NETWORKS", "10.20.0.0/99", "10.20.0.0/16"),
    ("WEBHOOK_CA_FILE", "/nowhere/ca.pem", "a file that this user can read"),
]


def refusal(capsys, module: str = "base") -> str:
    with pytest.raises(SystemExit) as stop:
        load_settings(module)
    assert stop.value.code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize(("name", "value", "allowed"), BAD)
def test_a_bad_value_is_refused_and_explained(environment, capsys, name, value, allowed):
    environment(**{name: value})
    message = refusal(capsys)
    assert f"{name}={value.replace(SECRET, '***')!r}" in message
    assert allowed in message.split("Allowed:")[1]
    assert SECRET not in message


def test_no_variable_is_left_out_above():
    text = (ROOT / "site" / "config" / "settings" / "base.py").read_text()
    read = set(re.findall(r'environment\.\w+\(\s*"(\w+)"', text))
    assert read == {name for name, _value, _allowed in BAD} | {"VAR_DIR", "PERSONAL_DATA_KEY"}


def test_a_var_dir_that_cannot_be_made_is_refused(environment, capsys, tmp_path):
    (tmp_path / "file").touch()
    environment(VAR_DIR=str(tmp_path / "file" / "var"))
    message = refusal(capsys)
    assert f"VAR_DIR={str(tmp_path / 'file' / 'var')!r}" in message
    assert "a folder this user can write to" in message


@pytest.mark.parametrize("key", ["", "short", "x" * 49])
def test_production_asks_for_a_long_secret_key_and_never_shows_it(environment, capsys, key):
    environment(SECRET_KEY=key, ALLOWED_HOSTS="hoc.example.gov.vn")
    message = refusal(capsys, "production")
    assert "SECRET_KEY='(hidden)'" in message
    assert "at least 50 characters" in message
    assert not key or key not in message


def test_production_asks_for_host_names(environment, capsys):
    environment(SECRET_KEY="k" * 50, ALLOWED_HOSTS=" , ")
    assert "ALLOWED_HOSTS=''" in refusal(capsys, "production")


@pytest.mark.parametrize(
    ("module", "name", "value", "allowed"),
    [
        ("dev", "DEBUG", "maybe", "1 or 0"),
        ("dev", "DEMO_CONTENT", "2", "1 or 0"),
        ("production", "TRUSTED_PROXIES", "9", "from 0 to 5"),
    ],
)
def test_the_variables_of_one_way_of_running_are_checked_too(environment, capsys, module, name, value, allowed):
    environment(SECRET_KEY="k" * 50, ALLOWED_HOSTS="hoc.example.gov.vn", **{name: value})
    message = refusal(capsys, module)
    assert f"{name}={value!r}" in message
    assert allowed in message


def test_a_laptop_makes_its_secret_once_and_keeps_it_to_itself(environment):
    settings = load_settings("dev")
    assert len(settings.SECRET_KEY) >= 50
    assert load_settings("dev").SECRET_KEY == settings.SECRET_KEY
    assert (settings.VAR_DIR / "secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("settings", "variables", "named"),
    [
        ("dev", {"PORT": "0"}, "PORT='0'"),
        ("dev", {"DATABASE_URL": f"mysql://lan:{SECRET}@db/ng"}, "DATABASE_URL='mysql://lan:***@db/ng'"),
        ("production", {"SECRET_KEY": "short"}, "SECRET_KEY='(hidden)'"),
    ],
)
def test_the_process_ends_with_status_2(environment, settings, variables, named):
    environment(DJANGO_SETTINGS_MODULE=f"config.settings.{settings}", **variables)
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert SECRET not in done.stdout + done.stderr


# --- Good values reach the settings -----------------------------------------------------------------


def test_without_any_variable_everything_is_embedded(environment, tmp_path):
    settings = load_settings("base")
    assert settings.DATABASES["default"]["NAME"] == str(tmp_path / "neu-guong.sqlite3")
    assert settings.EMBEDDED_BROKER
    assert settings.CACHES["default"]["BACKEND"] == "shared.database_cache.OneStatementCache"
    assert (settings.HOST, settings.PORT) == ("127.0.0.1", 8000)
    assert settings.WAGTAILADMIN_BASE_URL == "http://127.0.0.1:8000"


def test_a_province_brings_its_own_services(environment):
    environment(
        DATABASE_URL="postgres://ng:mat%40khau@db.local:5433/ng",
        CELERY_BROKER_URL="redis://broker.local/0",
        CACHE_URL="redis://cache.local/1",
        SITE_ORIGIN="https://hoc.example.gov.vn/",
        H5P_CONTENT_ORIGIN="https://h5p.example.gov.vn:8443",
    )
    settings = load_settings("base")
    database = settings.DATABASES["default"]
    assert (database["HOST"], database["PORT"], database["PASSWORD"]) == ("db.local", 5433, "mat@khau")
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS == {"visibility_timeout": 300}
    assert settings.CACHES["default"]["LOCATION"] == "redis://cache.local/1"
    assert settings.WAGTAILADMIN_BASE_URL == "https://hoc.example.gov.vn"
    assert settings.H5P_CONTENT_ORIGIN == "https://h5p.example.gov.vn:8443"


def test_an_ipv6_address_stands_in_brackets_in_the_sites_own_address(environment):
    environment(HOST="::1", PORT="8001")
    assert load_settings("base").WAGTAILADMIN_BASE_URL == "http://[::1]:8001"
