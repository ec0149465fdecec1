"""What an inspected package holds."""

from dataclasses import dataclass, field

from ..findings import Finding, Findings
from ..names import LibraryName
from ..schema import LibrarySpec
from .tree import tree_sha256


@dataclass(frozen=True)
class BundledLibrary:
    """A library inside a package. `files` maps paths inside the library to (SHA-256, size in bytes)."""

    spec: LibrarySpec
    folder: str
    files: dict[str, tuple[str, int]] = field(repr=False)
    languages: dict[str, dict] = field(default_factory=dict, repr=False)
    needs_eval: bool = False

    @property
    def tree_sha256(self) -> str:
        return tree_sha256(self.files)

    @property
    def size(self) -> int:
        return sum(size for _hash, size in self.files.values())


@dataclass
class Package:
    """The result of an inspection. What could not be read because of an error is None or empty.

    `media` maps paths below content/ to (SHA-256, size); `bundled_count` counts library folders even if they were
    left out because they may not be installed. `nested` are the libraries named inside the
    parameters.
    """

    findings: Findings
    sha256: str = ""
    size: int = 0
    description: dict | None = None
    params: dict | None = None
    main: LibraryName | None = None
    libraries: dict[LibraryName, BundledLibrary] = field(default_factory=dict)
    media: dict[str, tuple[str, int]] = field(default_factory=dict)
    external_hosts: tuple[str, ...] = ()
    nested: frozenset[LibraryName] = frozenset()
    bundled_count: int = 0

    @property
    def accepted(self) -> bool:
        return not self.findings.failed

    @property
    def errors(self) -> list[Finding]:
        return self.findings.errors

    @property
    def warnings(self) -> list[Finding]:
        return self.findings.warnings

    @property
    def title(self) -> str:
        return str((self.description or {}).get("title", ""))

    @property
    def metadata(self) -> dict:
        """h5p.json without what describes the package rather than the content."""
        technical = {"preloadedDependencies", "dynamicDependencies", "editorDependencies", "mainLibrary", "embedTypes"}
        return {key: value for key, value in (self.description or {}).items() if key not in technical}
