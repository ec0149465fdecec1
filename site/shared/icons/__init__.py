"""Icons: 24-pixel strokes from the pinned package `lucide` (ISC licence), read from its archive when first used.

Nothing is copied into this repository. A drawing of our own goes beside this file as NAME.svg and wins over the
package's drawing of that name.
"""

import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from zipfile import ZipFile

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_OWN = Path(__file__).resolve().parent
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class UnknownIconError(LookupError):
    """A template asks for an icon that does not exist; the message names it."""


@cache
def icon_svg(name: str, classes: str = "") -> SafeString:
    """The icon as inline SVG. It says nothing to a screen reader: words stand beside it."""
    return format_html(
        '<svg class="{}" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        f"icon {classes}".rstrip(),
        _drawing(name),
    )


@cache
def _drawing(name: str) -> SafeString:
    own = _OWN / f"{name}.svg"
    source = own.read_text() if own.exists() else _from_package(name)
    found = _DRAWING.search(_COMMENT.sub("", source))
    if not found:
        raise UnknownIconError(f"The icon “{name}” is not a readable SVG drawing.")
    strokes = re.sub(r"\s+", " ", found[1]).strip()
    # The drawings come from a pinned package or from this folder, never from a person's input.
    return mark_safe(strokes.replace(" />", "/>").replace("> <", "><"))  # noqa: S308


def _from_package(name: str) -> str:
    try:
        return _archive().read(f"{name}.svg").decode()
    except KeyError as fault:
        raise UnknownIconError(f"There is no icon “{name}”. The names are those of lucide.dev/icons.") from fault


@cache
def _archive() -> ZipFile:
    """The package's archive, kept open: its table of contents is read once."""
    return ZipFile((files("lucide") / "lucide.zip").open("rb"))
