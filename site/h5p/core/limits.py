"""How large a package may be. The numbers bound time and memory of a check, whatever the package claims."""

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, of unpacked files unless said otherwise."""

    package: int = 100 * MB
    """the .h5p file itself"""
    file: int = 64 * MB
    total: int = 300 * MB
    members: int = 5_000
    ratio: int = 100
    """unpacked to packed, for members larger than `ratio_from`"""
    ratio_from: int = 1 * MB
    json: int = 8 * MB
    json_depth: int = 100
    json_values: int = 500_000
    """in one file; each takes a hundred bytes of memory once it is read, however short it is written"""
    path: int = 240
    """characters"""
    pixels: int = 32_000_000
    """of one image; decoding takes four bytes for each"""
    decoded_pixels: int = 400_000_000
    """of all images together; those beyond are checked without decoding them"""
    core_api: tuple[int, int] = (1, 28)
    """the H5P core that will play it"""


DEFAULT_LIMITS = Limits()

CONTENT_EXTENSIONS = (
    frozenset({"json", "txt", "csv", "diff", "patch", "md", "textile", "vtt", "webvtt", "gltf", "glb"})
    | {"png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff"}
    | {"webm", "mp4", "ogg", "mp3", "m4a", "wav"}
    | {"eot", "ttf", "otf", "woff", "woff2"}
    | {"pdf", "rtf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp"}
)
"""What a content may bring. No svg, html or js; Flash (swf) is dropped: nothing plays it any more."""

LIBRARY_EXTENSIONS = CONTENT_EXTENSIONS | {"js", "css", "svg", "xml", "swf"}
"""What a library may bring; old ones still carry a Flash fallback, which is never loaded."""
