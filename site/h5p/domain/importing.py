"""Packages in: checked, then imported as a whole or not at all."""

import json
import uuid
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from h5p import rules
from h5p.core.findings import Finding, Severity
from h5p.core.limits import DEFAULT_LIMITS, Limits
from h5p.core.names import LibraryName
from h5p.core.package import Archive, Package, inspect, open_archive
from h5p.core.package.archive import UnreadableMember
from h5p.core.resolver import Resolved, choose_embed_type, resolve
from h5p.core.semantics.defaults import with_defaults
from h5p.core.semantics.filtering import filtered
from h5p.core.semantics.references import nested_libraries
from h5p.domain import folders, library_store
from h5p.domain.catalogue import Catalogue, installed_patches
from h5p.domain.folders import Moves
from h5p.domain.reports import Report
from h5p.enums import LibraryAction
from h5p.models import Content, ContentDependency, Library
from h5p.signals import content_changed
from people.domain import audit
from shared.errors import DomainError


class PackageRefused(DomainError):
    """The package is not imported; nothing was written. `report` says why."""

    def __init__(self, report: Report):
        self.report = report
        super().__init__(_("The package was refused. Nothing was changed."))


def check_package(
    path: Path, *, name: str | None = None, install_libraries: bool = False, actor=None, limits: Limits = DEFAULT_LIMITS
) -> Report:
    """What the package holds and what an import would do; writes nothing.

    `actor` None is the command line, which may use every library that is switched on.
    """
    package = inspect(path, name=name, may_install=install_libraries, installed=installed_patches(), limits=limits)
    decisions = library_store.decide(package.libraries.values()) if package.accepted else []
    if package.accepted:
        _check_use(package, actor)
    warnings = [*package.warnings, *(one for decision in decisions if (one := _warning(decision)))]
    return Report(package, decisions, warnings)


def import_package(
    path: Path,
    *,
    name: str | None = None,
    install_libraries: bool = False,
    with_content: bool = True,
    replace: Content | None = None,
    actor=None,
    limits: Limits = DEFAULT_LIMITS,
) -> Report:
    """Checks the package again and imports it: libraries if they may be installed, then the activity.

    `replace` becomes a new revision of the activity in the package and keeps its id. A package that was imported
    before, byte for byte, leaves its activity as it is. Raises PackageRefused, having written nothing.
    """
    report = check_package(path, name=name, install_libraries=install_libraries, actor=actor, limits=limits)
    if not report.accepted:
        raise PackageRefused(report)
    try:
        return _import(path, report, name or path.name, limits, with_content, replace, actor)
    except UnreadableMember as damaged:
        report.package.findings.error("unable-to-read-package-file", path=damaged.path)
        raise PackageRefused(report) from damaged


def refresh(content_id: int) -> None:
    """Filters and resolves an activity anew: a library it uses was replaced, or one it waited for was installed.

    Running it again changes nothing.
    """
    with transaction.atomic():
        content = Content.objects.select_for_update().filter(pk=content_id).first()
        if content is None:
            return
        described = _described(content.params, LibraryName.parse(content.main_library_name), [content.embed_type])
        before = (content.filtered_sha256, content.missing_libraries)
        described.write(content)
        if (content.filtered_sha256, content.missing_libraries) != before:
            content_changed.send(Content, content_id=content.pk)


def _import(path: Path, report: Report, name: str, limits: Limits, with_content: bool, replace, actor) -> Report:
    known = _imported_before(report.package, replace) if with_content else None
    with (
        open_archive(path, report.package.findings, limits) as archive,
        folders.workplace() as workplace,
        Moves() as moves,
    ):
        prepared = library_store.prepare(archive, report.decisions, workplace)
        takes_content = with_content and known is None
        if takes_content:
            _unpack_media(archive, report.package, workplace / "content")
        with transaction.atomic():
            library_store.install(report.decisions, prepared, moves, source=name, actor=actor)
            content = _store_content(report.package, name, replace, actor) if takes_content else known
            if takes_content and report.package.media:
                moves.put(workplace / "content", folders.content_folder(content.uuid, content.revision))
    report.unchanged = known is not None
    report.content_id = str(content.uuid) if content else None
    return report


def _imported_before(package: Package, replace: Content | None) -> Content | None:
    """The activity this very file was made into. With `replace`, only that one counts."""
    same = Content.objects.filter(package_sha256=package.sha256)
    return (same.filter(pk=replace.pk) if replace else same.order_by("pk")).first()


def _unpack_media(archive: Archive, package: Package, folder: Path) -> None:
    for inside, (digest, _size) in package.media.items():
        library_store.unpack(archive, f"content/{inside}", folder / inside, digest)


