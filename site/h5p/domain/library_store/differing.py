"""What a replacement would change inside the files, line by line, for the manager who decides about it."""

import difflib
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from h5p.domain import folders
from h5p.models import LibraryProposal

_READABLE = 200_000  # bytes of a file; longer ones are bundles nobody reads
_LONGEST_LINE = 2_000  # characters; longer ones are packed by a machine
_SHOWN_LINES = 400  # of one file
_SHOWN_FILES = 60


@dataclass(frozen=True)
class FileChange:
    """A changed file: its sizes in bytes before and after, and its changed lines or why they are not shown.

    `lines` holds (kind, text) with kind "added", "removed", "place" (where in the file) or "same".
    """

    path: str
    before: int
    after: int
    lines: tuple[tuple[str, str], ...] = ()
    note: str = ""


def file_changes(proposal: LibraryProposal) -> list[FileChange]:
    """The changed files of a waiting proposal, at most 60 of them; empty once its files are gone."""
    old, new = folders.library_folder(proposal.library), folders.proposal_folder(proposal)
    if not (old.is_dir() and new.is_dir()):
        return []
    return [_change(path, old / path, new / path) for path in proposal.difference["changed"][:_SHOWN_FILES]]


def _change(path: str, old: Path, new: Path) -> FileChange:
    sizes = old.stat().st_size, new.stat().st_size
    before, after = _lines(old), _lines(new)
    if before is None or after is None:
        return FileChange(path, *sizes, note=_("Not readable text: only the sizes can be compared."))
    changed = list(difflib.unified_diff(before, after, n=2, lineterm=""))[2:]  # without its two head lines
    note = ""
    if len(changed) > _SHOWN_LINES:
        note = _("Only the first %(shown)s of %(all)s lines are shown.") % {"shown": _SHOWN_LINES, "all": len(changed)}
    elif not changed:
        note = _("Only the ends of the lines differ.")
    return FileChange(path, *sizes, tuple(_marked(line) for line in changed[:_SHOWN_LINES]), note)


def _lines(file: Path) -> list[str] | None:
    """The lines of a text a person can read, else None."""
    if file.stat().st_size > _READABLE:
        return None
    try:
        lines = file.read_bytes().decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return None
    return None if any(len(line) > _LONGEST_LINE or "\0" in line for line in lines) else lines


def _marked(line: str) -> tuple[str, str]:
    kind = {"+": "added", "-": "removed", "@": "place"}.get(line[:1], "same")
    return kind, line if kind == "place" else line[1:]
