"""The certificate as a PDF: one A4 page drawn by Typst from texts that were frozen when it was issued.

The texts reach Typst as input strings and are set as text; the template never reads them as markup. The
output is tagged, PDF/A-2a and PDF/UA-1 (as Typst asserts), and the same input gives the same bytes.
"""

import io
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

import segno
import typst
from fontTools.ttLib import TTFont, TTLibError

from shared.text.fold import to_nfc, to_nfc_lines

_TEMPLATES = Path(__file__).resolve().parent
_STANDARDS = ["a-2a", "ua-1"]
_VIETNAM = timezone(timedelta(hours=7))

_REGULAR = "BeVietnamPro-Regular.ttf"
_SEMIBOLD = "BeVietnamPro-SemiBold.ttf"
_SERIF = "Newsreader-SemiBold.ttf"

# Which face sets which text, as in completion.typ.
_FACES = {
    "issuer_parent": _REGULAR,
    "issuer": _SEMIBOLD,
    "title": _SERIF,
    "full_name": _SERIF,
    "unit": _REGULAR,
    "course": _SERIF,
    "duration": _REGULAR,
    "period": _REGULAR,
    "result": _REGULAR,
    "place_and_date": _REGULAR,
    "signatory_position": _SEMIBOLD,
    "signatory_name": _SEMIBOLD,
    "register_number": _SEMIBOLD,
    "code": _SEMIBOLD,
    "verify_url": _REGULAR,
    "footnote": _REGULAR,
    "demo_mark": _SEMIBOLD,
}
# Drawn with a character that looks the same where a face lacks it: the letter apostrophe, the firm hyphen.
_LOOK_ALIKES = {"\u02bc": "\u2019", "\u2011": "-"}

_own = threading.local()


class CertificateRenderingError(Exception):
    """The certificate cannot be drawn; the message names the file, the character or the engine's fault."""


@dataclass(frozen=True)
class CertificateText:
    """Everything that is printed, in Vietnamese, as frozen at issue. Texts that may be "" leave no gap."""

    issuer_parent: str
    issuer: str
    title: str
    full_name: str
    unit: str
    course: str
    duration: str
    period: str
    result: str
    place_and_date: str
    signatory_position: str  # a line break separates "KT. GIÁM ĐỐC" from "PHÓ GIÁM ĐỐC"
    signatory_name: str
    register_number: str
    code: str
    verify_url: str
    footnote: str
    demo_mark: str
    issued_at: datetime  # the date in the metadata; must know its time zone


def render(text: CertificateText, fonts: Path) -> bytes:
    """The PDF of one certificate, set in the three faces of the folder `fonts`. Many threads may call it."""
    if text.issued_at.tzinfo is None:
        raise CertificateRenderingError("issued_at has no time zone.")
    faces = _faces(Path(fonts).resolve())
    strings = {name: _drawable(name, getattr(text, name), faces) for name in _FACES}
    strings |= {"qr_svg": _qr_svg(strings["verify_url"]), "sans": faces.sans, "serif": faces.serif}
    try:
        return _compiler(faces).compile(
            format="pdf",
            sys_inputs=strings,
            pdf_standards=_STANDARDS,
            timestamp=text.issued_at.astimezone(_VIETNAM).replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise CertificateRenderingError(f"Typst refused the certificate {text.code}: {error}") from error


def fonts_of(fonts: Path) -> "_Faces":
    """The three faces of the folder for another document of ours: `loaded` for the compiler, `sans` and `serif`."""
    return _faces(Path(fonts).resolve())


@dataclass(frozen=True)
class _Faces:
    folder: Path
    characters: dict[str, frozenset[str]]  # of each file
    sans: str
    serif: str
    loaded: typst.Fonts


@lru_cache(maxsize=4)
def _faces(folder: Path) -> _Faces:
    """The three faces, read once. A missing or broken file raises and is looked for again the next time."""
    characters = {name: _characters(folder / name) for name in (_REGULAR, _SEMIBOLD, _SERIF)}
    loaded = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    families = {Path(font.path).name: font.family for font in loaded.fonts() if font.path}
    if not families.keys() >= characters.keys():
        raise CertificateRenderingError(f"Typst finds only {sorted(families)} among the fonts in {folder}.")
    return _Faces(folder, characters, families[_REGULAR], families[_SERIF], loaded)


def _characters(file: Path) -> frozenset[str]:
    if not file.is_file():
        raise CertificateRenderingError(f"The font file {file} is missing.")
    try:
        with TTFont(file, lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap()))
    except (TTLibError, OSError) as error:
        raise CertificateRenderingError(f"The font file {file} cannot be read: {error}") from error


def _drawable(field: str, value: str, faces: _Faces) -> str:
    """The text in NFC, made only of characters that its face can draw."""
    file = _FACES[field]
    known = faces.characters[file]
    clean = to_nfc_lines(value) if field == "signatory_position" else to_nfc(value)
    drawn = "".join(_LOOK_ALIKES.get(char, char) if char not in known else char for char in clean)
    for char in drawn:
        # A letter that the face lacks as a whole (ŏ) is composed from its parts by the shaper.
        if char != "\n" and not known.issuperset(char) and not known.issuperset(normalize("NFD", char)):
            raise CertificateRenderingError(
                f"The font {file} has no character {char!r} (U+{ord(char):04X}) for {field} “{clean}”."
            )
    return drawn


def _qr_svg(url: str) -> str:
    """The QR code without a margin; the template keeps the four modules around it free."""
    try:
        code = segno.make(url, error="m", micro=False)
    except ValueError as error:
        raise CertificateRenderingError(f"No QR code can be made of the address “{url}”: {error}") from error
    svg = io.BytesIO()
    code.save(svg, kind="svg", border=0, dark="#211C16", omitsize=True)
    return svg.getvalue().decode()


def _compiler(faces: _Faces) -> typst.Compiler:
    """This thread's compiler: one must not be entered twice at a time, and making one is dear."""
    compilers = _own.__dict__.setdefault("compilers", {})
    if faces.folder not in compilers:
        compilers[faces.folder] = typst.Compiler(
            _TEMPLATES / "completion.typ",
            root=_TEMPLATES,
            font_paths=faces.loaded,
            ignore_system_fonts=True,
        )
    return compilers[faces.folder]
