"""The rows of a library: itself, what it needs, its texts."""

from collections.abc import Iterable

from django.utils import timezone

from h5p.core.names import LibraryName
from h5p.core.package import BundledLibrary
from h5p.core.schema import LibrarySpec
from h5p.domain.catalogue import name_of
from h5p.enums import DependencyType
from h5p.models import Library, LibraryDependency, LibraryLanguage

REFRESH = "h5p.refresh_content"
"""Outbox kind: an activity is to be filtered and resolved anew."""

_LANGUAGES_KEPT = frozenset({"vi", "en"})  # of the authoring texts; all of them stay in the files


def new_row(library: BundledLibrary, source: str, actor) -> Library:
    return Library(
        machine_name=library.spec.name.machine_name,
        major=library.spec.name.major,
        minor=library.spec.name.minor,
        **described(library),
        source_package=source[:255],
        approved_by=actor,
        approved_at=timezone.now(),
        installed_at=timezone.now(),
    )


def described(library: BundledLibrary) -> dict:
    """The fields that another patch replaces."""
    spec = library.spec
    return {
        "patch": spec.patch,
        "title": spec.title,
        "runnable": spec.runnable,
        "fullscreen": spec.fullscreen,
        "embed_types": list(spec.embed_types),
        "core_api_major": spec.core_api[0] if spec.core_api else None,
        "core_api_minor": spec.core_api[1] if spec.core_api else None,
        "js": list(spec.js),
        "css": list(spec.css),
        "drop_css": list(spec.drop_css),
        "semantics": spec.semantics,
        "add_to": spec.add_to,
        "metadata_settings": spec.metadata_settings,
        "needs_eval": library.needs_eval,
        "license": spec.license[:255],
        "author": spec.author[:500],
        "files": {path: list(entry) for path, entry in library.files.items()},
        "tree_sha256": library.tree_sha256,
        "size": library.size,
    }


def write_parts(pairs: Iterable[tuple[Library, BundledLibrary]]) -> None:
    """What the libraries need, and their texts; two queries."""
    pairs = list(pairs)
    _write_dependencies(pairs)
    LibraryLanguage.objects.bulk_create(
        LibraryLanguage(library=row, code=code, translation=texts)
        for row, library in pairs
        for code, texts in library.languages.items()
        if code in _LANGUAGES_KEPT
    )


def _write_dependencies(pairs: Iterable[tuple[Library, BundledLibrary]]) -> None:
    LibraryDependency.objects.bulk_create(
        LibraryDependency(
            library=row,
            type=kind,
            position=position,
            machine_name=name.machine_name,
            major=name.major,
            minor=name.minor,
        )
        for row, library in pairs
        for kind, names in _needs(library.spec)
        for position, name in enumerate(names)
    )


def _needs(spec: LibrarySpec) -> list[tuple[DependencyType, list[LibraryName]]]:
    """Dependencies by type; of several versions of one library the first counts."""
    by_type = (
        (DependencyType.PRELOADED, spec.preloaded),
        (DependencyType.DYNAMIC, spec.dynamic),
        (DependencyType.EDITOR, spec.editor),
    )
    return [(kind, list({one.machine_name: one for one in reversed(names)}.values())[::-1]) for kind, names in by_type]


def link(rows: list[Library]) -> None:
    """Points dependencies, of these libraries and of older ones, at the libraries that are there now."""
    known = {name_of(row): row.pk for row in Library.objects.only("machine_name", "major", "minor")}
    loose = list(LibraryDependency.objects.filter(required__isnull=True))
    found = []
    for dependency in loose:
        pk = known.get(LibraryName(dependency.machine_name, dependency.major, dependency.minor))
        if pk is not None:
            dependency.required_id = pk
            found.append(dependency)
    LibraryDependency.objects.bulk_update(found, ["required"], batch_size=500)
