"""An exemplar's standing: checked again from time to time, and annulled when the award is."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from media.domain import publishing
from media.enums import ExemplarStatus
from media.models import Exemplar
from people.domain import audit
from shared.errors import DomainError

NEXT_CHECK = timedelta(days=365)


@transaction.atomic
def still_stands(exemplar: Exemplar, *, actor) -> None:
    """Somebody looked, and the recognition stands; the next look is due in a year."""
    if exemplar.status == ExemplarStatus.ANNULLED:
        raise DomainError(_("This recognition has been annulled."))
    exemplar.checked_at = timezone.now()
    exemplar.recheck_on = timezone.localdate() + NEXT_CHECK
    exemplar.save(update_fields=["checked_at", "recheck_on"])
    audit.record(actor, "exemplar.checked", exemplar)


@transaction.atomic
def annul(exemplar: Exemplar, *, actor, reason: str) -> list:
    """The award was annulled: every story about them comes down now, and none can be published again.

    The reason is internal; readers learn only that a story was removed, and when. Returns the stories.
    """
    if not reason.strip():
        raise DomainError(_("Give the internal reason; readers never see it."))
    if exemplar.status == ExemplarStatus.ANNULLED:
        return []
    exemplar.status, exemplar.annulled_at, exemplar.annulment_reason = (
        ExemplarStatus.ANNULLED,
        timezone.now(),
        reason,
    )
    exemplar.save(update_fields=["status", "annulled_at", "annulment_reason"])
    stories = publishing.take_down_uncleared(actor, showing=exemplar, reason=reason)
    publishing.cancel_refused_appointments(actor)
    audit.record(actor, "exemplar.annulled", exemplar, stories=[story.pk for story in stories])
    return stories
