from .calendar import calendar
from .letters import letters_of, my_letters
from .notices import notice_list, open_notice, read_all
from .preferences import preferences, unsubscribe

__all__ = [
    "calendar",
    "letters_of",
    "my_letters",
    "notice_list",
    "open_notice",
    "preferences",
    "read_all",
    "unsubscribe",
]
