"""How static files are stored: named by their content, compressed, our own scripts and style sheets made smaller."""

import rcssmin
import rjsmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_SMALLER = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}


class SmallerStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Takes remarks and spare space out of what the rooms serve; what packages bring is stored as it came.

    `rooms` are the folders of our own files. A sixth of a first page is style sheet and script, and on an old phone
    over a poor line every kilobyte is waited for.
    """

    def __init__(self, *args, rooms=(), **options):
        self.rooms = frozenset(rooms)
        super().__init__(*args, **options)

    def _save(self, name, content):
        room, _, file = str(name).replace("\\", "/").partition("/")
        smaller = next((make for ending, make in _SMALLER.items() if file.endswith(ending)), None)
        if smaller and room in self.rooms:
            content.seek(0)  # it was read for its hash when files are collected a second time
            content = ContentFile(smaller(content.read().decode("utf-8")).encode("utf-8"))
        return super()._save(name, content)
