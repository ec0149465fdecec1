"""Units and their dated tree: what can happen to a unit, from which day on, and what follows from it.

Rows are dated from their first day up to, not including, their last (`valid_from` … `valid_to`), so a change is
recorded before, on or after its day and every day's tree stays as it was.
"""

from people.domain.units.closure import closure_faults, keep_closure, rebuild_closure
from people.domain.units.creating import UnitRow, create_unit, create_units, delete_unit
from people.domain.units.ending import Dealing, close_unit, merge_units, split_unit
from people.domain.units.heads import set_head
from people.domain.units.lock import keep_tree_still
from people.domain.units.naming import add_alias, rename_unit, set_aliases
from people.domain.units.placing import move_unit
from people.domain.units.settling import settle_due
from people.domain.units.soundness import find_faults
from people.domain.units.trial import Outcome, Step, try_change

__all__ = [
    "Dealing",
    "Outcome",
    "Step",
    "UnitRow",
    "add_alias",
    "close_unit",
    "closure_faults",
    "create_unit",
    "create_units",
    "delete_unit",
    "find_faults",
    "keep_closure",
    "keep_tree_still",
    "merge_units",
    "move_unit",
    "rebuild_closure",
    "rename_unit",
    "set_aliases",
    "set_head",
    "settle_due",
    "split_unit",
    "try_change",
]
