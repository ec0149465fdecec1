"""Public copies of a story's pictures, made in the background before the first reader comes."""

from media import queries
from media.domain import publishing
from media.models import Photograph


def prepare(story_id: int) -> None:
    """Makes the renditions the story's page and the lists use. May run twice: existing ones are kept.

    Only while the story may be shown, and undone if a consent was withdrawn meanwhile.
    """
    may_be_shown = queries.stories_for(None).filter(pk=story_id)
    if not may_be_shown.exists():
        return
    for photograph in Photograph.objects.filter(used_in_stories__story=story_id):
        photograph.get_renditions(*queries.PICTURE_FILTERS, queries.CARD_FILTER)
    if not may_be_shown.exists():
        publishing.clean_up_story(story_id)
