"""Packages out: an activity as a .h5p file that this site and others can import."""

import json
import zipfile
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from h5p.domain import folders
from h5p.enums import DependencyType
from h5p.models import Content, ContentDependency, Library
from shared.errors import DomainError

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same activity gives the same file
_PACKED = {".png", ".jpg", ".jpeg", ".gif", ".mp4", ".mp3", ".m4a", ".webm", ".ogg", ".woff", ".woff2"}


def export_content(content: Content, target: BinaryIO) -> None:
    """Writes the package: parameters as they were imported, media, and all libraries with their files.

    Raises DomainError if a library is missing or its files are not complete.
    """
    if not content.is_ready:
        names = ", ".join(content.missing_libraries) or content.main_library_name
        raise DomainError(_("The activity cannot be exported: libraries are missing (%(names)s).") % {"names": names})
    uses = list(content.dependencies.select_related("library").order_by("weight"))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "h5p.json", _json(_description(content, uses)))
        _add(archive, "content/content.json", _json(content.params))
        media = folders.content_folder(content.uuid, content.revision)
        for path in sorted(media.rglob("*")):
            if path.is_file():
                _add_file(archive, f"content/{path.relative_to(media).as_posix()}", path)
        for library in {use.library_id: use.library for use in uses}.values():
            _add_library(archive, library)


def _description(content: Content, uses: list[ContentDependency]) -> dict:
    by_type = {
        kind: [_reference(use.library) for use in uses if use.type == kind]
        for kind in (DependencyType.PRELOADED, DependencyType.DYNAMIC)
    }
    described = dict(content.metadata) | {
        "title": content.title,
        "language": content.language,
        "mainLibrary": content.main_library.machine_name,
        "embedTypes": [content.embed_type],
        "preloadedDependencies": by_type[DependencyType.PRELOADED],
    }
    if by_type[DependencyType.DYNAMIC]:
        described["dynamicDependencies"] = by_type[DependencyType.DYNAMIC]
    return described


def _reference(library: Library) -> dict:
    return {
        "machineName": library.machine_name,
        "majorVersion": str(library.major),
        "minorVersion": str(library.minor),
    }


def _add_library(archive: zipfile.ZipFile, library: Library) -> None:
    folder = folders.library_folder(library)
    for inside in library.files:
        path = folder / inside
        if not path.is_file():
            raise DomainError(_("The files of the library %(library)s are not complete.") % {"library": library})
        _add_file(archive, f"{library.folder_name}/{inside}", path)


def _add_file(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    packing = zipfile.ZIP_STORED if path.suffix.lower() in _PACKED else zipfile.ZIP_DEFLATED
    _add(archive, name, path.read_bytes(), packing)


def _add(archive: zipfile.ZipFile, name: str, data: bytes, packing: int = zipfile.ZIP_DEFLATED) -> None:
    info = zipfile.ZipInfo(name, _LONG_AGO)
    info.compress_type = packing
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)


def _json(value) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
