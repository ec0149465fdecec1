"""Files out of a package, each compared with what was inspected."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from h5p.core.names import LibraryName
from h5p.core.package import Archive
from h5p.core.package.archive import UnreadableMember
from h5p.domain.library_store.deciding import Decision


def prepare(archive: Archive, decisions: Iterable[Decision], workplace: Path) -> dict[LibraryName, Path]:
    """Unpacks the libraries that will be installed or proposed; folders by name.

    Every file is compared with the hash noted at the inspection. Raises UnreadableMember if one differs.
    """
    prepared = {}
    for decision in decisions:
        if decision.takes_files:
            library = decision.library
            place = workplace / "libraries" / library.spec.name.folder
            for inside, (digest, _size) in library.files.items():
                unpack(archive, f"{library.folder}/{inside}", place / inside, digest)
            prepared[library.spec.name] = place
    return prepared


def unpack(archive: Archive, member: str, target: Path, digest: str) -> None:
    """Writes one member. Raises UnreadableMember if it is not what it was when it was inspected."""
    target.parent.mkdir(parents=True, exist_ok=True)
    found = hashlib.sha256()
    with target.open("wb") as file:
        for chunk in archive.chunks(member):
            found.update(chunk)
            file.write(chunk)
    if found.hexdigest() != digest:
        raise UnreadableMember(member)
