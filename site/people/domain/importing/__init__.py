"""HR's lists of people: taken in (`intake`), staged by a worker (`staging`), decided on (`deciding`), applied in one
transaction (`applying`), taken back (`undoing`), handed back with what was found (`reporting`), and written out as
the same columns (`exporting`). Other programs send `entries` and `further_postings`.

`matching` says whose record a row is about, `comparing` what would become of it.
"""

from .applying import RecordsChanged, confirm
from .deciding import decide
from .intake import choose_sheets, discard, forget_closed_before, read_again, upload
from .staging import stage
from .undoing import preview_undo, undo
from .unit_choices import UnitChoice, choose_units

__all__ = [
    "RecordsChanged",
    "UnitChoice",
    "choose_sheets",
    "choose_units",
    "confirm",
    "decide",
    "discard",
    "forget_closed_before",
    "preview_undo",
    "read_again",
    "stage",
    "undo",
    "upload",
]
