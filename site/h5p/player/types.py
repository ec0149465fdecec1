"""What people call the types of activities: packages bring English titles only."""

import json
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

from h5p.models import Content

NAMES = Path(__file__).with_name("types_vi.json")


def type_of(content: Content) -> str:
    """The type as a learner or an author reads it. Reads the main library's title where there is no other name."""
    library = content.main_library if content.main_library_id else None
    return type_name(content.main_library_name, library.title if library else "")


def type_name(library: str, title: str = "") -> str:
    """“Video tương tác” for “H5P.InteractiveVideo 1.27”; else the library's own title, or its machine name."""
    machine_name = library.split(" ")[0]
    if (get_language() or "vi").startswith("vi") and machine_name in _names():
        return _names()[machine_name]
    return title or library


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return json.loads(NAMES.read_text(encoding="utf-8"))
