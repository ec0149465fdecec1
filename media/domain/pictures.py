"""Public copies of a story's pictures, made in the background before the first reader comes."""

from media import queries
from media.domain import publishing
from media.models import Photograph
from media.renditions import CARD_SPECS, PORTRAIT_SPECS, STORY_SPECS


def prepare(story_id: int) -> None:
    """Makes the renditions the story's page and the lists use. May run twice: existing ones are kept.

    Only while the story may be shown, and undone if a consent was withdrawn meanwhile.
    """
    may_be_shown = queries.stories_for(None).filter(pk=story_id)
    story = may_be_shown.first()
    if story is None:
        return
    portraits = {person.portrait_id for person in story.people.all()}
    for photograph in Photograph.objects.filter(used_in_stories__story=story_id):
        specs = PORTRAIT_SPECS if photograph.pk in portraits else STORY_SPECS
        photograph.get_renditions(*specs)
        if photograph.pk == story.main_photograph_id:
            photograph.get_renditions(*STORY_SPECS, *CARD_SPECS)
    if not may_be_shown.exists():
        publishing.clean_up_story(story_id)
