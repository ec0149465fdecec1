"""Basic shapes as pieces of SVG."""

import math

_ids = iter(range(1, 100000))


def new_id():
    return f"i{next(_ids)}"


def path(d, fill="none", extra=""):
    return f'<path d="{d}" fill="{fill}" {extra}/>'


def line(d, colour, width, extra=""):
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}" '
        f'stroke-linecap="round" stroke-linejoin="round" {extra}/>'
    )


def ellipse(x, y, rx, ry, fill, extra=""):
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" fill="{fill}" {extra}/>'


def rect(x, y, w, h, fill, rx=0, extra=""):
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{rx}" fill="{fill}" {extra}/>'


def group(body, transform="", extra=""):
    return f'<g transform="{transform}" {extra}>{body}</g>'


def gradient(name, stops, x1=0, y1=0, x2=0, y2=1):
    inner = "".join(
        f'<stop offset="{o}" stop-color="{c}"' + (f' stop-opacity="{rest[0]}"' if rest else "") + "/>"
        for o, c, *rest in stops
    )
    return f'<linearGradient id="{name}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}">{inner}</linearGradient>'


def glow(name, colour, opacity):
    return (
        f'<radialGradient id="{name}"><stop offset="0" stop-color="{colour}" stop-opacity="{opacity}"/>'
        f'<stop offset="1" stop-color="{colour}" stop-opacity="0"/></radialGradient>'
    )


def svg(width, height, defs, body):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}"><defs>{defs}</defs>{body}</svg>\n'
    )


def capsule(x1, y1, r1, x2, y2, r2):
    """Outline of two circles joined by their outer tangents."""
    d = math.hypot(x2 - x1, y2 - y1)
    a = math.atan2(y2 - y1, x2 - x1)
    b = math.acos(max(-1, min(1, (r1 - r2) / d)))
    pts = [
        (x1 + r1 * math.cos(a + b), y1 + r1 * math.sin(a + b)),
        (x2 + r2 * math.cos(a + b), y2 + r2 * math.sin(a + b)),
        (x2 + r2 * math.cos(a - b), y2 + r2 * math.sin(a - b)),
        (x1 + r1 * math.cos(a - b), y1 + r1 * math.sin(a - b)),
    ]
    (ax, ay), (bx, by), (cx, cy), (ex, ey) = pts
    return (
        f"M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}A{r2} {r2} 0 0 0 {cx:.1f} {cy:.1f}"
        f"L{ex:.1f} {ey:.1f}A{r1} {r1} 0 0 0 {ax:.1f} {ay:.1f}Z"
    )
