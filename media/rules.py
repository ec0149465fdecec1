"""May this person do that in the press office? The lists in `queries` agree with these answers."""

from people.enums import Role
from people.queries import roles_of

PRESS_ROLES = frozenset({Role.PRESS_OFFICER, Role.ADMINISTRATOR})


def can_keep_consents(actor) -> bool:
    """Record and read consents: the press office and administrators."""
    return actor.is_authenticated and (actor.is_superuser or bool(roles_of(actor) & PRESS_ROLES))


def can_read_consent(actor, consent) -> bool:
    """Those who keep consents, and the person who gave this one."""
    if can_keep_consents(actor):
        return True
    return actor.is_authenticated and consent.exemplar.person_id == actor.pk


def can_withdraw_consent(actor, consent) -> bool:
    """Whoever may read a consent may end it; once is enough."""
    return consent.withdrawn_at is None and can_read_consent(actor, consent)


def can_download(actor, document) -> bool:
    """Public documents are for everybody, all others for people who are signed in."""
    return document.is_public or actor.is_authenticated
