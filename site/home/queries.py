"""Where photographs and documents are used."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex


def pages_referring_to(file) -> list[int]:
    """Ids of the pages whose stored version uses a photograph or document, in text or in a block of its own."""
    references = ReferenceIndex.get_references_to(file).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    return [int(pk) for pk in references.values_list("object_id", flat=True).distinct()]


def live_pages_with(file):
    """The published pages that show the file to readers."""
    return Page.objects.live().filter(pk__in=pages_referring_to(file))
