"""A story's press kit: its text and high-resolution pictures with captions and credits, as one ZIP."""

import json
import secrets
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from PIL import Image

from media import queries
from media.domain import public_files
from media.domain.consent import missing_for
from media.enums import Channel
from media.models import Photograph, PressKit, StoryPage
from shared.domain import outbox
from shared.text.fold import to_nfc

LARGEST_SIDE = 4000  # pixels; enough for a page of a newspaper


def why_none(story: StoryPage) -> str:
    """Why the story may have no press kit today, in words; "" if it may. Newspapers print: consent to print counts."""
    lacking = missing_for(story, timezone.localdate(), Channel.PRINT)
    return "; ".join(str(lack) for lack in lacking)


def make_press_kit(story_id: int) -> None:
    """Builds the kit of a published story; one that may have none loses it. May run twice."""
    story = queries.stories_for(None).filter(pk=story_id).first()
    if story is None or why_none(story):
        _drop(story_id)
        return
    with translation.override(settings.LANGUAGE_CODE):
        content, pictures = _build(story)
    storage = PressKit._meta.get_field("file").storage
    name = storage.save(f"press-kits/{story_id}-{secrets.token_hex(16)}.zip", ContentFile(content))
    public_files.retire(_exchange(story_id, name, len(content), pictures))


def _build(story: StoryPage) -> tuple[bytes, list[dict]]:
    buffer, pictures = BytesIO(), []
    with ZipFile(buffer, "w") as kit:
        photographs = list(Photograph.objects.filter(used_in_stories__story=story).order_by("pk"))
        for number, photograph in enumerate(photographs, start=1):
            outbox.still_at_it("media.press_kit", story.pk)
            picture = photograph.shown_picture()
            picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS)
            file = BytesIO()
            picture.save(file, "JPEG", quality=92)
            name = f"anh-{number}.jpg"
            kit.writestr(name, file.getvalue(), ZIP_STORED)  # JPEG does not get smaller
            pictures.append(
                {
                    "photograph": photograph.pk,
                    "file": name,
                    "title": photograph.title,
                    "caption": photograph.caption,
                    "credit": photograph.credit,
                    "alt_text": photograph.alt_text,
                    "width": picture.width,
                    "height": picture.height,
                    "size": file.tell(),
                }
            )
        kit.writestr("bai-viet.txt", _text(story), ZIP_DEFLATED)
        kit.writestr("chu-thich-anh.txt", _captions(pictures), ZIP_DEFLATED)
        kit.writestr("chu-thich-anh.json", json.dumps(pictures, ensure_ascii=False, indent=1), ZIP_DEFLATED)
    return buffer.getvalue(), pictures


def _text(story: StoryPage) -> str:
    lines = [story.title, "", story.standfirst, ""]
    if story.is_fictional:
        lines[1:1] = [_("Fictional people and story")]
    for block in story.body:
        words = strip_tags(str(block.render()).replace("</p>", "\n\n").replace("</h2>", "\n\n"))
        lines += [line.strip() for line in words.splitlines() if line.strip()] + [""]
    lines += [story.byline, _("Free to use with the source: %(site)s") % {"site": settings.SITE_NAME}, story.full_url]
    return _joined(lines)


def _joined(lines) -> str:
    return "\r\n".join(to_nfc(str(line or "")) for line in lines)


def _captions(pictures: list[dict]) -> str:
    lines = []
    for one in pictures:
        lines += [f"{one['file']}: {one['caption'] or one['title']}", one["credit"], one["alt_text"], ""]
    return _joined(lines)


@transaction.atomic
def _exchange(story_id: int, name: str, size: int, pictures: list[dict]) -> list[str]:
    """Puts the new file in the old one's place unless the story came down meanwhile. Returns files to go."""
    story = queries.stories_for(None).filter(pk=story_id).first()
    if story is None or why_none(story):
        return [name]
    former = list(PressKit.objects.filter(story=story_id).values_list("file", flat=True))
    PressKit.objects.update_or_create(story_id=story_id, defaults={"file": name, "size": size, "pictures": pictures})
    return former


@transaction.atomic
def _drop(story_id: int) -> None:
    kits = PressKit.objects.filter(story=story_id)
    names = list(kits.values_list("file", flat=True))
    kits._raw_delete(kits.db)
    public_files.retire(names)
