"""The tree of units as it stood, stands or will stand on a day, with the people counted in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db.models import Count, Q

from people.enums import UnitKind
from people.models import Posting, Unit, UnitName, UnitPlacement
from shared.text.fold import fold
from shared.text.names import text_key

from .dates import current_on

_KINDS = list(UnitKind.values)


@dataclass
class UnitNode:
    """A unit on that day. `people` are counted in the unit itself, `people_below` with everything below it.

    `wanted` is False for units that a pruned tree shows only because of what stands below them.
    """

    pk: int
    code: str
    name: str
    short_name: str
    kind: str
    line: str
    people: int = 0
    people_below: int = 0
    units_below: int = 0
    wanted: bool = True
    children: list["UnitNode"] = field(default_factory=list)

    @property
    def kind_in_words(self) -> str:
        return UnitKind(self.kind).label

    def walk(self) -> Iterator["UnitNode"]:
        """The unit and all below it, from the top down."""
        yield self
        for child in self.children:
            yield from child.walk()


def unit_tree(day: date) -> list[UnitNode]:
    """The roots with everything below them, sorted by kind and name; four queries whatever the size."""
    lives = Q(active_from__lte=day) & (Q(active_to__isnull=True) | Q(active_to__gt=day))
    fields = ("pk", "code", "name", "short_name", "kind", "line")
    nodes = {row[0]: UnitNode(*row) for row in Unit.objects.filter(lives).order_by().values_list(*fields)}
    for unit, name, short_name in _rows(UnitName, day).values_list("unit", "name", "short_name"):
        if unit in nodes:
            nodes[unit].name, nodes[unit].short_name = name, short_name
    people = _rows(Posting, day).filter(is_primary=True).values_list("unit").annotate(count=Count("person"))
    for unit, count in people:
        if unit in nodes:
            nodes[unit].people = count
    above = dict(_rows(UnitPlacement, day).values_list("unit", "parent"))
    roots = []
    for node in sorted(nodes.values(), key=_place):
        parent = nodes.get(above.get(node.pk))
        (parent.children if parent else roots).append(node)
    for root in roots:
        _sum_up(root)
    return roots


def prune(roots: list[UnitNode], wanted: Callable[[UnitNode], bool]) -> list[UnitNode]:
    """The wanted units with all that stands above them, which is marked as not wanted itself."""
    kept = []
    for node in roots:
        node.children, node.wanted = prune(node.children, wanted), wanted(node)
        if node.wanted or node.children:
            kept.append(node)
    return kept


def called(typed: str) -> Callable[[UnitNode], bool]:
    """Whether every typed word is in a unit's name, short name or code, without regard to marks and case."""
    words = fold(typed).split()

    def fits(node: UnitNode) -> bool:
        text = fold(f"{node.name} {node.short_name} {node.code}")
        return all(word in text for word in words)

    return fits


def _rows(model, day: date):
    return model.objects.filter(current_on(day)).order_by()


def _place(node: UnitNode) -> tuple[int, str, str]:
    return _KINDS.index(node.kind), _key(node.name), node.code


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return text_key(name)


def _sum_up(node: UnitNode) -> None:
    node.people_below, node.units_below = node.people, 0
    for child in node.children:
        _sum_up(child)
        node.people_below += child.people_below
        node.units_below += 1 + child.units_below
