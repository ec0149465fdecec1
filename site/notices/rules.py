"""May this person do that? The lists in `queries` agree with these answers."""

from people.rules import can_see_person


def can_read_letter(actor, letter) -> bool:
    """Read in the log what was told: the reader, and whoever may read the reader's staff record."""
    return actor.is_authenticated and (letter.person_id == actor.pk or can_see_person(actor, letter.person))
