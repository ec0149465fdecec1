"""Units on the administrators' desk: the tree, one unit with its history, and what can happen to a unit.

Every change is two steps: a form, then what it would do to whom; only then is it confirmed.
"""

from .viewset import UnitViewSet

__all__ = ["UnitViewSet"]
