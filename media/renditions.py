"""Renditions are public, and a camera writes where and when a picture was taken into the file."""

from django.conf import settings
from wagtail.images.models import Filter
from willow.plugins.pillow import PillowImage

# What the templates ask for, so that a task can make it before the first reader comes.
STORY_SIZES = ("width-400", "width-800", "width-1200")
CARD_SIZES = ("fill-640x420",)
PORTRAIT_SIZES = ("fill-640x480",)


def formats() -> tuple[str, ...]:
    """The formats pictures are served in, the smallest first; JPEG, which every reader can show, is among them."""
    return tuple(settings.PRESS_PICTURE_FORMATS)


def specs_of(sizes) -> list[Filter]:
    return [Filter(f"format-{name}|{size}") for size in sizes for name in formats()]


def forget_camera_data() -> None:
    """Makes Willow drop EXIF data from every rendition; it would copy them, place and time included.

    Willow turns the picture upright before this point, so the orientation is not lost.
    """
    PillowImage.get_exif_data = lambda image: None
