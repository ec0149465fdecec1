"""Filtering parameters: nothing reaches a player that the semantics of its library do not allow.

Follows what the reference implementation does to each kind of field; where it does nothing (numbers as text, values
for yes or no) the value is brought into the kind the scripts expect.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from ..findings import Finding, Findings
from ..names import LibraryName
from . import patterns
from .credits import filtered_copyright, filtered_metadata
from .fields import (
    Field,
    LibraryLookup,
    fields_of,
    is_uuid,
    item_field,
    library_options,
    number,
    only_field,
    option_values,
)
from .references import own_path
from .rich_text import plain, rich

DROPPED = object()
"""Stands for a value that is taken out."""

_DEEPEST = 60
_IMAGE_KEYS = frozenset({"width", "height", "originalImage"})
_VIDEO_KEYS = frozenset({"width", "height", "codecs", "quality", "bitrate"})
_PART_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ESCAPED_ADDRESS = str.maketrans({"<": "%3C", ">": "%3E", '"': "%22", "'": "%27"})


@dataclass
class Filtered:
    """The parameters that may be shown, and what was taken out or missed on the way.

    `missing` are libraries of required parts, without which the content is not what its author made; `left_out`
    those of optional parts.
    """

    params: dict
    missing: set[LibraryName] = field(default_factory=set)
    left_out: set[LibraryName] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def filtered(params: dict, semantics: list | None, lookup: LibraryLookup) -> Filtered:
    """The parameters reduced to what the fields allow. Libraries named inside that `lookup` does not find are
    taken out too and reported as missing."""
    filter_ = _Filter(lookup)
    kept = filter_.group_of_fields(params, semantics or [], 0)
    notes = filter_.findings
    return Filtered(kept, filter_.missing, filter_.left_out, [*notes.errors, *notes.warnings])


class _Filter:
    def __init__(self, lookup: LibraryLookup):
        self.lookup = lookup
        self.findings = Findings()
        self.missing: set[LibraryName] = set()
        self.left_out: set[LibraryName] = set()
        self.kinds: dict[str, Callable] = {
            "text": self.text,
            "number": self.number,
            "boolean": self.boolean,
            "select": self.select,
            "list": self.items,
            "group": self.group,
            "file": self.file,
            "image": self.image,
            "video": self.video,
            "audio": self.audio,
            "library": self.library,
        }

    def value(self, value, semantic: Field, depth: int):
        """The value as the field allows it, or DROPPED."""
        kind = semantic.get("type")
        check = self.kinds.get(kind)
        if check is None:
            self.findings.warning("semantics-unknown-type", field=semantic.get("name", "?"), type=kind)
            return DROPPED
        if value is None or depth > _DEEPEST:
            return DROPPED
        return check(value, semantic, depth + 1)

    # --- plain values ---

    def text(self, value, semantic: Field, depth: int):
        if not isinstance(value, str):
            value = ""
        is_rich = isinstance(semantic.get("tags"), list)
        text = rich(value, semantic) if is_rich else plain(value)
        longest = number(semantic.get("maxLength"))
        if longest is not None and len(text) > longest >= 0:
            text = text[: int(longest)]
            if is_rich:
                text = rich(text, semantic)  # closes what the cut left open
        rule = semantic.get("regexp")
        if isinstance(rule, dict) and not (text == "" and semantic.get("optional")):
            found = patterns.matches(str(rule.get("pattern", "")), str(rule.get("modifiers") or ""), text)
            if found is False:
                return ""
        return text

    def number(self, value, semantic: Field, depth: int):
        result = number(value)
        if result is None:
            result = 0
        low, high, step = (number(semantic.get(key)) for key in ("min", "max", "step"))
        if low is not None:
            result = max(result, low)
        if high is not None:
            result = min(result, high)
        if step is not None and step > 0:
            start = Decimal(str(low or 0))
            rest = (Decimal(str(result)) - start) % Decimal(str(step))
            result = _as_number(Decimal(str(result)) - rest)
        decimals = number(semantic.get("decimals"))
        if decimals is not None and 0 <= decimals <= 15:
            result = _as_number(round(Decimal(str(result)), int(decimals)))
        return result

    def boolean(self, value, semantic: Field, depth: int):
        if isinstance(value, str):
            return value.strip().lower() not in {"", "0", "false", "no", "off"}
        return bool(value)

    def select(self, value, semantic: Field, depth: int):
        options = option_values(semantic)
        if semantic.get("multiple"):
            values = value if isinstance(value, list) else [value]
            chosen = (self._chosen(one, options, semantic) for one in values)
            return [one for one in chosen if one is not DROPPED]
        if isinstance(value, list):
            value = value[0] if value else None
        chosen = self._chosen(value, options, semantic)
        if chosen is not DROPPED:
            return chosen
        return _escaped(options[0]) if options else DROPPED

    def _chosen(self, value, options: list, semantic: Field):
        if isinstance(value, dict | list) or value is None:
            return DROPPED
        if options and not semantic.get("optional") and not any(str(value) == str(option) for option in options):
            return DROPPED
        return _escaped(value)

    # --- nested values ---

    def items(self, value, semantic: Field, depth: int):
        item = item_field(semantic)
        if not isinstance(value, list) or item is None:
            return DROPPED
        most = number(semantic.get("max"))
        if most is not None and most >= 0:
            value = value[: int(most)]
        kept = [one for one in (self.value(one, item, depth) for one in value) if one is not DROPPED]
        return kept or DROPPED

    def group(self, value, semantic: Field, depth: int):
        only = only_field(semantic)
        if only is not None:
            if (
                isinstance(value, dict)
                and set(value) == {only["name"]}
                and only.get("type") not in {"group", "library"}
            ):
                value = value[only["name"]]  # written by hand, not flattened as authoring tools do
            return self.value(value, only, depth)
        if value == []:
            value = {}
        if not isinstance(value, dict):
            return DROPPED
        kept = self.group_of_fields(value, fields_of(semantic), depth, optional=bool(semantic.get("optional")))
        if semantic.get("isSubContent") is True and _names_a_part(value.get("subContentId")):
            kept["subContentId"] = value["subContentId"]
        return kept

    def group_of_fields(self, value: dict, semantics: list[Field], depth: int, *, optional: bool = False) -> dict:
        """Only known fields, each filtered; the order of the value is kept. Fields of an optional group are
        optional too."""
        known = {one["name"]: one for one in fields_of({"fields": semantics})}
        kept = {}
        for key, one in value.items():
            if key not in known:
                continue
            semantic = known[key] | {"optional": True} if optional else known[key]
            result = self.value(one, semantic, depth)
            if result is not DROPPED:
                kept[key] = result
        return kept

    def library(self, value, semantic: Field, depth: int):
        if not isinstance(value, dict) or not isinstance(value.get("library"), str):
            return DROPPED
        options = library_options(semantic)
        if value["library"] not in options:
            self._note_wrong_library(value["library"], options)
            return DROPPED
        name = LibraryName.parse(value["library"])
        spec = self.lookup(name) if name else None
        if spec is None:
            if name:
                (self.left_out if semantic.get("optional") else self.missing).add(name)
            return DROPPED
        params = value.get("params")
        kept = {"library": str(name)}
        kept["params"] = self.group_of_fields(params if isinstance(params, dict) else {}, spec.semantics or [], depth)
        if is_uuid(value.get("subContentId")):
            kept["subContentId"] = value["subContentId"].strip("{}")
        if "metadata" in value:
            kept["metadata"] = filtered_metadata(value["metadata"])
        for key in _extra_keys(semantic) & value.keys():
            kept[key] = _escaped_deep(value[key])
        return kept

    def _note_wrong_library(self, library: str, options: list[str]) -> None:
        machine_name = library.split(" ")[0]
        expected = next((one for one in options if one.split(" ")[0] == machine_name), None)
        if expected:
            self.findings.warning("library-version-not-valid", library=library, expected=expected)
        else:
            self.findings.warning("library-not-valid", library=library)

    # --- files ---

    def file(self, value, semantic: Field, depth: int):
        return self._file(value, semantic, frozenset())

    def image(self, value, semantic: Field, depth: int):
        return self._file(value, semantic, _IMAGE_KEYS)

    def video(self, value, semantic: Field, depth: int):
        return self._files(value, semantic, _VIDEO_KEYS)

    def audio(self, value, semantic: Field, depth: int):
        return self._files(value, semantic, frozenset())

    def _files(self, value, semantic: Field, keys: frozenset[str]):
        files = [value] if isinstance(value, dict) else value
        if not isinstance(files, list):
            return DROPPED
        kept = [one for one in (self._file(one, semantic, keys) for one in files) if one is not DROPPED]
        return kept or DROPPED

    def _file(self, value, semantic: Field, keys: frozenset[str]):
        if not isinstance(value, dict) or not isinstance(value.get("path"), str):
            return DROPPED
        path = self._path(value["path"])
        if not path:
            self.findings.warning("unsafe-media-path", path=value["path"])
            return DROPPED
        kept: dict = {"path": path}
        if isinstance(value.get("mime"), str):
            kept["mime"] = plain(value["mime"])
        if "copyright" in value:
            kept["copyright"] = filtered_copyright(value["copyright"])
        for key in keys & value.keys():
            checked = _file_property(key, value[key])
            if checked is not DROPPED:
                kept[key] = checked
        for key in _extra_keys(semantic) & value.keys():
            kept[key] = _escaped_deep(value[key])
        return kept

    def _path(self, path: str) -> str:
        """An address on the web, or a path inside the content's folder; "" for anything else."""
        if path.lower().startswith(("http://", "https://")):
            return path.translate(_ESCAPED_ADDRESS) if path.isprintable() else ""
        return plain(own_path(path))


