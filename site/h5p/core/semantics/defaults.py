"""Filling in what is missing: the default values and groups a form would have written.

Scripts of libraries read options such as `params.behaviour.displaySummary` without looking whether they are there,
so content written by hand or by an older form crashes the player. No player or importer known fills them in.

The same holds for the id of every part: without one the results of all parts are taken for one and the same.
"""

import copy
from uuid import UUID, uuid5

from ..names import LibraryName
from .fields import Field, LibraryLookup, fields_of, is_uuid, item_field, only_field

_ABSENT = object()
_DEEPEST = 60
_PARTS = UUID("6f2f0c0e-5f3c-4d0e-9d0b-3a8f1c7f5b21")  # the space in which names of parts without an id are drawn


def with_defaults(params: dict, semantics: list | None, lookup: LibraryLookup) -> dict:
    """A copy of the parameters in which every missing field that has a default, and every missing group that holds
    such fields, is filled in; nested libraries likewise, with an id where they have none. What is there stays as it
    is. The same parameters always get the same ids."""
    return _Filler(lookup).fields(params, semantics or [], 0)


class _Filler:
    def __init__(self, lookup: LibraryLookup):
        self.lookup = lookup
        self.parts = 0

    def fields(self, params: dict, semantics: list[Field], depth: int) -> dict:
        filled = dict(params)
        for field in fields_of({"fields": semantics}):
            value = self.value(filled.get(field["name"], _ABSENT), field, depth + 1)
            if value is not _ABSENT:
                filled[field["name"]] = value
        return filled

    def value(self, value, field: Field, depth: int):
        """The value completed; `_ABSENT` if there is none and no default."""
        if depth > _DEEPEST:
            return value
        if value is None:
            value = _ABSENT
        if field.get("type") == "group":
            return self.group(value, field, depth)
        if value is _ABSENT:
            return copy.deepcopy(field["default"]) if field.get("default") is not None else _ABSENT
        if field.get("type") == "list":
            return self.items(value, field, depth)
        if field.get("type") == "library":
            return self.library(value, depth)
        return value

    def group(self, value, field: Field, depth: int):
        only = only_field(field)
        if only is not None:
            return self.value(value, only, depth + 1)
        if value is _ABSENT and isinstance(field.get("default"), dict):
            value = copy.deepcopy(field["default"])
        if isinstance(value, dict):
            return self.fields(value, fields_of(field), depth)
        if value is _ABSENT or value == []:  # PHP writes an empty object as an empty list
            filled = self.fields({}, fields_of(field), depth)
            return filled or ({} if not field.get("optional") or value == [] else _ABSENT)
        return value

    def items(self, value, field: Field, depth: int):
        item = item_field(field)
        if not isinstance(value, list) or item is None:
            return value
        completed = (self.value(one, item, depth + 1) for one in value)
        return [one for one in completed if one is not _ABSENT]

    def library(self, value, depth: int):
        if not isinstance(value, dict):
            return value
        name = LibraryName.parse(value.get("library"))
        spec = self.lookup(name) if name else None
        if spec is None:
            return value
        self.parts += 1
        part = value.get("subContentId")
        if not is_uuid(part):
            part = str(uuid5(_PARTS, f"{self.parts} {name} {part}"))
        params = value.get("params")
        filled = self.fields(params if isinstance(params, dict) else {}, spec.semantics or [], depth)
        return value | {"params": filled, "subContentId": part}
