"""Public copies of pictures, made in the background: after the upload, and for a story's page when it goes public."""

from media import queries
from media.domain import kept_pages, publishing
from media.models import Photograph
from media.renditions import CARD_SIZES, PORTRAIT_SIZES, STORY_SIZES, specs_of


def prepare_photograph(photograph_id: int) -> None:
    """Makes the copies pages of stories use. May run twice: existing ones are kept.

    Their addresses cannot be guessed, no page names them before publication, and the server refuses those of people
    without consent.
    """
    for photograph in Photograph.objects.filter(pk=photograph_id):
        photograph.get_renditions(*specs_of(STORY_SIZES + CARD_SIZES))


def prepare(story_id: int) -> None:
    """Makes what the story's page and the lists use and is not there yet. May run twice.

    Only while the story may be shown, and undone if a consent was withdrawn meanwhile.
    """
    may_be_shown = queries.stories_for(None).filter(pk=story_id)
    story = may_be_shown.first()
    if story is None:
        return
    portraits = {person.portrait_id for person in story.people.all()}
    for photograph in Photograph.objects.filter(used_in_stories__story=story_id):
        photograph.get_renditions(*specs_of(STORY_SIZES))
        if photograph.pk in portraits:
            photograph.get_renditions(*specs_of(PORTRAIT_SIZES))
        if photograph.pk == story.main_photograph_id:
            photograph.get_renditions(*specs_of(CARD_SIZES))
    kept_pages.move_stamp()
    if not may_be_shown.exists():
        publishing.retire_public_files(story_id)