def _file_property(key: str, value):
    if key in {"width", "height", "bitrate"}:
        found = number(value)
        return int(found) if found is not None else DROPPED
    if key == "codecs":
        return plain(value) if isinstance(value, str) else DROPPED
    if key == "originalImage":
        if isinstance(value, dict):
            return _escaped_deep(value)
        return plain(own_path(value)) if isinstance(value, str) else DROPPED
    if isinstance(value, dict) and "level" in value and "label" in value:  # quality
        return {"level": int(number(value["level"]) or 0), "label": plain(str(value["label"]))}
    return DROPPED


def _extra_keys(semantic: Field) -> set[str]:
    """Keys of its own a field allows beside the usual ones; "metadata" of a video, for instance."""
    return {one for one in semantic.get("extraAttributes") or () if isinstance(one, str)}


def _escaped(value):
    return plain(value) if isinstance(value, str) else value


def _escaped_deep(value):
    if isinstance(value, list):
        return [_escaped_deep(one) for one in value]
    if isinstance(value, dict):
        return {plain(key): _escaped_deep(one) for key, one in value.items()}
    return _escaped(value)


def _names_a_part(value: object) -> bool:
    """Ids of questions that are no library of their own; converters write others than UUIDs, and results need them."""
    return isinstance(value, str) and _PART_ID.fullmatch(value) is not None


def _as_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
