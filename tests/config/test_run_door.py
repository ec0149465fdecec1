"""`./run` says which Python it wants before it makes anything."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def fresh(tmp_path) -> Path:
    """A folder as a fresh clone is to `./run`: without an environment."""
    shutil.copy(settings.ROOT / "run", tmp_path / "run")
    (tmp_path / "requirements.txt").write_text("")
    return tmp_path


def _run(folder: Path, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["/bin/bash", folder / "run", "manage", "check"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _python(folder: Path, version: str, usable: bool) -> str:
    """Something that answers as a Python of this version does to the questions `./run` puts."""
    program = folder / "some-python"
    program.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo "Python {version}"\nexit {0 if usable else 1}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


def test_a_python_that_is_not_there_is_named(fresh):
    refused = _run(fresh, PYTHON3="/nowhere/python3")
    assert refused.returncode == 1
    assert "/nowhere/python3 is not installed" in refused.stderr
    assert not (fresh / ".venv").exists()


def test_a_python_that_is_too_old_is_told_with_what_is_needed(fresh):
    refused = _run(fresh, PYTHON3=_python(fresh, "3.9.2", usable=False))
    assert refused.returncode == 1
    assert "Python 3.11 or newer is needed; this is Python 3.9.2" in refused.stderr
    assert not (fresh / ".venv").exists()


def test_the_python_that_is_asked_for_makes_the_environment(fresh):
    made = _run(fresh, PYTHON3=_python(fresh, "3.14.0", usable=True))
    assert "with Python 3.14.0" in made.stdout
