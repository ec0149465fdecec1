"""Small questions about a field of semantics.json, asked in one place since libraries write them carelessly."""

from collections.abc import Callable
from uuid import UUID

from ..names import LibraryName
from ..schema import LibrarySpec

LibraryLookup = Callable[[LibraryName], LibrarySpec | None]
"""Finds an installed (or about to be installed) library; None if there is none."""

Field = dict


def fields_of(field: Field) -> list[Field]:
    """The fields of a group."""
    return [one for one in field.get("fields") or () if isinstance(one, dict) and isinstance(one.get("name"), str)]


def only_field(group: Field) -> Field | None:
    """The one field of a group that is stored without the group around it; None for every other group.

    Authoring tools flatten a group of exactly one field, unless it is marked as sub-content.
    """
    fields = fields_of(group)
    return fields[0] if len(fields) == 1 and group.get("isSubContent") is not True else None


def item_field(field: Field) -> Field | None:
    """What every item of a list is."""
    item = field.get("field")
    return item if isinstance(item, dict) else None


def option_values(field: Field) -> list:
    """The values of a select, groups of options flattened, in order."""
    values = []
    for option in field.get("options") or ():
        if isinstance(option, dict) and option.get("type") == "optgroup":
            values += option_values(option)
        elif isinstance(option, dict) and "value" in option:
            values.append(option["value"])
    return values


def library_options(field: Field) -> list[str]:
    """Names of the libraries a field of type "library" may hold ("H5P.X 1.2")."""
    names = (one.get("name") if isinstance(one, dict) else one for one in field.get("options") or ())
    return [one for one in names if isinstance(one, str)]


def number(value: object) -> int | float | None:
    """The value as a number, also if it is one written as text; None if it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        found = float(value)
    except ValueError:
        return None
    if found != found or found in (float("inf"), float("-inf")):
        return None
    return int(found) if found.is_integer() and abs(found) < 1e15 else found


def is_uuid(value: object) -> bool:
    """Whether the value is the id of a part as the reference implementation wants it, with or without braces."""
    if not isinstance(value, str) or len(value) not in {36, 38}:
        return False
    try:
        UUID(value)
    except ValueError:
        return False
    return True
