"""What happens to postings: start, change, promote, move, make primary, end; planned steps; corrections.

Every verb takes effect on a day, past, present or future, keeps what was before as its own row, checks the whole
result (`periods`) and writes one entry in the log, in one transaction. `actor` None is the system: imports,
generators. Verbs raise `PostingRefused` in words for the person at the desk.
"""

from .corrections import correct, remove
from .periods import PostingRefused
from .planned import cancel_planned
from .previews import Preview, preview
from .verbs import change, end, make_primary, promote, start, succeed, transfer

__all__ = [
    "PostingRefused",
    "Preview",
    "cancel_planned",
    "change",
    "correct",
    "end",
    "make_primary",
    "preview",
    "promote",
    "remove",
    "start",
    "succeed",
    "transfer",
]
