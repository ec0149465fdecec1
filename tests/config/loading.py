"""Executes a settings module anew with other environment variables, without touching the settings in use."""

import importlib.util
from pathlib import Path
from types import SimpleNamespace

import config

SETTINGS = Path(config.__file__).parent / "settings"


def load_settings(name: str) -> SimpleNamespace:
    """What `config.settings.<name>` says under the environment of this moment. Raises as a start would."""
    spec = importlib.util.spec_from_file_location(f"config.settings.{name}_again", SETTINGS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return SimpleNamespace(**vars(module))
