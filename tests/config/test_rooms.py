"""The rooms are imported by bare names; each must be ours and not a stranger's of the same name."""

import importlib
import site as the_standard_librarys_site
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
IN_SITE = {"api", "config", "h5p", "home", "notices", "people", "reports", "shared"}
AT_THE_ROOT = {"courses", "media", "quizzes", "tests"}


@pytest.mark.parametrize("name", sorted(IN_SITE | AT_THE_ROOT))
def test_a_room_is_found_in_this_repository(name):
    place = ROOT / "site" if name in IN_SITE else ROOT
    assert Path(importlib.import_module(name).__file__) == place / name / "__init__.py"


def test_no_room_is_left_out_above():
    rooms = {folder.parent.name for folder in (ROOT / "site").glob("*/__init__.py")}
    assert rooms == IN_SITE
    installed = set(settings.INSTALLED_APPS)
    assert installed >= (IN_SITE | AT_THE_ROOT) - {"tests"}


@pytest.mark.parametrize("folder", ["site", "locale", "locale/vi", "locale/upstream"])
def test_a_folder_named_like_a_standard_module_is_no_package(folder):
    assert not (ROOT / folder / "__init__.py").exists()


def test_the_standard_library_keeps_its_own_names():
    import locale

    assert the_standard_librarys_site.__name__ in sys.modules
    for module in (locale, the_standard_librarys_site):
        assert not Path(module.__file__).is_relative_to(ROOT)
