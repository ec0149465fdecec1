"""What a file really is, by its first bytes, whatever its name says.

A name in a package decides how a browser gets the file; a web page called "photo.png" must not come through.
The signatures are those of the formats' own specifications; those of HTML follow the WHATWG MIME Sniffing standard.
"""

import io
import re
import warnings
from typing import Final

from PIL import Image, UnidentifiedImageError

from ..findings import Findings
from ..limits import DEFAULT_LIMITS, Limits

IMAGES: Final = frozenset({"png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff"})
TEXTS: Final = frozenset({"json", "txt", "csv", "diff", "patch", "md", "textile", "vtt", "webvtt", "gltf"})
OFFICE: Final = frozenset({"doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf"})
HEAD: Final = 4096

_IMAGE_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|script|iframe|object|embed|h1|div|font|table|a|style|title|b|body|br|p|meta|link"
    rb"|form|img|base)[\s>/]|<!--",
    re.IGNORECASE,
)
_SVG = re.compile(rb"<(?:\w+:)?svg[\s>]", re.IGNORECASE)
_SIGNATURES: tuple[tuple[str, int, bytes], ...] = (  # kind, offset, bytes
    ("png", 0, b"\x89PNG\r\n\x1a\n"),
    ("jpg", 0, b"\xff\xd8\xff"),
    ("gif", 0, b"GIF8"),
    ("webp", 8, b"WEBP"),
    ("bmp", 0, b"BM"),
    ("tif", 0, b"II*\0"),
    ("tif", 0, b"MM\0*"),
    ("mp4", 4, b"ftyp"),
    ("mp4", 4, b"moov"),
    ("mp4", 4, b"mdat"),
    ("mp4", 4, b"free"),
    ("mp4", 4, b"wide"),
    ("mp4", 4, b"skip"),
    ("webm", 0, b"\x1a\x45\xdf\xa3"),
    ("ogg", 0, b"OggS"),
    ("wav", 8, b"WAVE"),
    ("mp3", 0, b"ID3"),
    ("aac", 0, b"ADIF"),
    ("flac", 0, b"fLaC"),
    ("pdf", 0, b"%PDF-"),
    ("rtf", 0, b"{\\rtf"),
    ("ole", 0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("zip", 0, b"PK\x03\x04"),
    ("woff", 0, b"wOFF"),
    ("woff2", 0, b"wOF2"),
    ("ttf", 0, b"\0\1\0\0"),
    ("ttf", 0, b"true"),
    ("ttf", 0, b"ttcf"),
    ("otf", 0, b"OTTO"),
    ("eot", 34, b"LP"),
    ("glb", 0, b"glTF"),
)
_FAMILIES: dict[str, frozenset[str]] = {
    "image": frozenset({"png", "jpg", "gif", "webp", "bmp", "tif"}),
    "media": frozenset({"mp4", "webm", "ogg", "wav", "mp3", "aac", "flac"}),
    "font": frozenset({"woff", "woff2", "ttf", "otf", "eot"}),
    "office": frozenset({"ole", "zip", "rtf"}),
    "pdf": frozenset({"pdf"}),
    "glb": frozenset({"glb"}),
}
_EXPECTED: dict[str, tuple[str, frozenset[str]]] = {  # extension: family, exact kinds
    **{one: ("image", frozenset({one})) for one in ("png", "jpg", "gif", "bmp", "tif")},
    "jpeg": ("image", frozenset({"jpg"})),
    "tiff": ("image", frozenset({"tif"})),
    "mp4": ("media", frozenset({"mp4"})),
    "m4a": ("media", frozenset({"mp4", "aac"})),
    "webm": ("media", frozenset({"webm"})),
    "ogg": ("media", frozenset({"ogg"})),
    "wav": ("media", frozenset({"wav"})),
    "mp3": ("media", frozenset({"mp3"})),
    **{one: ("font", frozenset({one})) for one in ("woff", "woff2", "eot")},
    "ttf": ("font", frozenset({"ttf", "otf"})),
    "otf": ("font", frozenset({"ttf", "otf"})),
    **{one: ("office", frozenset({"ole", "zip", "rtf"})) for one in OFFICE},
    "pdf": ("pdf", frozenset({"pdf"})),
    "glb": ("glb", frozenset({"glb"})),
}


def kind_of(head: bytes) -> str:
    """What the first bytes say: "png", "mp4", "html", "svg", "xml", "text" … or "" for unknown binary data."""
    markup = _markup(head)
    if markup:
        return markup
    for kind, offset, signature in _SIGNATURES:
        if head[offset : offset + len(signature)] == signature:
            return kind
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        return "aac" if head[1] & 0xF6 == 0xF0 else "mp3"
    return "" if b"\0" in head else "text"


def check_content_file(path: str, extension: str, head: bytes, size: int, findings: Findings) -> None:
    """Refuses a file of a content that is markup, or plainly not of the kind its extension names.

    A picture in another picture format, or one sound format under the name of another, is only worth a warning:
    browsers look at the bytes themselves there.
    """
    if size == 0:
        findings.warning("empty-file", path=path)
        return
    kind = kind_of(head)
    if kind in {"html", "svg", "xml"}:
        findings.error(f"content-sniffed-as-{kind}", path=path)
    elif extension in TEXTS:
        if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
            findings.error("content-type-mismatch", path=path, extension=extension)
    elif extension in _EXPECTED:
        _check_kind(path, extension, kind, head, findings)


def check_library_file(path: str, extension: str, head: bytes, findings: Findings) -> None:
    """Refuses pictures of a library that are something else; odd fonts and media, which old libraries are known to
    bring, are only worth a warning. Scripts, styles and drawings are not looked at: a library is code anyway."""
    if head and extension in _EXPECTED:
        _check_kind(path, extension, kind_of(head), head, findings, strict=extension in IMAGES)


def check_image(
    path: str, data: bytes, findings: Findings, limits: Limits = DEFAULT_LIMITS, *, decode: bool = True
) -> int:
    """Decodes the picture; refuses one that cannot be decoded or is too large to be. Returns its points.

    Without `decode` only its head and checksums are read, for a package whose pictures took long enough already.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_IMAGE_FORMATS) as image:
                points = image.width * image.height
                if points > limits.pixels:
                    findings.error(
                        "image-too-large", path=path, used=points // 1_000_000, limit=limits.pixels // 1_000_000
                    )
                elif decode:
                    image.draft(None, (256, 256))  # JPEG can be decoded at a fraction of its size; others ignore it
                    image.load()
                else:
                    image.verify()
                return points
    except Image.DecompressionBombError:
        most = limits.pixels // 1_000_000
        findings.error("image-too-large", path=path, used=f"> {most}", limit=most)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, MemoryError):
        findings.error("not-an-image", path=path)
    return 0


def _check_kind(path: str, extension: str, kind: str, head: bytes, findings: Findings, *, strict: bool = True) -> None:
    family, exact = _EXPECTED[extension]
    if kind in exact:
        return
    if family == "image" and kind not in _FAMILIES["image"]:
        findings.error("not-an-image", path=path)
    elif kind in _FAMILIES[family]:
        findings.warning("other-media-type", path=path, extension=extension, actual=kind)
    elif not _begins_late(extension, kind, head):
        tell = findings.error if strict else findings.warning
        tell("content-type-mismatch", path=path, extension=extension)


def _begins_late(extension: str, kind: str, head: bytes) -> bool:
    """Some programs put padding before the first frame of an MP3, or a few lines before a PDF."""
    if extension == "pdf":
        return b"%PDF-" in head[:1024]
    if extension != "mp3" or kind:
        return False
    return re.search(rb"\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff][\x10-\xef]", head) is not None


def _markup(head: bytes) -> str:
    """ "html", "svg", "xml" or "" by how the text begins; looks through an XML declaration and comments."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\t\n\x0b\x0c\r ")
    if not text.startswith(b"<"):
        return ""
    if text[:5].lower() == b"<?xml" or text[:9].lower() == b"<!doctype" or text[:4] == b"<!--":
        if _SVG.search(text):
            return "svg"
        return "html" if re.search(rb"<html[\s>]|<!doctype\s+html|^<!--", text, re.IGNORECASE) else "xml"
    if _SVG.match(text):
        return "svg"
    return "html" if _HTML.match(text) else ""
