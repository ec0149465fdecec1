"""Parts of a picture made unrecognisable: reduced to a few coarse squares, so that nothing can be computed back."""

from io import BytesIO

from PIL import Image, ImageOps

SQUARES = 7  # along the longer side of a region


def upright(original: Image.Image) -> Image.Image:
    """The picture as people see it, turned as the camera noted, without the camera's data."""
    return ImageOps.exif_transpose(original).convert("RGB")


def blurred(original: Image.Image, regions) -> Image.Image:
    """A copy, upright, with each region [left, top, width, height] (parts of 1) reduced to coarse squares."""
    picture = upright(original)
    for left, top, width, height in regions:
        box = (
            max(0, int(left * picture.width)),
            max(0, int(top * picture.height)),
            min(picture.width, round((left + width) * picture.width)),
            min(picture.height, round((top + height) * picture.height)),
        )
        if box[2] - box[0] < 2 or box[3] - box[1] < 2:
            continue
        part = picture.crop(box)
        scale = SQUARES / max(part.size)
        few = part.resize((max(1, round(part.width * scale)), max(1, round(part.height * scale))), Image.Resampling.BOX)
        picture.paste(few.resize(part.size, Image.Resampling.NEAREST), box)
    return picture


def as_file(picture: Image.Image) -> BytesIO:
    """The picture as a JPEG without data about its making, positioned at its beginning."""
    file = BytesIO()
    picture.save(file, "JPEG", quality=95, subsampling=0)
    file.seek(0)
    return file
