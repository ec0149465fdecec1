"""Who may come through which address: declared by each room beside its views, walked by tests/access.

A room's `access.py` has `DOORS`, a door for every name of an address in its `urls.py`. An address without a door
fails the walk, so nothing is opened without somebody saying to whom.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase


def everybody(actor) -> bool:
    return True


def signed_in(actor) -> bool:
    return bool(actor.is_authenticated)


@dataclass(frozen=True)
class Door:
    """Whom an address is open to; everybody else is refused, and told nothing about what stands behind it.

    `opens_to(actor)`: the rule of the desk or page. If the address names a thing, `thing` says of what kind and
    `reaches(actor, thing)` is the rule about it: without it, it is not found. `shows` names what of others the
    page may show to people who do not keep their records: "name" where names are public or offered for choice.
    """

    opens_to: Callable = signed_in
    thing: str = ""
    reaches: Callable | None = None
    shows: frozenset[str] = field(default_factory=frozenset)


PUBLIC = Door(everybody)
SIGNED_IN = Door(signed_in)


def own(actor, thing) -> bool:
    """One's own thing: its `person` is the actor."""
    return actor.is_authenticated and thing.person_id == actor.pk


def one_of_mine(kind: str) -> Door:
    """An address for people signed in that names a thing of theirs."""
    return Door(signed_in, kind, own)


def door_of(name: str, doors: dict[str, Door]) -> Door | None:
    """The door declared for the name, else for the longest pattern (`wagtailimages:*`) it falls under."""
    if name in doors:
        return doors[name]
    patterns = [pattern for pattern in doors if "*" in pattern and fnmatchcase(name, pattern)]
    return doors[max(patterns, key=len)] if patterns else None
