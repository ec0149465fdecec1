"""Inspecting a package: every rule for what a .h5p file must hold, all findings collected.

The order follows the reference implementation: the archive and the kinds of its files; then h5p.json and
content.json; then, if those are sound, the libraries; then whether everything needed is there.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from ..findings import Findings
from ..json_text import BadJson, parse_json
from ..limits import CONTENT_EXTENSIONS, DEFAULT_LIMITS, LIBRARY_EXTENSIONS, MB, Limits
from ..names import LibraryName
from ..schema import PACKAGE_OPTIONAL, PACKAGE_REQUIRED, check_properties, library_names
from ..semantics.references import external_hosts, media_paths, needs_script, nested_libraries
from . import sniffing
from .archive import Archive, UnreadableMember, open_archive
from .contents import Package
from .libraries import read_libraries
from .needs import check_needs

DESCRIPTION = "h5p.json"
PARAMS = "content/content.json"


def inspect(
    path: Path,
    *,
    name: str | None = None,
    may_install: bool = False,
    installed: Mapping[LibraryName, int] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Package:
    """Everything the package holds, and everything that is wrong with it.

    `name` is the file's own name if `path` is a temporary one. `installed` maps the libraries of the site to their
    patch numbers. Without `may_install` the libraries in the package are not looked at, only counted.
    """
    findings = Findings()
    package = Package(findings, size=path.stat().st_size)
    if not (name or path.name).lower().endswith(".h5p"):
        findings.error("missing-h5p-extension")
    archive = open_archive(path, findings, limits)
    if archive is None:
        return package
    with archive:
        try:
            _Inspection(archive, package, may_install, installed or {}, limits).run()
        except UnreadableMember as damaged:
            findings.error("unable-to-read-package-file", path=damaged.path)
    if package.accepted:
        package.sha256 = _sha256(path)
    return package


class _Inspection:
    def __init__(self, archive: Archive, package: Package, may_install: bool, installed, limits: Limits):
        self.archive, self.package, self.limits = archive, package, limits
        self.may_install, self.installed = may_install, installed
        self.findings = package.findings
        self.content_files = [path for path in archive.members if path.startswith("content/") and path != PARAMS]
        self.library_files = [path for path in archive.members if "/" in path and not path.startswith("content/")]

    def run(self) -> None:
        folders = {path.split("/", 1)[0] for path in self.library_files}
        self.package.bundled_count = sum(f"{folder}/library.json" in self.archive.members for folder in folders)
        self._check_place(folders)
        self._check_extensions()
        self._read_params()
        self._read_description()
        if self.findings.failed:
            return
        self._check_content_files()
        if self.may_install:
            self.package.libraries = read_libraries(self.archive, self.library_files, self.findings, self.limits)
        if self.findings.failed:
            return
        self._check_references()
        check_needs(self.package, self.installed, may_install=self.may_install)

    def _check_place(self, folders: set[str]) -> None:
        """Whoever packs by hand often packs the folder; said besides the files that are missing at the top."""
        inside = [folder for folder in sorted(folders) if f"{folder}/{DESCRIPTION}" in self.archive.members]
        if inside and DESCRIPTION not in self.archive.members:
            self.findings.error("packed-in-a-folder", folder=inside[0])

    def _check_extensions(self) -> None:
        for path in self.content_files:
            self._check_extension(path, CONTENT_EXTENSIONS)
        if self.may_install:
            for path in self.library_files:
                self._check_extension(path, LIBRARY_EXTENSIONS)

    def _check_extension(self, path: str, allowed: frozenset[str]) -> None:
        member = self.archive.members[path]
        if member.extension not in allowed:
            self.findings.error("not-in-whitelist", path=path, extension=member.extension)
        elif member.extension == "json" and member.size > self.limits.json:
            self.findings.error("json-too-large", path=path, limit=self.limits.json // MB)

    def _read_params(self) -> None:
        if PARAMS not in self.archive.members:
            self.findings.error("invalid-content-folder")
            return
        params = self._json(PARAMS)
        if params is not None and not isinstance(params, dict):
            self.findings.error("content-not-an-object")
        else:
            self.package.params = params

    def _read_description(self) -> None:
        if DESCRIPTION not in self.archive.members:
            self.findings.error("invalid-h5p-json-file")
            return
        description = self._json(DESCRIPTION)
        if description is None:
            return
        if not isinstance(description, dict):
            self.findings.error("invalid-h5p-json-file")
            return
        if not check_properties(description, PACKAGE_REQUIRED, PACKAGE_OPTIONAL, DESCRIPTION, self.findings):
            self.findings.error("invalid-h5p-json-file")
            return
        self.package.description = description
        main = description["mainLibrary"]
        named = [one for one in library_names(description["preloadedDependencies"]) if one.machine_name == main]
        if named:
            self.package.main = named[-1]
        else:
            self.findings.error("missing-main-library", library=main)

    def _json(self, path: str):
        """The value of a JSON member; None after a finding."""
        if self.archive.members[path].size > self.limits.json:
            self.findings.error("json-too-large", path=path, limit=self.limits.json // MB)
            return None
        try:
            value = parse_json(self.archive.read(path), self.limits)
        except BadJson as bad:
            if bad.code == "json-not-utf-8":
                self.findings.error("unable-to-parse-package", path=path)
            self.findings.error(bad.code, path=path, limit=bad.limit)
            return None
        if value is None:
            self.findings.error("unable-to-parse-package", path=path)
        return value

    def _check_content_files(self) -> None:
        points = 0
        for path in self.content_files:
            member = self.archive.members[path]
            digest, head, kept = hashlib.sha256(), b"", []
            is_image = member.extension in sniffing.IMAGES
            for chunk in self.archive.chunks(path):
                head = head or chunk[: sniffing.HEAD]
                digest.update(chunk)
                if is_image:
                    kept.append(chunk)
            faults = len(self.findings.errors)
            sniffing.check_content_file(path, member.extension, head, member.size, self.findings)
            if is_image and member.size and len(self.findings.errors) == faults:
                decode = points < self.limits.decoded_pixels
                points += sniffing.check_image(path, b"".join(kept), self.findings, self.limits, decode=decode)
            self.package.media[path.removeprefix("content/")] = (digest.hexdigest(), member.size)

    def _check_references(self) -> None:
        """What the parameters refer to: their own files, other sites."""
        params = self.package.params or {}
        for path in sorted(media_paths(params) - self.package.media.keys()):
            self.findings.warning("missing-media", path=path)
        self.package.external_hosts = tuple(sorted(external_hosts(params)))
        for host in self.package.external_hosts:
            self.findings.warning("external-player" if needs_script(host) else "external-host", host=host)
        self.package.nested = nested_libraries(params)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
