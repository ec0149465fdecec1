"""The library folders of a package: reading and checking them."""

import hashlib
import re

from ..findings import Findings
from ..json_text import BadJson, parse_json
from ..limits import Limits
from ..names import LibraryName
from ..schema import LIBRARY_OPTIONAL, LIBRARY_REQUIRED, MACHINE_NAME, check_properties, library_spec
from . import sniffing
from .archive import Archive
from .contents import BundledLibrary

_FOLDER = re.compile(MACHINE_NAME, re.ASCII)
_LANGUAGE = re.compile(r"(?:-?[a-z]+){1,7}\.json", re.ASCII | re.IGNORECASE)
_LANGUAGE_LENGTH = 40  # of the file name: bounds the time of the pattern above
# Templates of the EmbeddedJS kind are turned into functions by the Function constructor.
_EVAL = re.compile(rb"\bnew\s+Function\s*\(|\beval\s*\(|\bFunction\s*\(\s*['\"]")


def builds_code(script: bytes) -> bool:
    """Whether a script turns text into code, which a page has to allow ('unsafe-eval')."""
    return _EVAL.search(script) is not None


def read_libraries(
    archive: Archive, paths: list[str], findings: Findings, limits: Limits
) -> dict[LibraryName, BundledLibrary]:
    """The libraries in the folders of the package. All of them are checked; those with faults are left out."""
    folders: dict[str, list[str]] = {}
    for path in paths:
        folder, inside = path.split("/", 1)
        folders.setdefault(folder, []).append(inside)
    libraries: dict[LibraryName, BundledLibrary] = {}
    for folder, inside in sorted(folders.items()):
        library = _Folder(archive, folder, inside, findings, limits).read()
        if library is None:
            continue
        if library.spec.name in libraries:
            findings.error("library-twice", library=library.spec.name)
        libraries[library.spec.name] = library
    return libraries


class _Folder:
    """One folder that should be a library."""

    def __init__(self, archive: Archive, folder: str, inside: list[str], findings: Findings, limits: Limits):
        self.archive, self.folder, self.inside = archive, folder, inside
        self.findings, self.limits = findings, limits
        self.texts: dict[str, bytes] = {}
        self.needs_eval = False

    def read(self) -> BundledLibrary | None:
        if not _FOLDER.fullmatch(self.folder):
            self.findings.error("invalid-library-name", folder=self.folder)
            return None
        faults = len(self.findings.errors)
        data = self._description()
        if data is None:
            return None
        files = self._files()
        semantics = self._semantics()
        languages = self._languages()
        if len(self.findings.errors) > faults:
            return None
        spec = library_spec(data, semantics)
        self._check_name(spec.name)
        self._check_assets(spec)
        self._check_core(spec)
        if len(self.findings.errors) > faults:
            return None
        return BundledLibrary(spec, self.folder, files, languages, self.needs_eval)

    def _description(self) -> dict | None:
        data = self._json("library.json") if "library.json" in self.inside else None
        if not isinstance(data, dict):
            self.findings.error("invalid-library-json-file", folder=self.folder)
            return None
        where = f"{self.folder}/library.json"
        return data if check_properties(data, LIBRARY_REQUIRED, LIBRARY_OPTIONAL, where, self.findings) else None

    def _files(self) -> dict[str, tuple[str, int]]:
        """Reads every file once: its hash, its kind, and whether scripts build code from text."""
        files = {}
        for inside in self.inside:
            path = f"{self.folder}/{inside}"
            member = self.archive.members[path]
            digest, head = hashlib.sha256(), b""
            for chunk in self.archive.chunks(path):
                head = head or chunk[: sniffing.HEAD]
                digest.update(chunk)
                if member.extension == "js" and not self.needs_eval:
                    self.needs_eval = builds_code(chunk)
            sniffing.check_library_file(path, member.extension, head, self.findings)
            files[inside] = (digest.hexdigest(), member.size)
        return files

    def _semantics(self) -> list | None:
        if "semantics.json" not in self.inside:
            return None
        semantics = self._json("semantics.json")
        if not isinstance(semantics, list) or not all(isinstance(one, dict) for one in semantics):
            self.findings.error("invalid-semantics-json-file", library=self.folder)
            return None
        return semantics

    def _languages(self) -> dict[str, dict]:
        languages = {}
        for inside in self.inside:
            if not inside.startswith("language/"):
                continue
            name = inside.removeprefix("language/")
            matches = len(name) <= _LANGUAGE_LENGTH and _LANGUAGE.fullmatch(name)
            texts = self._json(inside) if matches else None
            if not isinstance(texts, dict | list):
                self.findings.error("invalid-language-file", path=inside, library=self.folder)
            elif isinstance(texts, dict):
                languages[name.removesuffix(".json").lower()] = texts
        return languages

    def _check_name(self, name: LibraryName) -> None:
        if self.folder not in {name.machine_name, name.folder}:
            self.findings.error("library-directory-name-mismatch", folder=self.folder, library=name)

    def _check_assets(self, spec) -> None:
        present = set(self.inside)
        for path in (*spec.js, *spec.css):
            if path not in present:
                self.findings.error("library-missing-file", path=path, library=spec.name)

    def _check_core(self, spec) -> None:
        if spec.core_api and spec.core_api > self.limits.core_api:
            self.findings.error(
                "api-version-unsupported",
                library=spec.name,
                required="{}.{}".format(*spec.core_api),
                current="{}.{}".format(*self.limits.core_api),
            )

    def _json(self, inside: str):
        """The value of a JSON file of the folder; None if it is not sound (the caller names the fault)."""
        path = f"{self.folder}/{inside}"
        if self.archive.members[path].size > self.limits.json:
            return None
        try:
            return parse_json(self.archive.read(path), self.limits)
        except BadJson as bad:
            if bad.limit or bad.code == "json-not-utf-8":
                self.findings.error(bad.code, path=path, limit=bad.limit)
            return None
