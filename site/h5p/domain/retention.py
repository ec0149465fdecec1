"""What is not kept for ever: uploads that are decided, files nobody refers to, raw statements."""

import shutil
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from h5p.domain import folders
from h5p.enums import ProposalState, UploadState
from h5p.models import Content, Library, LibraryProposal, PackageUpload, Statement
from h5p.player import bundles

UPLOADS_UNDECIDED = timedelta(days=7)
UPLOADS_DECIDED = timedelta(days=30)
LEFT_ALONE = timedelta(days=2)
"""Files of a former revision or patch stay this long: pages that were open still ask for them."""


def purge() -> dict[str, int]:
    """Removes all of it; returns how many uploads, folders, statements and files of bundles went."""
    return {
        "uploads": purge_uploads(),
        "folders": purge_folders(),
        "statements": purge_statements(),
        "bundles": bundles.remove_unused(),
    }


def purge_uploads() -> int:
    """Quarantined files past their time, with their reports. A file goes as soon as it is decided about."""
    now = timezone.now()
    late = PackageUpload.objects.filter(state=UploadState.CHECKED, uploaded_at__lt=now - UPLOADS_UNDECIDED)
    old = PackageUpload.objects.exclude(state=UploadState.CHECKED).filter(uploaded_at__lt=now - UPLOADS_DECIDED)
    gone = [*late.values_list("pk", flat=True), *old.values_list("pk", flat=True)]
    for pk in gone:
        folders.upload_file(pk).unlink(missing_ok=True)
    PackageUpload.objects.filter(pk__in=gone).delete()
    waiting = set(PackageUpload.objects.filter(state=UploadState.CHECKED).values_list("pk", flat=True))
    for path in _entries(folders.root() / "uploads"):
        if path.stem not in {str(pk) for pk in waiting} and _is_old(path):
            path.unlink(missing_ok=True)
    return len(gone)


def purge_folders() -> int:
    """Folders no row refers to: former revisions and patches, proposals decided, work that was broken off."""
    wanted = {
        folders.library_folder(one)
        for one in Library.objects.only("machine_name", "major", "minor", "patch", "tree_sha256")
    }
    wanted |= {folders.content_folder(*one) for one in Content.objects.values_list("uuid", "revision")}
    waiting = LibraryProposal.objects.filter(state=ProposalState.WAITING).select_related("library")
    wanted |= {folders.proposal_folder(one) for one in waiting.defer("library__semantics", "library__files")}
    removed = 0
    for kind in ("libraries", "content", "proposals"):
        for outer in _entries(folders.root() / kind):
            removed += sum(_remove(one) for one in _entries(outer) if one not in wanted and _is_old(one))
            if not _entries(outer):
                outer.rmdir()
    removed += sum(_remove(one) for one in _entries(folders.root() / "unfinished") if _is_old(one))
    return removed


def purge_statements() -> int:
    """Raw statements past the days of H5P_STATEMENT_DAYS."""
    old = Statement.objects.filter(received_at__lt=timezone.now() - timedelta(days=settings.H5P_STATEMENT_DAYS))
    return old.delete()[0]


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > LEFT_ALONE.total_seconds()
    except FileNotFoundError:
        return False


def _remove(folder: Path) -> int:
    shutil.rmtree(folder, ignore_errors=True)
    return 1
