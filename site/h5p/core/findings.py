"""What a check of a package found: a code that programs compare, and sentences for people.

Codes are those of the reference implementation in PHP where it has one; the rest are named in the same style.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from .texts import ENGLISH, VIETNAMESE


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong (error) or worth knowing (warning). `values` fill the sentences' placeholders."""

    code: str
    severity: Severity = Severity.ERROR
    values: dict[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self):
        if self.code not in ENGLISH:
            raise LookupError(f"There is no text for the code {self.code!r}.")

    @property
    def english(self) -> str:
        return self._told(ENGLISH)

    @property
    def vietnamese(self) -> str:
        return self._told(VIETNAMESE)

    def _told(self, texts: dict[str, str]) -> str:
        """The sentence and, for a value that is not allowed, what is."""
        place = f"{self.code} {self.values.get('where')} {self.values.get('property')}"
        return " ".join(text for text in (texts[self.code].format(**self.values), texts.get(place)) if text)

    def text(self, language: str) -> str:
        """The sentence in `language` ("vi…" or anything else for English)."""
        return self.vietnamese if language.startswith("vi") else self.english


class Findings:
    """Collects findings; the same one twice counts once, and a flood of one code is cut after `per_code`."""

    def __init__(self, per_code: int = 50):
        self._found: list[Finding] = []
        self._counts: dict[str, int] = {}
        self._per_code = per_code

    def error(self, code: str, **values) -> None:
        self._add(code, Severity.ERROR, values)

    def warning(self, code: str, **values) -> None:
        self._add(code, Severity.WARNING, values)

    def extend(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self._add(finding.code, finding.severity, finding.values)

    def _add(self, code: str, severity: Severity, values: dict) -> None:
        finding = Finding(code, severity, {key: _shown(value) for key, value in values.items()})
        count = self._counts.get(code, 0)
        if count < self._per_code and finding not in self._found:
            self._found.append(finding)
            self._counts[code] = count + 1

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self._found if finding.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Finding]:
        return [finding for finding in self._found if finding.severity is Severity.WARNING]

    @property
    def failed(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self._found)


def _shown(value) -> str:
    """Names from a package are shown shortened and without characters that draw nothing or break lines."""
    text = "".join(char if char.isprintable() else "�" for char in str(value))
    return text if len(text) <= 200 else text[:197] + "…"
