"""Activities, libraries and uploads as a person of the desk may see them."""

from django.db.models import Count, Q, QuerySet

from h5p import rules
from h5p.enums import ProposalState, UploadState
from h5p.models import Content, Library, LibraryProposal, PackageUpload

HEAVY_OF_LIBRARY = ("semantics", "files", "add_to", "metadata_settings")
HEAVY_OF_CONTENT = ("params", "filtered", "metadata")


def contents_for(viewer) -> QuerySet[Content]:
    """All activities, for the people of the desk; none for others. Parameters stay in the database."""
    contents = Content.objects.select_related("main_library", "created_by")
    contents = contents.defer(*HEAVY_OF_CONTENT, *(f"main_library__{name}" for name in HEAVY_OF_LIBRARY))
    return contents if rules.can_enter_desk(viewer) else contents.none()


def libraries_for(viewer) -> QuerySet[Library]:
    """The libraries with the number of activities of the type (`own_contents`), of activities and of libraries that
    need them (`used_by_contents`, `used_by_libraries`), and of replacements that wait."""
    libraries = Library.objects.defer(*HEAVY_OF_LIBRARY)
    if not rules.can_install_libraries(viewer):
        return libraries.none()
    return libraries.annotate(
        own_contents=Count("contents", distinct=True),
        used_by_contents=Count("content_uses__content", distinct=True),
        used_by_libraries=Count("dependents__library", distinct=True),
        waiting_proposals=Count("proposals", filter=Q(proposals__state=ProposalState.WAITING), distinct=True),
    )


def proposals_for(viewer) -> QuerySet[LibraryProposal]:
    """Replacements that wait for a decision."""
    waiting = LibraryProposal.objects.filter(state=ProposalState.WAITING).select_related("library", "proposed_by")
    waiting = waiting.defer(*(f"library__{name}" for name in HEAVY_OF_LIBRARY))
    return waiting if rules.can_install_libraries(viewer) else waiting.none()


def uploads_for(viewer) -> QuerySet[PackageUpload]:
    """Uploaded packages: one's own, and all of them for library managers."""
    uploads = PackageUpload.objects.select_related("uploaded_by", "content")
    uploads = uploads.defer(*(f"content__{name}" for name in HEAVY_OF_CONTENT))
    if rules.can_install_libraries(viewer):
        return uploads
    return uploads.filter(uploaded_by=viewer) if rules.can_enter_desk(viewer) else uploads.none()


def waiting_uploads_for(viewer) -> QuerySet[PackageUpload]:
    """Those that are checked and neither imported nor discarded."""
    return uploads_for(viewer).filter(state=UploadState.CHECKED)
