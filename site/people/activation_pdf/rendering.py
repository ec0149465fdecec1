"""Activation slips as a PDF: eight on an A4 page, with lines to cut along, drawn by Typst.

The texts reach Typst as one JSON string and are set as text; the template never reads them as markup.
"""

import io
import json
import threading
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

import segno
import typst
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont, TTLibError

from shared.text.fold import to_nfc

_TEMPLATES = Path(__file__).resolve().parent
_SANS, _STRONG, _SERIF = "BeVietnamPro-Regular.ttf", "BeVietnamPro-SemiBold.ttf", "Newsreader-SemiBold.ttf"

_own = threading.local()


class SlipRenderingError(Exception):
    """The slips cannot be drawn; the message names the file or the engine's fault, never a code."""


def render(slips: list, *, expires: datetime, fonts: Path) -> bytes:
    """The PDF of these slips (full_name, unit, sign_in_name, code), set in the faces of the folder `fonts`.

    Always Vietnamese. A sign that the typeface lacks in somebody's name is printed as “?”: what is needed to sign
    in consists of plain letters. Many threads may call it.
    """
    fonts = Path(fonts).resolve()
    known = _faces(fonts).known
    address = settings.WAGTAILADMIN_BASE_URL + reverse("activate")
    with translation.override("vi"):
        data = _words(expires, address) | {
            "slips": [
                {
                    "name": _drawable(slip.full_name, known),
                    "unit": _drawable(slip.unit, known),
                    "sign_in_name": _drawable(slip.sign_in_name, known),
                    "code": slip.code,
                }
                for slip in slips
            ]
        }
    faces = _faces(fonts)
    inputs = {"data": json.dumps(data, ensure_ascii=False), "qr_svg": _qr_svg(address)}
    inputs |= {"sans": faces.sans, "serif": faces.serif}
    try:
        return _compiler(fonts).compile(format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"])
    except typst.TypstError:
        raise SlipRenderingError("Typst refused the activation slips.") from None  # its own message may quote a code


def _words(expires: datetime, address: str) -> dict[str, str]:
    """What all slips say alike."""
    short = address.partition("://")[2]
    return {
        "site": settings.SITE_NAME,
        "title": _("Account activation slip"),
        "sign_in_label": _("Sign-in name"),
        "code_label": _("One-time code"),
        "step_1": _("1. Open %(address)s or scan the square.") % {"address": short},
        "step_2": _("2. Enter the sign-in name and the code."),
        "step_3": _("3. Choose a password of your own."),
        "valid": _("Works once, until %(day)s. Please hand it to nobody.") % {"day": expires.strftime("%d/%m/%Y")},
        "qr_alt": _("QR code of %(address)s") % {"address": short},
        "demo": _("Illustrative data") if settings.DEMO_CONTENT else "",
    }


@dataclass(frozen=True)
class _Faces:
    known: frozenset[str]  # what all of them can draw
    sans: str
    serif: str
    loaded: typst.Fonts


@lru_cache(maxsize=4)
def _faces(folder: Path) -> _Faces:
    """The typefaces, read once. A missing or broken file raises and is looked for again the next time."""
    known = frozenset.intersection(*(_characters(folder / name) for name in (_SANS, _STRONG, _SERIF)))
    loaded = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    families = {Path(font.path).name: font.family for font in loaded.fonts() if font.path}
    return _Faces(known, families[_SANS], families[_SERIF], loaded)


def _characters(file: Path) -> frozenset[str]:
    try:
        with TTFont(file, lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap()))
    except (TTLibError, OSError) as error:
        raise SlipRenderingError(f"The font file {file} cannot be read.") from error


def _drawable(text: str, known: frozenset[str]) -> str:
    return "".join(char if char in known or known.issuperset(normalize("NFD", char)) else "?" for char in to_nfc(text))


def _qr_svg(address: str) -> str:
    """Without a margin; the template keeps the four modules around it free."""
    svg = io.BytesIO()
    segno.make(address, error="m", micro=False).save(svg, kind="svg", border=0, dark="#211C16", omitsize=True)
    return svg.getvalue().decode()


def _compiler(fonts: Path) -> typst.Compiler:
    """This thread's compiler: one must not be entered twice at a time, and making one is dear."""
    compilers = _own.__dict__.setdefault("compilers", {})
    if fonts not in compilers:
        loaded = _faces(fonts).loaded
        compilers[fonts] = typst.Compiler(
            _TEMPLATES / "slips.typ", root=_TEMPLATES, font_paths=loaded, ignore_system_fonts=True
        )
    return compilers[fonts]
