"""Checks the fields of a YAML source one by one and collects what is wrong with them."""

import re
from decimal import Decimal, InvalidOperation

from shared.text.fold import to_nfc
from shared.yaml_source import Problem, SourceProblems, YamlSource

_MISSING = object()
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


class Checker:
    """Reads values by their path (“course.title”, “modules[0].code”); faults carry file, line and field."""

    def __init__(self, source: YamlSource):
        self.source = source
        self.problems: list[Problem] = []

    def fault(self, field: str, message: str) -> None:
        self.problems.append(self.source.problem(field, message))

    def stop_if_any(self) -> None:
        """Raises SourceProblems if anything was wrong so far."""
        if self.problems:
            raise SourceProblems(self.problems)

    def value(self, field: str):
        """The raw value at a path; None when there is none."""
        found = self._find(field)
        return None if found is _MISSING else found

    def mapping(self, field: str, allowed: set[str] | None, needed: frozenset | set = frozenset()) -> None:
        value = self._find(field) if field else self.source.data
        if not isinstance(value, dict):
            self.fault(field, "must hold named fields (“name: value”)")
            return
        for key in value if allowed is not None else ():
            if key not in allowed:
                self.fault(f"{field}.{key}".strip("."), f"is not known here; allowed: {', '.join(sorted(allowed))}")
        for key in sorted(needed - set(value)):
            self.fault(f"{field}.{key}".strip("."), "is missing")

    def keys(self, field: str) -> list[str]:
        value = self._find(field)
        return list(value) if isinstance(value, dict) else []

    def indexes(self, field: str) -> range:
        value = self._find(field)
        if value is _MISSING:
            return range(0)
        if not isinstance(value, list) or not value:
            self.fault(field, "must be a list with at least one entry (“- …”)")
            return range(0)
        return range(len(value))

    def text(self, field: str, longest: int = 5000, optional: bool = False, default: str = "") -> str:
        value = self._find(field)
        if value is _MISSING or value is None:
            if not optional and not self._reported(field):
                self.fault(field, "is missing")
            return default
        if not isinstance(value, str) or not value.strip():
            self.fault(field, "must be a text that is not empty")
            return default
        if len(value) > longest:
            self.fault(field, f"must have at most {longest} characters; it has {len(value)}")
        return to_nfc(value)

    def translated(self, field: str, longest: int, optional: bool = False) -> str:
        """The Vietnamese of a text written as {vi: …, en: …}."""
        value = self._find(field)
        if value is _MISSING and optional:
            return ""
        if not isinstance(value, dict) or "vi" not in value:
            if not self._reported(field):
                self.fault(field, "must be written as {vi: “…”, en: “…”}; vi is needed")
            return ""
        self.mapping(field, {"vi", "en"})
        return self.text(f"{field}.vi", longest)

    def number(self, field: str, lowest: int, highest: int, default: int | None = None, optional: bool = False):
        value = self._find(field)
        if value is _MISSING and (optional or default is not None):
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            if not self._reported(field):
                self.fault(field, f"must be a whole number from {lowest} to {highest}")
            return lowest
        return value

    def decimal(self, field: str, lowest: Decimal, highest: Decimal) -> Decimal:
        value = self._find(field)
        try:
            number = Decimal(str(value)) if not isinstance(value, bool) else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite() or not lowest <= number <= highest:
            self.fault(field, f"must be a number from {lowest} to {highest}")
            return lowest
        return number

    def flag(self, field: str, default: bool) -> bool:
        value = self._find(field)
        if value is _MISSING:
            return default
        if not isinstance(value, bool):
            self.fault(field, "must be true or false")
            return default
        return value

    def slug(self, field: str) -> str:
        value = self.text(field, longest=100)
        if value and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
            self.fault(field, "may hold small letters a–z, digits and single hyphens only")
        return value

    def choice(self, field: str, allowed: list[str], default: str) -> str:
        value = self._find(field)
        if value is _MISSING:
            return default
        if value not in allowed:
            self.fault(field, f"must be one of: {', '.join(allowed)}")
            return default
        return value

    def unique(self, field: str, seen: set[str]) -> str:
        value = self.text(field, longest=40)
        if value and value in seen:
            self.fault(field, f"“{value}” is used twice")
        seen.add(value)
        return value

    def _reported(self, field: str) -> bool:
        return any(problem.field == field for problem in self.problems)

    def _find(self, field: str):
        found = self.source.data
        for name, index in _STEP.findall(field):
            if name and isinstance(found, dict) and name in found:
                found = found[name]
            elif index and isinstance(found, list) and int(index) < len(found):
                found = found[int(index)]
            else:
                return _MISSING
        return found
