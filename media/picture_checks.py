"""Is an uploaded picture what it says it is? Told before anything of it is unpacked or kept.

Refused with the reason: too many pixels (a small file can unpack to gigabytes), a file cut off in the middle, a
picture that is at the same time something else (a polyglot), another format than its name says, a moving picture.
"""

from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image

from shared.errors import DomainError

MOST_PIXELS = 60_000_000  # more than any camera of a press office gives
_FORMATS = {"JPEG": {".jpg", ".jpeg"}, "PNG": {".png"}, "WEBP": {".webp"}, "AVIF": {".avif"}}
# What another program would take the file for. The end of a ZIP archive stands in its last 64 KB.
_ANYWHERE = (b"<script", b"<?php", b"<html", b"<!doctype html")
_AT_THE_BEGINNING = (b"%pdf-",)
_AT_THE_END = (b"pk\x05\x06",)
_END = 66_000


def check(name: str, content: bytes) -> None:
    """Raises DomainError with the reason if the content is not one whole, plain picture in the format of its name."""
    largest = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if len(content) > largest:
        raise DomainError(_("The file is larger than %(size)s MB.") % {"size": largest // 1024 // 1024})
    _refuse_other_contents(content)
    try:
        with Image.open(BytesIO(content), formats=list(_FORMATS)) as picture:
            _refuse_wrong_picture(name, picture)
            picture.load()
    except DomainError:
        raise
    except Image.DecompressionBombError as bomb:
        raise DomainError(_too_many_pixels()) from bomb
    except OSError as problem:
        raise DomainError(
            _("The file cannot be read as a picture, or its end is missing. Export it again from the original.")
        ) from problem
    except Exception as problem:  # decoders raise what they like; none of it may pass as a good picture
        raise DomainError(_("The file is no picture that can be read safely.")) from problem


def _refuse_wrong_picture(name: str, picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise DomainError(_too_many_pixels())
    if getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO":
        raise DomainError(_("Moving pictures are not taken. Save a single picture."))
    if Path(name).suffix.lower() not in _FORMATS.get(picture.format, set()):
        raise DomainError(
            _("The name says one format, the content is %(format)s. Save the picture again in the right format.")
            % {"format": picture.format}
        )


def _refuse_other_contents(content: bytes) -> None:
    lowered = content.lower()
    hidden = any(mark in lowered for mark in _ANYWHERE)
    hidden = hidden or any(mark in lowered[:1024] for mark in _AT_THE_BEGINNING)
    hidden = hidden or any(mark in lowered[-_END:] for mark in _AT_THE_END)
    if hidden:
        raise DomainError(
            _("The file is a picture and something else at once (a page, a program or an archive). It is not taken.")
        )


def _too_many_pixels() -> str:
    return _("The picture has more than %(count)s million pixels. Save it smaller.") % {
        "count": MOST_PIXELS // 1_000_000
    }
