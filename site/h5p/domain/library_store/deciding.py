"""What becomes of the libraries of a package."""

from collections.abc import Iterable
from dataclasses import dataclass

from h5p.core.names import LibraryName
from h5p.core.package import BundledLibrary
from h5p.enums import LibraryAction
from h5p.models import Library


@dataclass(frozen=True)
class Decision:
    """What becomes of one library of a package. `installed` is the patch number there is, or None."""

    library: BundledLibrary
    action: LibraryAction
    installed: int | None = None

    @property
    def takes_files(self) -> bool:
        return self.action in {LibraryAction.NEW, LibraryAction.NEWER}


def decide(libraries: Iterable[BundledLibrary]) -> list[Decision]:
    """What would become of the libraries now; one query. Sorted by name."""
    rows = Library.objects.values_list("machine_name", "major", "minor", "patch", "tree_sha256")
    known = {LibraryName(*row[:3]): (row[3], row[4]) for row in rows}
    decided = (_decide(one, *known.get(one.spec.name, (None, ""))) for one in libraries)
    return sorted(decided, key=lambda one: one.library.spec.name)


def _decide(library: BundledLibrary, patch: int | None, tree: str) -> Decision:
    if patch is None:
        return Decision(library, LibraryAction.NEW)
    if library.spec.patch > patch:
        return Decision(library, LibraryAction.NEWER, patch)
    if library.spec.patch < patch:
        return Decision(library, LibraryAction.OLDER, patch)
    action = LibraryAction.SAME if tree == library.tree_sha256 else LibraryAction.DIFFERS
    return Decision(library, action, patch)
