"""What the pages about access show: squares to scan, browsers by their names."""

import io
import re

import segno
from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()

# The first that matches: browsers name each other in their own names.
_BROWSERS = (("Edge", r"Edg[A-Z]*/"), ("Cốc Cốc", r"coc_coc"), ("Opera", r"OPR/"), ("Firefox", r"Firefox/|FxiOS/"),
             ("Zalo", r"Zalo"), ("Chrome", r"Chrome/|CriOS/"), ("Safari", r"Safari/"))  # fmt: skip
_SYSTEMS = (("Android", r"Android"), ("iPhone", r"iPhone"), ("iPad", r"iPad"), ("Windows", r"Windows"),
            ("macOS", r"Mac OS X"), ("Linux", r"Linux"))  # fmt: skip


@register.simple_tag
def qr_code(text: str) -> str:
    """The square as a drawing within the page: pictures from data addresses are not allowed by the policy."""
    drawing = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawing, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, dark="#211C16", light="#FFFFFF"
    )
    label = _("QR code for the app")
    svg = drawing.getvalue().decode().replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
    return mark_safe(svg)  # noqa: S308  drawn here; the text is only in the squares


@register.filter
def browser_name(user_agent: str) -> str:
    """Such as “Chrome, Android”."""
    found = [
        next((name for name, mark in names if re.search(mark, user_agent or "")), "") for names in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(filter(None, found)) or _("Unknown browser")
