"""Renditions are public, and a camera writes where and when a picture was taken into the file."""

from wagtail.images.models import Filter
from willow.plugins.pillow import PillowImage

# What the templates ask for, so that a task can make it before the first reader comes.
STORY_SPECS = Filter.expand_spec("format-{webp,jpeg} width-{480,800,1200}")
CARD_SPECS = Filter.expand_spec("format-{webp,jpeg} fill-640x420")
PORTRAIT_SPECS = Filter.expand_spec("format-{webp,jpeg} fill-640x480")


def forget_camera_data() -> None:
    """Makes Willow drop EXIF data from every rendition; it would copy them, place and time included.

    Willow turns the picture upright before this point, so the orientation is not lost.
    """
    PillowImage.get_exif_data = lambda image: None
