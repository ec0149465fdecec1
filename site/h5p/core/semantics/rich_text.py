"""Text of contents: escaped, or HTML of the tags a field allows."""

import html
import re
from functools import lru_cache

import nh3

from .fields import Field

ALWAYS_ALLOWED = frozenset({"div", "span", "p", "br"})
NEVER_ALLOWED = (
    frozenset({"script", "style", "iframe", "frame", "frameset", "object", "embed", "applet", "portal"})
    | {"base", "meta", "link", "form", "input", "button", "textarea", "select"}
    | {"svg", "math", "template", "noscript"}
)
TABLE_PARTS = frozenset({"tr", "td", "th", "colgroup", "col", "thead", "tbody", "tfoot", "figure", "figcaption"})
IMPLIED = {
    "b": {"strong"},
    "i": {"em"},
    "ul": {"li"},
    "ol": {"li"},
    "del": {"s"},
    "strike": {"s"},
    "table": TABLE_PARTS,
}
STYLED = frozenset({"span", "p", "div", "h1", "h2", "h3", "table", "col", "figure", "td", "th", "li"})
SCHEMES = frozenset({"ftp", "http", "https", "mailto"})
ATTRIBUTES = (
    frozenset({"class", "id", "title", "lang", "dir", "role", "tabindex", "style", "name"})
    | {"href", "target", "src", "alt", "width", "height", "cite", "datetime"}
    | {"colspan", "rowspan", "scope", "headers", "abbr", "summary", "border", "cellpadding", "cellspacing"}
    | {"align", "valign", "start", "type", "value", "reversed"}
)

_LENGTH = r"[0-9.]+(?:em|px|%|)"
_COLOUR = r"(?:#[a-f0-9]{3}(?:[a-f0-9]{3})?|rgba?\([0-9, ]+\)|hsla?\([0-9,.% ]+\))"
_LINE = r"(?:none|solid|dotted|dashed|double|groove|ridge|inset|outset)"
_FAMILY = r"[-a-z0-9,' &;\"]+"
_ENTITY = re.compile(r"&(?!(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});)", re.IGNORECASE)
LARGEST_FONT = {"px": 200.0, "em": 12.0, "%": 1200.0, "": 12.0}
"""A font beyond these covers the page around the words."""


def plain(text: str) -> str:
    """The text with the characters escaped that mean something in HTML; what is escaped already stays."""
    text = _ENTITY.sub("&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").replace("'", "&#039;")


def rich(text: str, field: Field) -> str:
    """The text reduced to the tags, attributes and styles the field allows."""
    tags = allowed_tags(field)
    patterns = _style_patterns(_frozen_font(field), "table" in tags)

    def attribute(tag: str, name: str, value: str) -> str | None:
        if name.startswith(("on", "-")):
            return None
        if name == "style":
            return _style(value, patterns) if tag in STYLED else None
        return value

    return nh3.clean(
        text,
        tags=set(tags),
        clean_content_tags={"script", "style"},
        attributes={"*": set(ATTRIBUTES)},
        attribute_filter=attribute,
        generic_attribute_prefixes={"data-", "aria-"},
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer",
    )


def allowed_tags(field: Field) -> frozenset[str]:
    """The tags of the field, those that belong to them, and the four every rich text may use."""
    named = {one.lower() for one in field.get("tags") or () if isinstance(one, str)}
    implied = set().union(*(IMPLIED.get(one, frozenset()) for one in named))
    return frozenset((ALWAYS_ALLOWED | named | implied) - NEVER_ALLOWED)


def _frozen_font(field: Field) -> frozenset[str]:
    font = field.get("font")
    return frozenset(key for key, value in font.items() if value) if isinstance(font, dict) else frozenset()


@lru_cache(maxsize=64)
def _style_patterns(font: frozenset[str], table: bool) -> dict[str, re.Pattern]:
    """What each property of a style may say."""
    values = {"text-align": "center|left|right"}
    if "size" in font:
        values["font-size"] = _LENGTH
    if "family" in font:
        values["font-family"] = _FAMILY
    if "color" in font:
        values["color"] = _COLOUR
    if "background" in font:
        values["background-color"] = _COLOUR
    if "spacing" in font:
        values["letter-spacing"] = _LENGTH
    if "height" in font:
        values["line-height"] = _LENGTH
    if table:
        values |= {
            "border": rf"{_LENGTH} *{_LINE} *{_COLOUR}",
            "border-style": _LINE,
            "border-width": _LENGTH,
            "border-color": _COLOUR,
            "border-collapse": "collapse",
            "vertical-align": "middle|top|bottom",
            "padding": _LENGTH,
            "width": _LENGTH,
            "height": _LENGTH,
            "float": "right|left|none",
            "background-color": _COLOUR,
        }
    return {name: re.compile(value, re.IGNORECASE) for name, value in values.items()}


def _style(style: str, patterns: dict[str, re.Pattern]) -> str | None:
    kept = []
    for declaration in html.unescape(style).split(";"):
        name, _colon, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip()
        if name in patterns and patterns[name].fullmatch(value) and not _is_huge(name, value):
            kept.append(f"{name}: {value};")
    return " ".join(kept) or None


def _is_huge(name: str, value: str) -> bool:
    if name not in {"font-size", "line-height", "letter-spacing"}:
        return False
    found = re.fullmatch(r"([0-9.]+)(em|px|%|)", value, re.IGNORECASE)
    try:
        return found is None or float(found[1]) > LARGEST_FONT[found[2].lower()]
    except ValueError:
        return True
