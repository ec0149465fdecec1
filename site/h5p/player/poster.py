"""What stands in a page until an activity is started: title, type, what it weighs, or why it cannot be started."""

from dataclasses import dataclass

from h5p.models import Content
from h5p.player import bundles
from h5p.player.libraries import libraries_of
from h5p.player.readiness import why_not
from h5p.player.types import type_of


@dataclass(frozen=True)
class Poster:
    """`size`: bytes of scripts and styles as they are sent. `media_size`: of pictures, sounds, films, as needed."""

    content: Content
    type: str
    size: int
    media_size: int
    problem: str


def poster_of(content: Content) -> Poster:
    problem = why_not(content)
    size = 0 if problem else bundles.size_of(libraries_of(content))
    return Poster(content, type_of(content), size, content.media_size, problem)
