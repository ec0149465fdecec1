"""A second row of entries on a desk: its parts, each shown to those whom a rule lets in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Section:
    """A part of a desk: the name of its address, its label, and `rule(viewer)`, which opens it."""

    name: str
    label: str
    rule: Callable[[object], bool]


def row_of(sections: Iterable[Section], viewer, current: str) -> list[dict]:
    """What the template `shared/components/sections.html` shows; nothing where there is no choice."""
    shown = [
        {"label": section.label, "address": reverse(section.name), "is_current": section.name == current}
        for section in sections
        if section.rule(viewer)
    ]
    return shown if len(shown) > 1 else []
