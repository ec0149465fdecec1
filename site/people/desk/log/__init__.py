"""The log of changes in the admin: of one person or unit, and the whole of it, to search and take away."""

from people.desk.log.history import LogView
from people.desk.log.listing import WholeLogView

__all__ = ["LogView", "WholeLogView"]
