"""A later patch in the place of an installed library: proposed with an import, decided by a library manager."""

import shutil
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from h5p.core.package import BundledLibrary
from h5p.core.package.tree import difference
from h5p.domain import folders
from h5p.domain.folders import Moves
from h5p.domain.library_files import read_folder
from h5p.domain.library_store.rows import REFRESH, described, link, write_parts
from h5p.domain.locks import hold_store
from h5p.enums import ProposalState
from h5p.models import ContentDependency, Library, LibraryProposal
from people.domain import audit
from shared.domain import outbox
from shared.errors import DomainError


def propose(library: BundledLibrary, prepared: Path, moves: Moves, source: str, actor) -> None:
    """Notes that a later patch wants in, with what it would change; the same files wait once."""
    installed = Library.objects.get(
        machine_name=library.spec.name.machine_name, major=library.spec.name.major, minor=library.spec.name.minor
    )
    proposal, created = LibraryProposal.objects.get_or_create(
        library=installed,
        tree_sha256=library.tree_sha256,
        state=ProposalState.WAITING,
        defaults={
            "patch": library.spec.patch,
            "from_tree_sha256": installed.tree_sha256,
            "difference": difference(installed.files, library.files),
            "source_package": source[:255],
            "proposed_by": actor,
        },
    )
    if created:
        moves.put(prepared, folders.proposal_folder(proposal))


def approve(proposal: LibraryProposal, *, shown: str, actor) -> Library:
    """Puts the proposed patch in the place of the installed one; activities that use it are filtered anew.

    `shown` is the hash of the files whose difference the manager saw. Raises DomainError if it is not that of the
    proposal, if the installed library has changed since, or if the waiting files are not those that were proposed.
    """
    place = folders.proposal_folder(proposal)
    if not place.is_dir():
        raise DomainError(_("The waiting files are gone. Import the package again."))
    with folders.workplace() as workplace:
        copy = workplace / "approved"
        shutil.copytree(place, copy)  # what is hashed is what is installed
        replacement = read_folder(copy, proposal.library.folder_name)
        library = _replace(proposal, replacement, copy, shown, actor)
    shutil.rmtree(place, ignore_errors=True)
    return library


def _replace(proposal: LibraryProposal, replacement: BundledLibrary, prepared: Path, shown: str, actor) -> Library:
    with Moves() as moves, transaction.atomic():
        hold_store()
        proposal = LibraryProposal.objects.select_for_update().select_related("library").get(pk=proposal.pk)
        library = proposal.library
        _check_proposal(proposal, library, replacement, shown)
        for name, value in described(replacement).items():
            setattr(library, name, value)
        library.source_package = proposal.source_package
        library.approved_by, library.approved_at = actor, timezone.now()
        library.save()
        library.dependencies.all().delete()
        library.languages.all().delete()
        write_parts([(library, replacement)])
        link([library])
        moves.put(prepared, folders.library_folder(library))
        _close(proposal, ProposalState.APPROVED, actor)
        _supersede(proposal)
        _refresh_users(library)
        audit.record(actor, "h5p.library_replaced", library, version=library.version, tree=library.tree_sha256)
    return library


def refuse(proposal: LibraryProposal, *, actor) -> None:
    """The installed patch stays; the waiting files go."""
    with transaction.atomic():
        proposal = LibraryProposal.objects.select_for_update().select_related("library").get(pk=proposal.pk)
        if proposal.state != ProposalState.WAITING:
            raise DomainError(_("This replacement has been decided already."))
        _close(proposal, ProposalState.REFUSED, actor)
        audit.record(actor, "h5p.library_refused", proposal.library, version=proposal.version)
    shutil.rmtree(folders.proposal_folder(proposal), ignore_errors=True)


def _check_proposal(proposal: LibraryProposal, library: Library, replacement: BundledLibrary, shown: str) -> None:
    if proposal.state != ProposalState.WAITING:
        raise DomainError(_("This replacement has been decided already."))
    if library.tree_sha256 != proposal.from_tree_sha256:
        raise DomainError(
            _("The installed library has changed since the difference was worked out. Import the package again.")
        )
    if replacement.tree_sha256 != proposal.tree_sha256 or shown != proposal.tree_sha256:
        raise DomainError(_("The waiting files are not those that were shown. Import the package again."))


def _close(proposal: LibraryProposal, state: ProposalState, actor) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, actor, timezone.now()
    proposal.save(update_fields=["state", "decided_by", "decided_at"])


def _supersede(approved: LibraryProposal) -> None:
    """Other replacements of the library were compared with files that are gone."""
    others = LibraryProposal.objects.filter(library=approved.library, state=ProposalState.WAITING)
    for other in others.select_related("library"):
        _close(other, ProposalState.REFUSED, approved.decided_by)
        place = folders.proposal_folder(other)
        transaction.on_commit(lambda place=place: shutil.rmtree(place, ignore_errors=True), robust=True)


def _refresh_users(library: Library) -> None:
    used = ContentDependency.objects.filter(library=library).values_list("content", flat=True).distinct()
    for pk in used:
        outbox.enqueue(REFRESH, pk)
