"""Where the files of libraries, activities and uploads lie: under PRIVATE_ROOT/h5p, never in a public folder.

libraries/H5P.Blanks-1.14/6-1a2b3c4d/   the files of one patch, named after their hash
content/<uuid>/<revision>/              media of an activity
proposals/H5P.Blanks-1.14/7-5e6f7a8b/   a patch that waits for approval
uploads/<uuid>.h5p                      quarantine
unfinished/…                            work in hand; whatever is left there belongs to nobody
"""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


def root() -> Path:
    return Path(settings.PRIVATE_ROOT) / "h5p"


def library_folder(library) -> Path:
    return root() / "libraries" / library.folder_name / library.build


def content_folder(content_uuid, revision: int) -> Path:
    return root() / "content" / str(content_uuid) / str(revision)


def proposal_folder(proposal) -> Path:
    return root() / "proposals" / proposal.library.folder_name / f"{proposal.patch}-{proposal.tree_sha256[:8]}"


def upload_file(upload_uuid) -> Path:
    return root() / "uploads" / f"{upload_uuid}.h5p"


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder to prepare files in, on the same disk as the store; gone afterwards with what was not moved out."""
    folder = root() / "unfinished" / uuid.uuid4().hex
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Moves:
    """Folders moved into their places, to be taken back if the transaction they belong to fails.

        with Moves() as moves, transaction.atomic():
            …
            moves.put(prepared, place)

    Order matters: the transaction ends inside, so that its failure is seen here. A place is named after its
    contents, so what may lie there was left by a process that was killed, and is replaced.
    """

    def __init__(self):
        self._places: list[Path] = []

    def __enter__(self) -> "Moves":
        return self

    def __exit__(self, kind, error, trace) -> None:
        if kind is not None:
            for place in reversed(self._places):
                shutil.rmtree(place, ignore_errors=True)

    def put(self, prepared: Path, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.exists():
            shutil.rmtree(place)
        self._places.append(place)
        prepared.rename(place)
