"""What an exception for one person needs, whichever it is: a reason, and somebody else who approved it."""

from django.utils.translation import gettext as _

from shared.errors import DomainError


def require_approval(person_id: int, *, reason: str, approved_by, actor) -> None:
    """Raises DomainError without a reason, or if the person does it or approves it for themselves."""
    if not reason.strip():
        raise DomainError(_("A reason is needed."))
    if person_id in (actor.pk, approved_by.pk):
        raise DomainError(_("Nobody grants or approves this for themselves."))
