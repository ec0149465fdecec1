#!/usr/bin/env python3
"""Django's command line for this project; `./run manage COMMAND` calls it inside the virtual environment."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent

if __name__ == "__main__":
    # The rooms under site/ are imported by their bare names; site/ itself is not a package.
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
