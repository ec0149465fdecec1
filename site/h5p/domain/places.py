"""Where activities stand. The rooms above know their lessons; this room asks them who may play what there, and how.

A context is the text a page gives for itself: the id of a lesson page, or PREVIEW on the editing desk.
"""

from collections.abc import Callable
from dataclasses import dataclass

from h5p.enums import FinishRule
from h5p.models import Content
from people.rules import can_enter_admin

PREVIEW = "preview"


@dataclass(frozen=True)
class Place:
    """An activity on a page, as one viewer may play it there.

    `percent` (0–100) belongs to FinishRule.MINIMUM_SCORE. `records` is false where nothing is kept: in an editor's
    preview and for readers who are not signed in.
    """

    context: str
    rule: str = FinishRule.REPORTED
    percent: int = 0
    required: bool = False
    records: bool = True


Lookup = Callable[[object, Content, str], Place | None]
_lookups: list[Lookup] = []


def register(lookup: Lookup) -> Lookup:
    """Decorator for a room with pages of its own: (viewer, content, context) → the place, or None if not there."""
    if lookup not in _lookups:
        _lookups.append(lookup)
    return lookup


def place_of(viewer, content: Content, context: str) -> Place | None:
    """The place named by `context` if the activity stands there and the viewer may play it."""
    if context == PREVIEW:
        return Place(PREVIEW, records=False) if can_enter_admin(viewer) else None
    return next((place for lookup in _lookups if (place := lookup(viewer, content, context))), None)
