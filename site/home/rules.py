"""What concerns several rooms at once: may this person have that file?"""

from courses.queries import lessons_for
from home.queries import pages_referring_to
from media import rules as media_rules
from media.queries import stories_for


def can_download(actor, document) -> bool:
    """Everything when signed in; else what is public, or part of a page the reader may open: its published version."""
    if media_rules.can_download(actor, document):
        return True
    pages = pages_referring_to(document)
    return lessons_for(actor).filter(pk__in=pages).exists() or stories_for(actor).filter(pk__in=pages).exists()
