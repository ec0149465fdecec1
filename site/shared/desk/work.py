"""The desk's first page: what somebody can begin there, and what waits for them.

Every room registers what its people do; the panel asks all of them. Nothing that is not somebody's work is shown, so
that who opens the desk for the first time sees where to begin and nothing else.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wagtail.admin.ui.components import Component


@dataclass(frozen=True)
class Begin:
    """Something that can be begun at any time: a story, a course, an import."""

    text: str
    address: str
    icon: str


@dataclass(frozen=True)
class Waiting:
    """`number` things that wait for the viewer at `address`; shown only while there are any."""

    text: str
    number: int
    address: str
    icon: str


Source = Callable[[object], Iterable[Begin | Waiting]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """For a room's `wagtail_hooks`: a function of the viewer that yields their work; nothing for strangers to it."""
    if source not in _sources:
        _sources.append(source)
    return source


class WorkPanel(Component):
    """The panel itself, first on the page."""

    name = "work"
    order = 10
    template_name = "shared/desk/work.html"

    def get_context_data(self, parent_context):
        viewer = parent_context["request"].user
        work = [entry for source in _sources for entry in source(viewer)]
        return {
            "beginnings": [entry for entry in work if isinstance(entry, Begin)],
            "waiting": [entry for entry in work if isinstance(entry, Waiting) and entry.number],
        }
