"""The files of the libraries an activity is played with, in the order in which they must be loaded."""

from dataclasses import dataclass
from pathlib import Path

from h5p.domain import folders
from h5p.enums import DependencyType
from h5p.models import Content, Library


@dataclass(frozen=True)
class Loaded:
    """A library of an activity and whether its styles are wanted."""

    library: Library
    with_styles: bool

    @property
    def place(self) -> str:
        """Its folder, as addresses and the store spell it: H5P.Blanks-1.14/3-1a2b3c4d."""
        return f"{self.library.folder_name}/{self.library.build}"

    def scripts(self) -> list[str]:
        return [f"{self.place}/{path}" for path in self.library.js]

    def styles(self) -> list[str]:
        return [f"{self.place}/{path}" for path in self.library.css] if self.with_styles else []


def libraries_of(content: Content) -> list[Loaded]:
    """One query; first what others need, the main library last."""
    rows = content.dependencies.filter(type=DependencyType.PRELOADED).select_related("library").order_by("weight")
    rows = rows.defer("library__semantics", "library__files")
    return [Loaded(row.library, not row.drop_css) for row in rows]


def library_file(place: str, path: str) -> Path:
    """Where a library's file lies; `place` as in `Loaded.place`."""
    return folders.root() / "libraries" / place / path
