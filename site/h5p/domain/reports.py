"""What the inspection of a package says to people and programs."""

from dataclasses import dataclass, field

from django.utils.translation import get_language

from h5p.core.findings import Finding
from h5p.core.package import Package
from h5p.domain.library_store import Decision
from h5p.enums import LibraryAction


@dataclass
class Report:
    """The result of checking, and perhaps importing, one package."""

    package: Package
    decisions: list[Decision] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    content_id: str | None = None
    unchanged: bool = False

    @property
    def accepted(self) -> bool:
        return self.package.accepted

    def as_json(self) -> dict:
        """The record that programs read; `content_id` is the activity's UUID once it is imported."""
        return {
            "accepted": self.accepted,
            "errors": [_told(one) for one in self.package.errors],
            "warnings": [_told(one) for one in self.warnings],
            "main_library": str(self.package.main) if self.package.main else None,
            "libraries": [
                {"name": one.library.spec.name.machine_name, "version": one.library.spec.version, "action": one.action}
                for one in self.decisions
            ],
            "content_id": self.content_id,
        }

    def as_record(self) -> dict:
        """What the screen shows, too: titles, licences, installed patches, hosts. Findings keep both languages."""
        package = self.package
        return {
            "accepted": self.accepted,
            "errors": [_recorded(one) for one in package.errors],
            "warnings": [_recorded(one) for one in self.warnings],
            "title": package.title,
            "main_library": str(package.main) if package.main else "",
            "license": str((package.description or {}).get("license", "")),
            "language": str((package.description or {}).get("language", "")),
            "media": {"files": len(package.media), "bytes": sum(size for _hash, size in package.media.values())},
            "external_hosts": list(package.external_hosts),
            "bundled_count": package.bundled_count,
            "libraries": [_library(one) for one in self.decisions],
        }


def counts_by_action(record: dict) -> dict[str, int]:
    """How many libraries of a recorded report will be treated in which way."""
    counts: dict[str, int] = {}
    for library in record["libraries"]:
        counts[library["action"]] = counts.get(library["action"], 0) + 1
    return {action: counts[action] for action in LibraryAction.values if action in counts}


def _told(finding: Finding) -> dict:
    return {"code": finding.code, "detail": finding.text(get_language() or "vi")}


def _recorded(finding: Finding) -> dict:
    return {"code": finding.code, "vi": finding.vietnamese, "en": finding.english}


def _library(decision: Decision) -> dict:
    spec = decision.library.spec
    return {
        "name": str(spec.name),
        "title": spec.title,
        "version": spec.version,
        "installed": decision.installed,
        "action": str(decision.action),
        "license": spec.license,
        "files": len(decision.library.files),
    }
