"""Celery doors of the press office: ids in, one domain call."""

from celery import shared_task

from media.domain import pictures, publishing
from media.domain.share_cards import make_share_card
from shared.domain import outbox

outbox.handler("media.share_card")(make_share_card)
outbox.handler("media.prepare_pictures")(pictures.prepare)
outbox.handler("media.clean_up_story")(publishing.clean_up_story)
outbox.handler("media.purge_photograph")(publishing.purge_photograph_by_id)


@shared_task
def withdraw_lapsed_stories() -> None:
    """Unpublishes stories whose consents have run out, and public files an interrupted run left behind."""
    publishing.take_down_uncleared()
    publishing.cancel_refused_appointments()
    publishing.sweep_share_cards()
