"""One hash over a folder of files."""

import hashlib
from collections.abc import Mapping


def tree_sha256(files: Mapping[str, tuple[str, int] | list]) -> str:
    """The hash over paths and contents, whatever their order; `files` maps path to (SHA-256, size)."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path}\0{files[path][0]}\n".encode())
    return digest.hexdigest()


def difference(before: Mapping, after: Mapping) -> dict[str, list[str]]:
    """Paths added, removed and changed between two folders, each sorted."""
    return {
        "added": sorted(after.keys() - before.keys()),
        "removed": sorted(before.keys() - after.keys()),
        "changed": sorted(path for path in before.keys() & after.keys() if before[path][0] != after[path][0]),
    }
