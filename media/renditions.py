"""Renditions are public, and a camera writes where and when a picture was taken into the file."""

from willow.plugins.pillow import PillowImage


def forget_camera_data() -> None:
    """Makes Willow drop EXIF data from every rendition; it would copy them, place and time included.

    Willow turns the picture upright before this point, so the orientation is not lost.
    """
    PillowImage.get_exif_data = lambda image: None
