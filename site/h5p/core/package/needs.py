"""Whether everything a package needs is in it or on the site."""

from collections.abc import Iterable, Mapping

from ..names import LibraryName
from ..schema import library_names
from .contents import Package


def check_needs(package: Package, installed: Mapping[LibraryName, int], *, may_install: bool) -> None:
    """Notes the libraries that are missing, in the package's findings.

    Loaded dependencies, of the content and of every library in the package, must be there in exactly that version;
    those only for authoring are worth a warning. If the main library is missing but a later version of it is
    installed, the content is accepted and waits.
    """
    available = installed.keys() | package.libraries.keys()
    missing = _missing(package, available)
    waits = package.main in missing and _has_later(package.main, installed)
    for library, needed_by in missing.items():
        if waits:
            package.findings.warning("waits-for-upgrade", library=library)
        elif library.machine_name == package.main.machine_name:
            package.findings.error("missing-main-library", library=library)
        else:
            package.findings.error("missing-required-library", library=library, needed_by=needed_by)
    _check_editor_needs(package, available)
    nested = {one for one in package.nested if one not in available and one not in missing}
    for library in sorted(nested):
        package.findings.warning("missing-nested-library", library=library)
    if not may_install and package.bundled_count:
        _explain_left_out(package)


def _missing(package: Package, available: set[LibraryName]) -> dict[LibraryName, str]:
    """Missing libraries and, for each, what needs it first."""
    description = package.description or {}
    wanted: list[tuple[str, Iterable[LibraryName]]] = [
        ("h5p.json", library_names(description.get("preloadedDependencies"))),
        ("h5p.json", library_names(description.get("dynamicDependencies"))),
    ]
    for name, library in package.libraries.items():
        wanted += [(str(name), library.spec.preloaded), (str(name), library.spec.dynamic)]
    missing: dict[LibraryName, str] = {}
    for needed_by, names in wanted:
        for name in names:
            if name not in available:
                missing.setdefault(name, needed_by)
    return missing


def _check_editor_needs(package: Package, available: set[LibraryName]) -> None:
    for name, library in package.libraries.items():
        for needed in library.spec.editor:
            if needed not in available:
                package.findings.warning("missing-editor-library", library=needed, needed_by=name)


def _has_later(name: LibraryName, installed: Mapping[LibraryName, int]) -> bool:
    return any(one.machine_name == name.machine_name and one[1:] > name[1:] for one in installed)


def _explain_left_out(package: Package) -> None:
    """Libraries were in the file but could not be used: said as the reason if something is missing."""
    if package.findings.failed:
        package.findings.error("install-needs-manager", count=package.bundled_count)
    else:
        package.findings.warning("bundled-libraries-ignored", count=package.bundled_count)
