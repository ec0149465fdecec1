"""A player of stand-in files: these tests never start a browser. tests/journeys/test_h5p.py plays in a real one."""

import pytest

from h5p.domain import limits
from h5p.player import core_files


@pytest.fixture(autouse=True)
def _stand_in_core(settings, tmp_path):
    settings.H5P_PLAYER_DIR = tmp_path / "player"
    for name in core_files._TAKEN:
        path = settings.H5P_PLAYER_DIR / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"/*! {name} */")


@pytest.fixture(autouse=True)
def _rested():
    limits.reports.clear()
