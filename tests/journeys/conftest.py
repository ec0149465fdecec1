"""The site as people meet it: served by its own command with worker and scheduler, visited with a real browser."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import dj_database_url
import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass
class Served:
    """A running site: its address, its demo password, its folder and how to call its commands."""

    url: str
    password: str
    folder: Path
    environment: dict

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120, check=True,
        )  # fmt: skip
        return done.stdout

    def shell(self, code: str) -> str:
        """Runs Python inside the site's settings and returns what it prints."""
        return self.manage("shell", "--no-imports", "-c", code).strip()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {"executable_path": "/usr/bin/chromium", "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """Set up from nothing and served, once for all journeys; stopped with Ctrl-C afterwards."""
    folder = tmp_path_factory.mktemp("served")
    port = _free_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO_", "TEST_"))}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        "VAR_DIR": str(folder),
        "PORT": str(port),
        "DATABASE_URL": _fresh_database(),
    }
    subprocess.run([sys.executable, "manage.py", "set_up"], cwd=ROOT, env=environment, check=True, timeout=900)
    log = (folder / "serve.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve"], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
    )
    site = Served(f"http://127.0.0.1:{port}", (folder / "demo-password").read_text(), folder, environment)
    try:
        _wait_until_up(site.url, process)
        yield site
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=40) == 0, (folder / "serve.log").read_text()[-3000:]
        _drop_database(environment["DATABASE_URL"])


@pytest.fixture
def visit(served, page):
    """The browser page, with everything noted that must not happen: policy violations, foreign requests, errors."""
    page.faults = []
    page.on("console", lambda message: _note_console(page, message))
    page.on("pageerror", lambda error: page.faults.append(f"script error: {error}"))
    page.on("request", lambda request: _note_foreign(page, request.url, served.url))
    yield page
    assert page.faults == []


@pytest.fixture
def sign_in(visit, served):
    """A function: signs the browser in as a demo account through the sign-in page."""

    def do(username: str):
        visit.context.clear_cookies()
        visit.goto(f"{served.url}/tai-khoan/login/")
        visit.fill("[name=login]", username)
        visit.fill("[name=password]", served.password)
        visit.click("main form button")
        visit.wait_for_url(re.compile(rf"^{re.escape(served.url)}/(?!tai-khoan/login)"))
        return visit

    return do


def _note_console(page, message) -> None:
    text = message.text
    if "Content Security Policy" in text or "content security policy" in text:
        page.faults.append(text)


def _note_foreign(page, url: str, own: str) -> None:
    if not url.startswith((own, "data:", "blob:", "about:")):
        page.faults.append(f"request to another host: {url}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_up(url: str, process) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the site stopped while starting"
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError("the site did not start within a minute")


def _fresh_database() -> str:
    """With PostgreSQL in DATABASE_URL: an empty database beside the given one; else SQLite in VAR_DIR."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        return ""
    name = f"{dj_database_url.parse(given)['NAME']}_journey_{os.getpid()}"
    _as_owner(given, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
    return re.sub(r"/[^/]*$", f"/{name}", given)


def _drop_database(url: str) -> None:
    if url:
        name = dj_database_url.parse(url)["NAME"]
        _as_owner(os.environ["DATABASE_URL"], f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _as_owner(url: str, *statements: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)
