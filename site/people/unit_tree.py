"""Units as a tree in memory as of a day: one query, however many units there are."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import FilteredRelation, QuerySet

from people.models import Unit
from people.queries import current_on


@dataclass(eq=False)
class UnitNode:
    """A unit as it stands in the tree that day; `parent` is None at the edge of the given units."""

    pk: int
    name: str
    sort_key: str = ""
    is_closed: bool = False
    parent: "UnitNode | None" = None
    children: list["UnitNode"] = field(default_factory=list)
    depth: int = 0

    @property
    def label(self) -> str:
        """The name with its parent's, as each commune has its “Văn phòng”; units under a root stand alone."""
        if self.parent is None or self.parent.parent is None:
            return self.name
        return f"{self.name}, {self.parent.name}"

    @property
    def indented(self) -> str:
        """The name as it stands in a list of choices that is a tree."""
        return "\u00a0\u00a0\u00a0" * self.depth + self.name

    def walk(self) -> Iterator["UnitNode"]:
        """The unit and everything below it, each parent before its children."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class UnitTree:
    """Units by id, and those no other of them stands above."""

    nodes: dict[int, UnitNode]
    roots: list[UnitNode]

    def walk(self) -> Iterator[UnitNode]:
        for root in self.roots:
            yield from root.walk()

    def open_units(self) -> list[UnitNode]:
        """What can be chosen: all but the units dissolved since, whose people are posted elsewhere now."""
        return [node for node in self.walk() if not node.is_closed]


def tree_of(units: QuerySet[Unit], day: date) -> UnitTree:
    """The units as a tree as of `day`, children in the order of their names."""
    rows = units.annotate(place=FilteredRelation("placements", condition=current_on(day, "placements__"))).values_list(
        "pk", "name", "search_key", "active_to", "place__parent_id"
    )
    nodes: dict[int, UnitNode] = {}
    parents: dict[int, int | None] = {}
    for pk, name, key, active_to, parent in rows:
        nodes[pk] = UnitNode(pk, name, key, is_closed=active_to is not None and active_to <= day)
        parents[pk] = parent
    roots = []
    for node in sorted(nodes.values(), key=lambda node: (node.sort_key, node.name, node.pk)):
        node.parent = nodes.get(parents[node.pk])
        (node.parent.children if node.parent else roots).append(node)
    tree = UnitTree(nodes, roots)
    for node in tree.walk():
        node.depth = node.parent.depth + 1 if node.parent else 0
    return tree
