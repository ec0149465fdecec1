"""What follows a change of an activity."""

from django.dispatch import receiver

from h5p.player.preparing import PREPARE
from h5p.signals import content_changed
from shared.domain import outbox


@receiver(content_changed)
def prepare_the_first_play(content_id: int, **kwargs) -> None:
    outbox.enqueue(PREPARE, content_id)
