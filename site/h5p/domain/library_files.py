"""Libraries that lie in a folder: reading them back."""

import hashlib
from pathlib import Path

from h5p.core.json_text import BadJson, parse_json
from h5p.core.package import BundledLibrary
from h5p.core.package.libraries import builds_code
from h5p.core.schema import library_spec
from shared.errors import DomainError


def hashes_of(folder: Path) -> dict[str, tuple[str, int]]:
    """Path inside: (SHA-256, size) of every file in the folder; {} if there is no such folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            found[path.relative_to(folder).as_posix()] = (hashlib.sha256(data).hexdigest(), len(data))
    return found


def read_folder(folder: Path, name: str) -> BundledLibrary:
    """The library whose checked files lie in the folder. Raises DomainError if they are damaged."""
    try:
        description = parse_json((folder / "library.json").read_bytes())
        semantics = folder / "semantics.json"
        spec = library_spec(description, parse_json(semantics.read_bytes()) if semantics.exists() else None)
        languages = {
            path.stem.lower(): parse_json(path.read_bytes()) for path in sorted(folder.glob("language/*.json"))
        }
    except (BadJson, OSError, KeyError, TypeError, ValueError) as error:
        raise DomainError(f"{name}: {error}") from error
    scripts = (path.read_bytes() for path in folder.rglob("*.js"))
    return BundledLibrary(spec, name, hashes_of(folder), languages, any(builds_code(data) for data in scripts))
