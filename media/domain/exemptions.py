"""Exemptions for pictures of public events: granted by somebody else than the author, revoked at any time."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from media import rules
from media.domain import publishing
from media.models import Photograph, PictureExemption
from people.domain import audit
from shared.errors import DomainError


@transaction.atomic
def grant(photograph: Photograph, *, actor, event: str, event_place: str, event_on, reason: str) -> PictureExemption:
    """Records that the people in a picture of a public event need not be asked.

    Raises DomainError if `actor` may not approve it (the uploader, the author of a story with it), if the event lies
    ahead, or if one holds already.
    """
    if not rules.can_approve_exemption(actor, photograph):
        raise DomainError(
            _(
                "An exemption is approved by somebody of the press office who neither uploaded the picture nor wrote "
                "a story with it. Ask a colleague."
            )
        )
    if event_on > timezone.localdate():
        raise DomainError(_("The event has not been yet. Check the date."))
    if photograph.exemptions.filter(revoked_at__isnull=True).exists():
        raise DomainError(_("This picture has an exemption already."))
    exemption = PictureExemption.objects.create(
        photograph=photograph,
        event=event,
        event_place=event_place,
        event_on=event_on,
        reason=reason,
        approved_by=actor,
    )
    audit.record(actor, "exemption.granted", exemption, photograph=photograph.pk)
    return exemption


@transaction.atomic
def revoke(exemption: PictureExemption, *, actor) -> None:
    """Ends the exemption and takes down what lacks consent without it."""
    ended = PictureExemption.objects.filter(pk=exemption.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
    if not ended:
        return
    publishing.take_down_uncleared(actor)
    publishing.cancel_refused_appointments(actor)
    audit.record(actor, "exemption.revoked", exemption, photograph=exemption.photograph_id)
