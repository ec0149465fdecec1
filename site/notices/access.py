"""To whom the addresses of notices are open: their reader; and whoever keeps the reader's record sees the letters."""

from people import rules
from shared.access import PUBLIC, SIGNED_IN, Door, one_of_mine

DOORS = {
    "notices:list": SIGNED_IN,
    "notices:open": one_of_mine("notice"),
    "notices:read_all": SIGNED_IN,
    "notices:preferences": SIGNED_IN,
    "notices:unsubscribe": PUBLIC,  # the signature in the address is the proof
    "notices:calendar": PUBLIC,  # likewise; calendar programs cannot sign in
    "notices:my_letters": SIGNED_IN,
    "notices:letters_of": Door(rules.can_see_people, "person", rules.can_see_person),
}
