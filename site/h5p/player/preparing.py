"""Makes the bundle of an activity ahead of its first play, in the worker: it takes some seconds."""

from h5p.models import Content
from h5p.player import bundles, core_files
from h5p.player.libraries import libraries_of
from shared.domain import outbox

PREPARE = "h5p.prepare"


@outbox.handler(PREPARE)
def prepare(content_id: int) -> None:
    """Nothing to do while the activity or the player is not complete: the first play makes the bundle then."""
    content = Content.objects.filter(pk=content_id).only("missing_libraries", "main_library").first()
    if content is not None and content.is_ready and core_files.is_there():
        bundles.bundle_of(libraries_of(content))
