"""An empty store of its own for every test: its files go with it."""

import pytest


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"
