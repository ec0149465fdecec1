"""“We applied this too”: a unit reports with proof, the press office accepts."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from media import rules
from media.models import Adoption, StoryPage
from people.domain import audit
from shared.errors import DomainError


@transaction.atomic
def report(story: StoryPage, unit, *, actor, text: str, proof) -> Adoption:
    """Raises DomainError for who does not speak for the unit, or if the unit has reported on this story before."""
    if not rules.can_nominate_for(actor, unit):
        raise DomainError(_("Only the head or an HR officer of a unit reports for it."))
    if Adoption.objects.filter(story=story, unit=unit).exists():
        raise DomainError(_("This unit has reported on this story already."))
    adoption = Adoption.objects.create(story=story, unit=unit, text=text, proof=proof, sent_by=actor)
    audit.record(actor, "adoption.reported", adoption, story=story.pk, unit=unit.pk)
    return adoption


@transaction.atomic
def accept(adoption: Adoption, *, actor) -> None:
    """The proof holds: the text stands below the story from now on. Twice changes nothing."""
    accepted = Adoption.objects.filter(pk=adoption.pk, accepted_at__isnull=True)
    if accepted.update(accepted_at=timezone.now(), accepted_by=actor):
        audit.record(actor, "adoption.accepted", adoption, story=adoption.story_id)
