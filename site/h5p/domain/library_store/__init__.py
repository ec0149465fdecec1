"""The libraries of the site.

Different minor versions stay side by side. Within one, a higher patch takes the place of a lower one only after a
library manager has seen which files differ. Files are prepared in a folder of their own and moved into place inside
the transaction that writes the rows; if anything fails, neither rows nor files are left.

`deciding` what becomes of the libraries of a package, `unpacking` their files, `installing` them, `differing` line by
line, `replacing` one after approval, `keeping`: switching off, restricting, removing; `rows` writes what they have in
common.
"""

from .deciding import Decision, decide
from .differing import FileChange, file_changes
from .installing import install
from .keeping import is_intact, remove, set_enabled, set_restricted
from .replacing import approve, refuse
from .rows import REFRESH
from .unpacking import prepare, unpack

__all__ = [
    "REFRESH",
    "Decision",
    "FileChange",
    "approve",
    "decide",
    "file_changes",
    "install",
    "is_intact",
    "prepare",
    "refuse",
    "remove",
    "set_enabled",
    "set_restricted",
    "unpack",
]
