from .content import Content, ContentDependency
from .library import Library, LibraryDependency, LibraryLanguage
from .play import Play, PlayRow, SavedState, Statement
from .proposal import LibraryProposal
from .upload import PackageUpload

__all__ = [
    "Content",
    "ContentDependency",
    "Library",
    "LibraryDependency",
    "LibraryLanguage",
    "LibraryProposal",
    "PackageUpload",
    "Play",
    "PlayRow",
    "SavedState",
    "Statement",
]
