"""Fetching the player's core: with npm, without it, and when it fails."""

import json
import sys

import pytest
from django.core.management import CommandError, call_command

from h5p.player import core_files

NPM = """#!{python}
import pathlib, sys
assert sys.argv[1:3] == ["ci", "--ignore-scripts"], sys.argv
assert pathlib.Path("package-lock.json").exists()
dist = pathlib.Path("node_modules/h5p-standalone/dist")
for name in {names!r}:
    path = dist / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("fresh " + name)
(dist / "styles/h5p.css").write_text({style!r})
(dist.parent / "package.json").write_text('{{"name": "h5p-standalone", "version": "3.8.2"}}')
"""
STYLE = (
    "@font-face{font-family:'Inter';src:url('i.woff2')}"
    "@font-face{font-family:'h5p';src:url('../fonts/h5p-core-30.woff2')}.x{}"
)


@pytest.fixture
def npm(monkeypatch, tmp_path):
    """A function that puts an npm of our own on the way; None takes every npm away."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(script: str | None) -> None:
        if script is not None:
            (folder / "npm").write_text(script.format(python=sys.executable, names=core_files._TAKEN, style=STYLE))
            (folder / "npm").chmod(0o755)

    return put


@pytest.fixture
def nothing_there(settings, tmp_path):
    settings.H5P_PLAYER_DIR = tmp_path / "fetched"


def test_npm_brings_it(npm, nothing_there, settings):
    npm(NPM)
    call_command("h5p_assets")
    assert core_files.is_there()
    style = (settings.H5P_PLAYER_DIR / core_files.CORE_STYLE).read_text()
    assert "Inter" not in style, "the big text fonts are not asked for"
    assert "h5p-core-30.woff2" in style
    assert "GPL-3.0" in (settings.H5P_PLAYER_DIR / "ABOUT.txt").read_text()
    assert not list(settings.H5P_PLAYER_DIR.parent.glob("fetched-*"))


def test_what_is_there_is_left_alone(npm, settings):
    npm("#!{python}\nraise SystemExit(1)\n")
    call_command("h5p_assets")


@pytest.mark.parametrize("script", ["#!{python}\nraise SystemExit('no network')\n", "#!{python}\nimport pathlib\n"])
def test_a_failure_is_explained_and_keeps_the_old_files(npm, script, settings):
    npm(script)
    before = {path: path.read_text() for path in settings.H5P_PLAYER_DIR.rglob("*") if path.is_file()}
    with pytest.raises(CommandError, match="run manage h5p_assets"):
        call_command("h5p_assets", "--again")
    assert {path: path.read_text() for path in settings.H5P_PLAYER_DIR.rglob("*") if path.is_file()} == before


def test_without_npm_a_node_from_pypi_is_used(npm, nothing_there, monkeypatch):
    npm(None)
    with pytest.raises(CommandError, match="npm is not installed"):
        call_command("h5p_assets", "--npm-only")
    asked = []

    def run(command, folder):
        asked.append(command)
        raise core_files.FetchFailed("stopped here")

    monkeypatch.setattr(core_files, "_run", run)
    with pytest.raises(CommandError):
        call_command("h5p_assets")
    assert asked[0][1:4] == ["-m", "pip", "install"]
    assert core_files.NODE_PACKAGE in asked[0]


def test_the_locked_package_is_the_one_decided_on(settings):

    lock = json.loads((settings.ROOT / "package-lock.json").read_text())
    assert set(lock["packages"]) == {"", "node_modules/h5p-standalone"}
    assert lock["packages"]["node_modules/h5p-standalone"]["version"] == "3.8.2"
    assert lock["packages"]["node_modules/h5p-standalone"]["integrity"].startswith("sha512-")