def _store_content(package: Package, name: str, replace: Content | None, actor) -> Content:
    content = _next_revision(replace) if replace else Content(uuid=uuid.uuid4(), created_by=actor)
    content.title = package.title
    content.language = str(package.description.get("language", "und"))
    content.main_library_name = str(package.main)
    content.params = package.params
    content.metadata = package.metadata
    content.external_hosts = list(package.external_hosts)
    content.allowed_external_hosts = [host for host in content.allowed_external_hosts if host in package.external_hosts]
    content.media_size = sum(size for _hash, size in package.media.values())
    content.source_package = name[:255]
    content.package_sha256 = package.sha256
    _described(package.params, package.main, package.description["embedTypes"]).write(content)
    if replace:
        content_changed.send(Content, content_id=content.pk)
    audit.record(
        actor, "h5p.content_replaced" if replace else "h5p.content_imported", content, revision=content.revision
    )
    return content


def _next_revision(content: Content) -> Content:
    """The activity with its number raised in the database, so that two imports at once get two numbers."""
    Content.objects.filter(pk=content.pk).update(revision=F("revision") + 1)
    return Content.objects.get(pk=content.pk)


# --- What the player gets ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Described:
    """Parameters as they may be shown, and the libraries they need."""

    main: LibraryName
    filtered: dict | None
    resolved: Resolved | None
    missing: list[str]
    embed_type: str

    def write(self, content: Content) -> None:
        """Saves the content and its dependency rows; a few queries."""
        needed = [one.library.name for one in self.resolved.dependencies] if self.resolved else []
        rows = _rows_of({*needed, self.main})
        content.main_library = rows.get(self.main)
        content.missing_libraries = self.missing
        content.filtered = self.filtered
        content.filtered_sha256 = _hash_of(self.filtered) if self.filtered is not None else ""
        content.embed_type = self.embed_type
        content.save()
        content.dependencies.all().delete()
        ContentDependency.objects.bulk_create(
            ContentDependency(
                content=content,
                library=rows[one.library.name],
                type=one.kind,
                weight=one.weight,
                drop_css=one.drop_css,
            )
            for one in (self.resolved.dependencies if self.resolved else ())
        )


def _described(params: dict, main: LibraryName, embed_types: list[str]) -> _Described:
    """Fills in defaults, filters and resolves with the libraries that are installed now."""
    catalogue = Catalogue({main, *nested_libraries(params)})
    library = catalogue(main)
    if library is None:
        return _Described(main, None, None, [str(main)], "div" if "div" in embed_types else "iframe")
    result = filtered(with_defaults(params, library.semantics, catalogue), library.semantics, catalogue)
    resolved = resolve(library, result.params, catalogue, catalogue.add_ons)
    missing = sorted(str(one) for one in {*result.missing, *resolved.missing})
    return _Described(main, result.params, resolved, missing, choose_embed_type(embed_types, library))


def _rows_of(names: set[LibraryName]) -> dict[LibraryName, Library]:
    rows = Library.objects.filter(machine_name__in={name.machine_name for name in names})
    rows = rows.only("machine_name", "major", "minor")
    return {name: row for row in rows if (name := LibraryName(row.machine_name, row.major, row.minor)) in names}


def _hash_of(params: dict) -> str:
    return sha256(json.dumps(params, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


# --- Checks that need the site ----------------------------------------------------------------------------


def _check_use(package: Package, actor) -> None:
    """Whether the type may be used here: libraries switched off or restricted, types that are no activity."""
    bundled = package.libraries.get(package.main)
    row = Library.objects.filter(
        machine_name=package.main.machine_name, major=package.main.major, minor=package.main.minor
    ).first()
    if not (row.runnable if row else bundled is None or bundled.spec.runnable):
        package.findings.error("library-not-runnable", library=package.main)
    if row and not row.enabled:
        package.findings.error("library-disabled", library=package.main)
    elif row and actor is not None and not rules.can_use_library(actor, row):
        package.findings.error("library-restricted", library=package.main)


def _warning(decision: library_store.Decision) -> Finding | None:
    """What people should know about a library of the package."""
    name = decision.library.spec.name
    values = {"library": str(name), "version": decision.library.spec.version}
    if decision.action is LibraryAction.NEWER:
        installed = f"{name.major}.{name.minor}.{decision.installed}"
        return Finding("library-replacement-waits", Severity.WARNING, values | {"installed": installed})
    if decision.action is LibraryAction.DIFFERS:
        return Finding("library-differs", Severity.WARNING, values)
    return None
