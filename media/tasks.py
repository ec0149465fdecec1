"""Celery doors of the press office: ids in, one domain call."""

from celery import shared_task

from media.domain import consent_requests, pictures, press_kits, public_files, publishing, story_links
from media.domain.share_cards import make_share_card
from shared.domain import outbox

outbox.handler("media.share_card")(make_share_card)
outbox.handler("media.press_kit")(press_kits.make_press_kit)
outbox.handler("media.prepare_pictures")(pictures.prepare)
outbox.handler("media.prepare_photograph")(pictures.prepare_photograph)
outbox.handler("media.mail_consent_link")(consent_requests.mail_link)
outbox.handler("media.mail_story_link")(story_links.mail_link)
outbox.handler("media.delete_retired")(public_files.delete_retired)


@shared_task
def withdraw_lapsed_stories() -> None:
    """Unpublishes stories that may not be shown any more, and public files an interrupted run left behind."""
    publishing.take_down_uncleared()
    publishing.cancel_refused_appointments()
    publishing.sweep_public_files()
    publishing.make_what_is_missing()
    public_files.delete_retired()
