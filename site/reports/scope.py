"""The units a viewer's reports cover."""

from datetime import date

from people.models import Person
from people.queries import report_units_for
from people.unit_tree import UnitNode, UnitTree, tree_of

__all__ = ["UnitNode", "UnitTree", "unit_tree"]


def unit_tree(viewer: Person, day: date) -> UnitTree:
    """The viewer's units (those of the roles held today, and those headed) with what stood below them on `day`."""
    return tree_of(report_units_for(viewer, day), day)
