"""Making a story's share card after publication."""

import secrets

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from media import queries, share_card
from media.domain import public_files
from media.domain.consent import may_go_social
from media.models import ShareCard, StoryPage


def make_share_card(story_id: int) -> None:
    """Draws the card of a published story; one that may not be shown loses its card. May run twice.

    The picture is left out unless everybody in it consented to social networks, where cards end up.
    """
    story = _shown_story(story_id)
    if story is None:
        _drop_card(story_id)
        return
    content = share_card.draw(
        title=story.title,
        label=share_card.label_of(story),
        photograph=story.main_photograph if may_go_social(story, timezone.localdate()) else None,
    )
    storage = ShareCard._meta.get_field("file").storage
    name = storage.save(f"share-cards/{story_id}-{secrets.token_hex(16)}.jpg", ContentFile(content))
    public_files.retire(_exchange(story_id, name))


@transaction.atomic
def _drop_card(story_id: int) -> None:
    cards = ShareCard.objects.filter(story=story_id)
    names = list(cards.values_list("file", flat=True))
    cards._raw_delete(cards.db)
    public_files.retire(names)


def _shown_story(story_id: int) -> StoryPage | None:
    return queries.stories_for(None).filter(pk=story_id).select_related("main_photograph").first()


@transaction.atomic
def _exchange(story_id: int, name: str) -> list[str]:
    """Puts the new file in the old one's place unless the story came down meanwhile. Returns files to go."""
    if _shown_story(story_id) is None:
        return [name]
    former = list(ShareCard.objects.filter(story=story_id).values_list("file", flat=True))
    ShareCard.objects.update_or_create(story_id=story_id, defaults={"file": name})
    return former
