"""Draw the illustrations of the demo stories and courses.

    python draw.py            draw, render and convert everything
    python draw.py counter    only the named pictures

Writes the SVG sources beside this file, the JPEGs to ../pictures/ and the covers beside their courses.
Needs Chromium for rendering and Pillow for the conversion.
"""

# ruff: noqa: N806

import io
import itertools
import math
import pathlib
import random
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PICTURES = HERE.parent / "pictures"
COURSES = HERE.parents[2] / "courses" / "library"
# Covers stand with their courses.
COVERS = {
    "cover-culture": "van-hoa-cong-vu-1847",
    "cover-digital": "ky-nang-so-cbccvc",
    "cover-conduct": "quy-tac-ung-xu-cong-so",
}
CHROMIUM = "/usr/bin/chromium"
MAX_BYTES = 120_000

INK, INDIGO, VERMILION, GOLD, LEAF = "#211C16", "#1D3B66", "#A3201B", "#F0BC42", "#1B6440"
PAPER, IVORY = "#FAF7F1", "#F2ECE0"
SHIRT, SHIRT_SHADE, SHIRT_LINE = "#FBF7EE", "#E9DFCD", "#D5C8B1"
SHIRT_DIM = "#F3ECDF"  # the shirt on the side away from the light
HAIR = "#2A211D"
WOOD, WOOD_DARK, WOOD_LIGHT = "#6B3F2A", "#4A2A1C", "#8A5636"
FAIR = ("#E6B690", "#CF966F", "#B87C58")  # skin, shade, line
TAN = ("#D79F76", "#BC805A", "#9C6444")

_ids = iter(range(1, 100000))


def new_id():
    return f"i{next(_ids)}"


# ---------------------------------------------------------------- basic shapes


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


# ---------------------------------------------------------------- landscape


def ridge(y, amp, seed, n, width, base, x0=0):
    r = random.Random(seed)
    pts = [(x0 + width * i / n, y + amp * (r.random() - 0.5) * 2) for i in range(n + 1)]
    d = f"M{x0} {base}L{pts[0][0]:.0f} {pts[0][1]:.0f}"
    for (x1, y1), (x2, y2) in itertools.pairwise(pts):
        mx = (x1 + x2) / 2
        d += f"C{mx:.0f} {y1:.0f} {mx:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
    return d + f"L{x0 + width} {base}Z"


def karst(y, amp, seed, n, width, base, x0=0):
    """Overlapping limestone peaks: each a rounded cone, all one colour."""
    r = random.Random(seed)
    step = width / n
    d = f"M{x0 - 20} {base}V{y:.0f}H{x0 + width + 20}V{base}Z"
    x = x0 - step * 0.6
    while x < x0 + width + step * 0.4:
        bw = step * (1.15 + r.random() * 0.8)
        h = amp * (0.42 + r.random() * 0.58)
        px = x + bw * (0.42 + r.random() * 0.16)
        d += (
            f"M{x:.0f} {y + 4:.0f}C{x + bw * 0.24:.0f} {y - h * 0.08:.0f} {px - bw * 0.21:.0f} {y - h:.0f} {px:.0f} {y - h:.0f}"
            f"S{px + bw * 0.27:.0f} {y - h * 0.12:.0f} {x + bw * 1.06:.0f} {y + 4:.0f}Z"
        )
        x += step * (0.62 + r.random() * 0.5)
    return d


def terraces(y, step, rows, width, base, seed, colours, x0=0, edge=None):
    """Rice terraces: curved steps, each with a lit lip."""
    s = ""
    for i in range(rows):
        d = ridge(y + i * step * (1 + i * 0.07), 10 + i * 1.8, seed + i, 5, width + 24, base + 6, x0 - 12)
        s += path(d, colours[i % len(colours)], f'stroke="{edge}" stroke-width="2.5"' if edge else "")
    return s


# ---------------------------------------------------------------- people
# Unit of a person: origin at the middle of the face, chin at y = 64, shoulders near y = 130.

FACE = {
    "f": "M-48 -18C-52 -66 52 -66 48 -18C48 14 42 38 24 55Q0 74 -24 55C-42 38 -48 14 -48 -18Z",
    "m": "M-49 -18C-52 -66 52 -66 49 -18C50 18 46 40 29 56Q0 74 -29 56C-46 40 -50 18 -49 -18Z",
}


def eye(x, y, kind, hair, k=1.0, skin=FAIR):
    if kind == "down":
        s = line("M-10 -1Q0 6 10 -1", hair, 3.2) + line("M-9 -6Q0 -10 9 -6", skin[2], 1.8, 'opacity=".6"')
    else:
        s = (
            path("M-10.5 1.5Q-1 -9 10.5 0.5Q1 7 -10.5 1.5Z", "#FFFAF2")
            + ellipse(0, -0.6, 4.9, 4.9, "#2B1A13")
            + ellipse(1.6 if k > 0 else -1.6, -2.2, 1.4, 1.4, "#fff")
            + path("M-12 2.4Q-2 -11.5 11.5 0.2Q0 -6.6 -12 2.4Z", hair)
            + line("M-8 5.2Q1 8 8.5 4", skin[2], 1.3, 'opacity=".6"')
        )
    return group(s, f"translate({x:.1f} {y:.1f}) scale({k},{abs(k)})")


def head(
    sex="f",
    style="bun",
    look=(0, 0),
    skin=FAIR,
    hair=HAIR,
    eyes="open",
    mouth="smile",
    lips="#B4413A",
    old=False,
    blush="#D9775F",
    light=1,
    glasses=False,
):
    """Return (behind, front): the hair behind the body and the head itself."""
    dx, dy = look
    base, shade, dark = skin
    if sex == "m" and lips == "#B4413A":
        lips = "#A9604E"
    behind = front = ""
    turn = 1 if dx > 0 else -1
    # --- behind
    if style not in ("scarf",):
        behind += ellipse(0, -24, 54, 54, hair)
    if style == "bun":
        behind += ellipse(-dx * 0.5 + 6, -78, 30, 26, hair) + line(
            f"M{-dx * 0.5 - 14} -84q18 -14 38 -2", "#fff", 2, 'opacity=".12"'
        )
        behind += path("M-54 -10C-62 30 -46 52 -30 54H30C46 52 62 30 54 -10Z", hair)
    elif style == "bob":
        behind += path(
            "M-56 -16C-70 34 -66 62 -58 82C-40 90 -28 84 -20 76H20C28 84 40 90 58 82C66 62 70 34 56 -16Z",
            hair,
        )
    elif style == "tail":
        t = -turn
        behind += path(
            f"M{t * 30} -50C{t * 92} -56 {t * 96} 10 {t * 86} 66C{t * 84} 88 {t * 74} 100 {t * 66} 106C{t * 66} 70 {t * 64} 20 {t * 34} -10Z",
            hair,
        )
    # --- ears
    for side in (-1, 1):
        if dx * side > 7:
            continue
        x = side * 48 - dx * 0.25
        front += ellipse(x, 4 + dy * 0.3, 8.5, 13, base)
        front += line(f"M{x + side * 2} -3q{side * 3} 6 {-side * 1} 12", dark, 1.8, 'opacity=".55"')
        if sex == "f" and not old and style != "scarf":
            front += ellipse(x + side * 1, 20 + dy * 0.3, 2.6, 2.6, GOLD)
    # --- face
    face = FACE[sex]
    clip = new_id()
    front += f'<clipPath id="{clip}"><path d="{face}"/></clipPath>' + path(face, base)
    front += f'<g clip-path="url(#{clip})">'
    front += path(
        f"M{-light * 60} -70H{-light * 30}C{-light * 42} -20 {-light * 44} 30 {-light * 8} 78H{-light * 60}Z",
        shade,
        'opacity=".42"',
    )
    if style != "scarf":
        front += path(
            f"M-60 -70H60V-14C46 {-22 + dy * 0.4} 30 {-30 + dy * 0.4} 12 {-42 + dy * 0.4}C-6 {-28 + dy * 0.4} -34 {-22 + dy * 0.4} -60 -8Z",
            shade,
            'opacity=".55"',
        )
    else:
        front += path("M-60 -70H60V-18Q30 -36 0 -38Q-30 -36 -60 -18Z", shade, 'opacity=".6"')
    front += "</g>"
    cx, cy = dx, dy
    # --- features
    far, near = 20 - abs(dx) * 0.12, 21
    xs = {-1: cx - (far if turn < 0 else near), 1: cx + (far if turn > 0 else near)}
    brow = 4.4 if sex == "m" else 3.2
    bcol = hair if not old else "#7C7268"
    for side in (-1, 1):
        x = xs[side]
        k = 0.93 if side == turn and abs(dx) > 4 else 1
        front += eye(x, cy + 2, eyes, "#2A1C16", k * side, skin)
        lift = -17 if eyes == "open" else -15
        front += line(
            f"M{x - side * 11 * k:.1f} {cy + lift + 1}Q{x + side * 1} {cy + lift - 6} {x + side * 12.5 * k:.1f} {cy + lift + 0.5}",
            bcol,
            brow,
        )
    if glasses:
        for side in (-1, 1):
            front += ellipse(xs[side], cy + 3, 16.5, 15, "none", 'stroke="#33415C" stroke-width="2.4"')
        front += line(f"M{xs[-1] + 16} {cy + 1}Q{cx} {cy - 4} {xs[1] - 16} {cy + 1}", "#33415C", 2.6)
        front += line(
            f"M{xs[-1] - 16} {cy + 1}L-49 {cy - 1}M{xs[1] + 16} {cy + 1}L49 {cy - 1}", "#33415C", 2.2
        )
    nx = cx * 1.25
    if abs(dx) > 4:
        front += line(
            f"M{nx + turn * 1:.1f} {cy + 4}Q{nx + turn * 8:.1f} {cy + 18} {nx + turn * 6:.1f} {cy + 21}Q{nx + turn * 2:.1f} {cy + 25} {nx - turn * 4:.1f} {cy + 22}",
            dark,
            2.6,
        )
    else:
        front += line(f"M{nx - 6} {cy + 20}Q{nx} {cy + 26} {nx + 6} {cy + 20}", dark, 2.6)
        front += line(f"M{nx + 5 * -light * -1} {cy + 6}q3 7 1 11", dark, 1.8, 'opacity=".35"')
    for side in (-1, 1):
        k = 0.7 if side == turn and abs(dx) > 4 else 1
        front += ellipse(cx * 0.9 + side * 29, cy + 23, 10 * k, 7.5, blush, 'opacity=".28"')
    mx, my = cx * 1.1, cy + 38
    mw = 1 if abs(dx) < 5 else 0.92
    if mouth == "open":
        m = (
            path(
                "M-15 -3.5Q0 0 15 -3.5Q12 10.5 0 10.5Q-12 10.5 -15 -3.5Z",
                "#7E2A25",
                f'stroke="{lips}" stroke-width="3" stroke-linejoin="round"',
            )
            + path("M-13 -2.2Q0 1 13 -2.2Q10 4.6 0 4.6Q-10 4.6 -13 -2.2Z", "#FFFBF4")
            + line("M-18.5 -5q1.6 3 3.6 2.4M18.5 -5q-1.6 3 -3.6 2.4", dark, 1.8, 'opacity=".6"')
        )
    elif mouth == "smile":
        m = (
            path(
                "M-14 -1.5Q-6 -4.5 0 -2.6Q6 -4.5 14 -1.5Q6 9.5 0 9.5Q-6 9.5 -14 -1.5Z", lips, 'opacity=".55"'
            )
            + line("M-15.5 -2.5Q0 7 15.5 -2.5", "#8A3129", 2.6)
            + line("M-18 -4q1.5 3 3.5 2.4M18 -4q-1.5 3 -3.5 2.4", dark, 1.8, 'opacity=".6"')
        )
    else:
        m = line("M-11 0Q0 6 11 0", "#8A3129", 2.8) + line("M-6 7.4Q0 10 6 7.4", lips, 2.6, 'opacity=".5"')
    front += group(m, f"translate({mx:.1f} {my:.1f}) scale({mw},1)")
    if old:
        for side in (-1, 1):
            front += line(
                f"M{cx + side * 17} {cy + 24}Q{cx + side * 25} {cy + 31} {cx + side * 22.5} {cy + 40}",
                dark,
                1.7,
                'opacity=".7"',
            )
            if not dx * side > 7:
                front += line(
                    f"M{cx + side * 36} {cy + 1}l{side * 6} -3M{cx + side * 36} {cy + 5}l{side * 6} 2",
                    dark,
                    1.5,
                    'opacity=".65"',
                )
            front += line(
                f"M{cx + side * 14} {cy + 12}q{side * 7} 4 {side * 13} 0", dark, 1.4, 'opacity=".5"'
            )
        front += line(f"M{cx - 15} {cy - 31}q15 -4 30 0", dark, 1.4, 'opacity=".4"')
    # --- hair in front
    p = dx * 0.5
    if style in ("bun", "tail", "bob"):
        low = 38 if style == "bob" else 6
        front += path(
            f"M-52 {low}C-68 -44 -52 -86 2 -87C54 -86 68 -44 52 {low}C53 -4 50 -18 43 -27C30 -33 19 -44 {12 + p} -57C{-2 + p} -39 -30 -31 -43 -24C-50 -14 -53 -4 -52 {low}Z",
            hair,
        )
        front += line(f"M{-34} -58Q-14 -78 {14 + p} -76", "#fff", 3.5, 'opacity=".13"')
        front += line(f"M{12 + p} -57Q{15 + p} -72 {10 + p} -84", "#000", 2, 'opacity=".25"')
    elif style == "short":
        front += path(
            "M-51 0C-58 -44 -52 -82 -12 -89C8 -100 46 -94 54 -60C58 -40 55 -18 51 0L47 -12C47 -26 43 -36 36 -43C16 -38 -8 -43 -22 -55C-26 -45 -38 -40 -42 -30C-46 -22 -47 -12 -51 0Z",
            hair,
        )
        front += line("M-36 -58Q-18 -76 14 -76", "#fff", 3.5, 'opacity=".13"')
    elif style == "crop":
        front += path(
            "M-51 0C-58 -40 -52 -82 0 -83C52 -82 58 -40 51 0C48 -14 46 -28 38 -38C18 -46 -18 -46 -38 -38C-46 -28 -48 -14 -51 0Z",
            hair,
        )
        front += line("M-34 -60Q-14 -74 16 -73", "#fff", 3, 'opacity=".2"')
    elif style == "scarf":
        # a wrapped indigo headscarf, folded to a soft peak over the brow
        a, b = "#26355C", "#1A2545"
        front += path("M-46 -26Q-26 -46 0 -47Q26 -46 46 -26Q30 -38 0 -39Q-30 -38 -46 -26Z", "#8B8178")
        front += path(
            "M-55 22C-68 -36 -58 -92 0 -97C58 -92 68 -36 55 22C52 -2 46 -22 34 -32Q16 -42 0 -50Q-16 -42 -34 -32C-46 -22 -52 -2 -55 22Z",
            a,
        )
        front += path(
            "M-55 22C-68 -36 -58 -92 0 -97C-24 -84 -44 -54 -34 -32C-46 -22 -52 -2 -55 22Z", b, 'opacity=".75"'
        )
        front += line(
            "M0 -50Q6 -76 34 -88M0 -50Q-4 -70 -24 -86M34 -32Q48 -46 54 -60", "#6D86B8", 2, 'opacity=".6"'
        )
    return behind, front


def lanyard(colour=VERMILION, y=236, card=True):
    s = path(f"M-34 92L-28 88L4 {y - 8}L-2 {y - 4}Z", colour) + path(
        f"M34 92L28 88L-4 {y - 8}L2 {y - 4}Z", colour
    )
    if card:
        s += rect(-4, y - 12, 8, 14, "#9AA3AE", 2)
        s += rect(-27, y, 54, 70, "#fff", 5, f'stroke="{SHIRT_LINE}" stroke-width="2"')
        s += rect(-27, y, 54, 13, colour, 5) + rect(-27, y + 7, 54, 6, colour)
        s += (
            rect(-11, y + 19, 22, 26, "#D8E0EA", 2)
            + ellipse(0, y + 29, 5.5, 6, "#7C8CA3")
            + path(f"M-10 {y + 45}q0 -9 10 -9q10 0 10 9z", "#7C8CA3")
        )
        s += rect(-16, y + 50, 32, 4, "#C6BCA8", 2) + rect(-11, y + 58, 22, 4, "#DCD3C2", 2)
    return s


def shirt(w, length=440):
    """White shirt with an open collar; w is half the width of the shoulders."""
    body = f"M-28 84C-60 97 {-w + 12} 100 {-w} 152L{-w * 0.86:.0f} {length}H{w * 0.86:.0f}L{w} 152C{w - 12} 100 60 97 28 84Z"
    s = path(body, SHIRT, f'stroke="{SHIRT_LINE}" stroke-width="2"')
    s += path(
        f"M28 84C60 96 {w - 14} 100 {w} 150L{w * 0.84:.0f} {length}H{w * 0.25:.0f}C{w * 0.25:.0f} 330 27 200 28 84Z",
        SHIRT_SHADE,
        'opacity=".45"',
    )
    return s


def collar(neck):
    s = path("M-28 78L0 122L28 78Q0 96 -28 78Z", neck[1])
    s += path("M-26 30H26V86Q15 106 0 118Q-15 106 -26 86Z", neck[0])
    s += path("M-26 30H26V66Q10 94 -26 84Z", neck[1], 'opacity=".75"')
    return s


def collar_flaps():
    s = path(
        "M-27 70C-37 78 -41 90 -39 103L-23 131L0 117C-12 105 -21 92 -27 70Z",
        "#fff",
        f'stroke="{SHIRT_LINE}" stroke-width="1.8" stroke-linejoin="round"',
    )
    s += path(
        "M27 70C37 78 41 90 39 103L23 131L0 117C12 105 21 92 27 70Z",
        "#F6F0E4",
        f'stroke="{SHIRT_LINE}" stroke-width="1.8" stroke-linejoin="round"',
    )
    return s


def officer(x, y, s, tilt=0, cord=VERMILION, card=236, w=None, arms=False, **kw):
    sex = kw.get("sex", "f")
    w = w or (116 if sex == "f" else 134)
    behind, front = head(**kw)
    skin = kw.get("skin", FAIR)
    body = shirt(w) + collar(skin)
    if arms:  # arms hanging at the sides
        outline = (
            f"M-28 84C-60 97 {-w + 14} 100 {-w} 162C{-w - 6} 230 {-w - 9} 340 {-w - 8} 480"
            f"H{w + 8}C{w + 9} 340 {w + 6} 230 {w} 162C{w - 14} 100 60 97 28 84Z"
        )
        shadow = (
            f"M28 84C60 97 {w - 14} 100 {w} 162C{w + 6} 230 {w + 9} 340 {w + 8} 480H26C29 330 29 200 28 84Z"
        )
        edge = f'stroke="{SHIRT_LINE}" stroke-width="2"'
        body = (
            path(outline, SHIRT, edge)
            + path(shadow, SHIRT_SHADE, 'opacity=".45"')
            + path(outline, "none", edge)
        )
        body += line(
            f"M{-w + 70} 196Q{-w + 62} 300 {-w + 64} 480M{w - 70} 196Q{w - 62} 300 {w - 64} 480",
            SHIRT_LINE,
            2,
        )
        body += collar(skin)
    body += line("M0 122V440", SHIRT_LINE, 2) + "".join(
        ellipse(-5, yy, 2.6, 2.6, "#CBBEA6") for yy in (160, 210, 330, 380)
    )
    body += lanyard(cord, card) + collar_flaps()
    rot = f"rotate({tilt} 0 70)"
    return group(group(behind, rot) + body + group(front, rot), f"translate({x} {y}) scale({s})")


def arm(pts, radii, fill=SHIRT, edge=SHIRT_LINE, lw=2.5, inner=0):
    """Sleeve through shoulder, elbow and wrist; inner points to the middle of the body."""
    s = ""
    segs = list(zip(pts, radii, pts[1:], radii[1:], strict=False))
    for a, ra, b, rb in segs:
        s += path(capsule(*a, ra + lw, *b, rb + lw), edge)
    for a, ra, b, rb in segs:
        s += path(capsule(*a, ra, *b, rb), fill)
    if inner:  # let the sleeve grow out of the shoulder: no seam on the body side
        (x, y), r = pts[0], radii[0]
        s += ellipse(x + inner * lw * 1.6, y - lw * 1.3, r + lw * 0.5, r + lw * 0.5, fill)
    return s


def cuff(elbow, wrist, r, fill="#fff", edge=SHIRT_LINE, width=16):
    a = math.degrees(math.atan2(wrist[1] - elbow[1], wrist[0] - elbow[0]))
    return group(
        rect(-width / 2, -r - 2, width, 2 * r + 4, fill, 4, f'stroke="{edge}" stroke-width="2"'),
        f"translate({wrist[0]} {wrist[1]}) rotate({a:.1f})",
    )


# Hands: drawn pointing along +x with the thumb up (negative y); mirror with flip.


def fingers(specs, skin, lw=1.8):
    s = ""
    for x1, y1, x2, y2, r in specs:
        s += path(
            capsule(x1, y1, r, x2, y2, r * 0.86),
            skin[0],
            f'stroke="{skin[2]}" stroke-opacity=".55" stroke-width="{lw}"',
        )
    return s


def hand(pose, x, y, rot=0, s=1.0, flip=False, skin=FAIR):
    if pose == "point":
        b = path(capsule(-14, 0, 13, 14, 1, 17), skin[0])
        b += fingers([(18, -9, 56, -12, 6.6)], skin)
        b += fingers([(17, 12, 30, 13, 6), (20, 5, 34, 4, 6.4)], skin)
        b += path(capsule(-6, 0, 13, 14, -1, 15), skin[0])
        b += fingers([(4, -12, 25, -3, 6)], skin)
    elif pose == "wrap":  # fingers laid over the edge of a thing, seen from the front
        b = path(capsule(-16, 0, 13, 8, 0, 20), skin[0])
        b += fingers(
            [(8, -16, 38, -17, 6.6), (10, -5.5, 44, -6, 6.8), (10, 5, 42, 5.5, 6.6), (7, 15, 34, 16, 6)], skin
        )
        b += path(capsule(-12, 0, 13, 6, 0, 18.5), skin[0])
    elif pose == "thumb":  # only the thumb, over the edge of a thing held from below
        b = fingers([(-8, 8, 18, -3, 7.2)], skin)
    elif pose == "palm":  # the part that stays behind the thing
        b = path(capsule(-18, 0, 13, 10, 4, 19), skin[0])
    elif pose == "offer":  # thumb above, fingers together: holding a sheet
        b = path(capsule(-16, 0, 13, 10, 2, 17), skin[0])
        b += fingers([(10, 10, 44, 10, 6.2), (10, 3, 49, 2, 6.6)], skin)
        b += path(capsule(-12, 0, 13, 8, 2, 16), skin[0])
        b += fingers([(4, -11, 36, -8, 6.4)], skin)
    else:  # flat, resting
        b = path(capsule(-16, 0, 13, 10, 0, 18), skin[0])
        b += fingers(
            [(8, 13, 38, 15, 6), (10, 5, 46, 6, 6.6), (10, -4, 48, -3, 6.6), (8, -12, 42, -11, 6.2)], skin
        )
        b += path(capsule(-12, 0, 13, 8, 0, 17), skin[0])
        b += fingers([(-4, -14, 20, -22, 6)], skin)
    return group(b, f"translate({x} {y}) rotate({rot}) scale({s},{-s if flip else s})")


def lotus(x, y, s, name="lot"):
    """Open lotus seen from the side; needs lotus_defs()."""
    petal = "M0 0C-40 -34 -42 -100 0 -158C42 -100 40 -34 0 0Z"
    b = ""
    for ang, k, g in (
        (-30, 0.96, "d"),
        (30, 0.96, "d"),
        (0, 1.04, "d"),
        (-74, 0.82, "d"),
        (74, 0.82, "d"),
        (-54, 0.92, "m"),
        (54, 0.92, "m"),
        (-27, 0.86, "m"),
        (27, 0.86, "m"),
        (0, 0.8, "l"),
    ):
        b += group(
            path(petal, f"url(#{name}{g})") + line("M0 -20V-118", "#fff", 2, 'opacity=".22"'),
            f"rotate({ang}) scale({k})",
        )
    return group(b, f"translate({x} {y}) scale({s})")


def lotus_defs(name="lot"):
    return (
        gradient(name + "d", [(0, "#B13A4E"), (0.55, "#D57C86"), (1, "#E9B4B0")])
        + gradient(name + "m", [(0, "#C9536A"), (0.5, "#E59AA0"), (1, "#F6D5CE")])
        + gradient(name + "l", [(0, "#D87485"), (0.5, "#F0B9B8"), (1, "#FBE9E0")])
    )


def bud(x, y, s, rot=0, name="lot"):
    b = path("M0 0C-24 -18 -22 -56 0 -84C22 -56 24 -18 0 0Z", f"url(#{name}d)")
    b += path("M0 0C-22 -12 -24 -40 -10 -62C2 -44 6 -16 0 0Z", f"url(#{name}m)")
    b += path("M-12 -4Q0 8 12 -4Q0 2 -12 -4Z", LEAF)
    return group(b, f"translate({x} {y}) rotate({rot}) scale({s})")


def binders(x, y, scale=1):
    s = rect(x - 12, y, 226 * scale, 13, WOOD)
    cx = x
    for w, h, c in (
        (22, 92, VERMILION),
        (26, 84, INDIGO),
        (20, 98, "#B5851B"),
        (28, 82, LEAF),
        (22, 92, INDIGO),
        (24, 86, "#7F97B8"),
        (20, 96, VERMILION),
    ):
        s += (
            rect(cx, y - h, w, h, c, 2)
            + rect(cx + 5, y - h + 14, w - 10, 12, "#F6EAD0", 1, 'opacity=".85"')
            + rect(cx + w - 4, y - h, 4, h, "#000", 1, 'opacity=".12"')
        )
        cx += w + 4
    return s


def clock(x, y, r):
    s = ellipse(x, y, r, r, "#FFFDF7", f'stroke="{WOOD}" stroke-width="{r * 0.15:.1f}"')
    for a in range(0, 360, 30):
        k = 0.68 if a % 90 == 0 else 0.74
        sn, cs = math.sin(math.radians(a)), math.cos(math.radians(a))
        s += line(
            f"M{x + r * 0.8 * sn:.1f} {y - r * 0.8 * cs:.1f}L{x + r * k * sn:.1f} {y - r * k * cs:.1f}",
            "#8C8272",
            3,
        )
    s += line(f"M{x} {y}L{x - r * 0.25:.1f} {y - r * 0.38:.1f}", INK, r * 0.1) + line(
        f"M{x} {y}L{x + r * 0.36:.1f} {y - r * 0.5:.1f}", INK, r * 0.065
    )
    return s + ellipse(x, y, r * 0.07, r * 0.07, VERMILION)


# ---------------------------------------------------------------- pictures


def counter():
    W, H = 1600, 933
    defs = (
        gradient("sky", [(0, "#BFD0E4"), (0.55, "#F5E5BF"), (1, "#F3CF7A")])
        + gradient("wall", [(0, "#F8EDD6"), (1, "#EAD9B8")], 0, 0, 1, 0)
        + gradient("desk", [(0, "#23467A"), (1, "#142B4D")])
        + gradient("mist", [(0, "#FFF3D6", 0), (1, "#FFF3D6", 0.75)])
        + gradient("coat", [(0, "#7A4232"), (0.6, "#5F3025"), (1, "#5F3025")], 0, 0, 1, 0)
        + gradient("nonl", [(0, "#F4E0AE"), (1, "#E3C584")], 0, 0, 1, 0)
        + lotus_defs()
        + '<clipPath id="win"><rect x="96" y="76" width="742" height="494"/></clipPath>'
    )
    s = rect(0, 0, W, H, "url(#wall)")
    s += path("M838 76L1600 440V700L838 570Z", "#FFF6DE", 'opacity=".55"')
    s += '<g clip-path="url(#win)">' + rect(96, 76, 742, 494, "url(#sky)")
    s += ellipse(650, 236, 108, 108, "#FFF1C9", 'opacity=".55"') + ellipse(650, 236, 64, 64, GOLD)
    s += path(karst(440, 210, 3, 6, 742, 600, 96), "#A9B9CE") + path(
        karst(468, 150, 12, 7, 742, 600, 96), "#6F8AB0"
    )
    s += rect(96, 400, 742, 90, "url(#mist)") + path(karst(490, 84, 5, 8, 742, 600, 96), "#315486")
    s += terraces(500, 12, 6, 742, 600, 20, ["#2A7049", "#3C8A5C", LEAF], 96, "#8DBB78")
    s += "</g>"
    s += path("M80 60h774v526H80zM96 76v494h363V76zm379 0v494h363V76z", WOOD, 'fill-rule="evenodd"')
    s += (
        path("M80 60h774v6H80z", "#8A5636")
        + rect(56, 584, 822, 24, "#5A3321", 3)
        + rect(56, 584, 822, 6, "#7C4A31", 3)
    )
    s += clock(1410, 128, 70) + binders(1268, 372, 1)
    # the officer and her sleeve
    s += group(
        officer(0, 0, 1.62, tilt=-3, sex="f", style="bun", look=(-9, 5), mouth="open", card=172, light=-1),
        "translate(1040 292)",
    )
    # counter
    s += (
        rect(0, 690, W, H - 690, "url(#desk)")
        + rect(0, 660, W, 32, WOOD_LIGHT)
        + rect(0, 660, W, 8, "#B57C54")
    )
    s += rect(0, 692, W, 14, "#000", 0, 'opacity=".16"') + rect(0, 724, W, 4, GOLD)
    for i in range(12):
        star = (
            "".join(
                f"{'M' if k == 0 else 'L'}{(16 if k % 2 == 0 else 6) * math.sin(k * math.pi / 8):.1f} {-(16 if k % 2 == 0 else 6) * math.cos(k * math.pi / 8):.1f}"
                for k in range(16)
            )
            + "Z"
        )
        s += group(
            '<circle r="36"/><circle r="25" stroke-dasharray="4 5"/>' + path(star, GOLD, 'stroke="none"'),
            f"translate({66 + i * 134} 826)",
            f'fill="none" stroke="{GOLD}" stroke-width="2.5" opacity=".4"',
        )
    # vase
    s += line("M1490 606C1480 560 1470 540 1462 500M1496 606C1500 560 1514 528 1532 508", LEAF, 7)
    s += path("M1494 588C1530 566 1566 566 1586 580C1560 600 1524 606 1494 600Z", "#2E7C53")
    s += lotus(1460, 512, 0.6) + bud(1534, 512, 0.8, 14)
    s += path(
        "M1452 598H1536C1530 610 1546 634 1540 656Q1538 664 1526 664H1462Q1450 664 1448 656C1442 634 1458 610 1452 598Z",
        VERMILION,
    )
    s += path(
        "M1510 598H1536C1530 610 1546 634 1540 656Q1538 664 1526 664H1504C1520 644 1518 616 1510 598Z",
        "#7E1713",
        'opacity=".6"',
    ) + line("M1452 622Q1494 632 1537 622", GOLD, 3)
    # documents on the counter
    s += (
        path("M1196 660L1212 646H1338L1346 660Z", "#fff")
        + path("M1200 660L1206 652H1342L1346 660Z", "#E9DFCD")
        + line("M1226 652H1318", "#B9AF9C", 2.5)
    )
    # her arm on the counter
    elbow, wrist = (1222, 628), (1118, 650)
    s += arm([(1167, 540), elbow, wrist], [59, 42, 24], SHIRT_DIM, inner=-1) + cuff(elbow, wrist, 24)
    s += hand("flat", 1088, 655, 172, 1.15, flip=True, skin=FAIR)
    # sleeve of the officer reaching to the sheet
    elbow, wrist = (872, 626), (780, 588)
    s += arm([(913, 540), elbow, wrist], [59, 42, 26], inner=1) + cuff(elbow, wrist, 26)
    s += line("M890 598q-14 16 -36 16", SHIRT_LINE, 3)
    # sheet between the two hands
    s += hand("palm", 752, 578, 204, 1.25, skin=FAIR)
    s += group(
        rect(-78, -56, 156, 112, "#fff", 3, f'stroke="{SHIRT_LINE}" stroke-width="2"')
        + "".join(rect(-58, -38 + i * 17, w, 5, "#C9BFAC", 2) for i, w in enumerate((66, 112, 98, 108)))
        + ellipse(46, 36, 12, 12, VERMILION, 'opacity=".75"'),
        "translate(676 562) rotate(-7) skewX(-14)",
    )
    s += hand("thumb", 752, 572, 196, 1.3, skin=FAIR)
    # the old man, from behind
    m = path(
        "M-176 60C-176 -130 -164 -196 -120 -240C-92 -262 -46 -270 0 -270S92 -262 120 -240C166 -196 180 -130 180 60Z",
        "url(#coat)",
    )
    m += path("M-34 -268Q0 -250 34 -268L40 -246Q0 -226 -40 -246Z", "#8A4D3B")
    m += line("M0 -238C6 -120 2 -60 4 60", "#4E261C", 3, 'opacity=".5"') + line(
        "M-112 -150C-104 -90 -108 -40 -112 60", "#4E261C", 3, 'opacity=".6"'
    )
    m += arm([(126, -184), (176, -138), (206, -246)], [50, 38, 26], "#5F3025", "#48221A", inner=-1)
    m += cuff((176, -138), (206, -246), 26, "#8A4D3B", "#48221A")
    m += line("M148 -158q24 2 40 -14", "#48221A", 3)
    m += path("M-38 -330H38V-262Q0 -236 -38 -262Z", TAN[1])
    m += ellipse(-62, -352, 12, 20, TAN[0]) + ellipse(62, -352, 12, 20, TAN[0])
    m += path("M-62 -390H62C66 -340 54 -312 0 -308C-54 -312 -66 -340 -62 -390Z", "#D6CCBE")
    m += line("M-30 -330q4 12 8 18M0 -330v20M30 -330q-4 12 -8 18", "#B6AA9A", 2.5)
    m += '<clipPath id="hat"><path d="M-228 -372C-150 -424 -70 -494 0 -578C70 -494 150 -424 228 -372C150 -334 -150 -334 -228 -372Z"/></clipPath>'
    m += path(
        "M-228 -372C-150 -424 -70 -494 0 -578C70 -494 150 -424 228 -372C150 -334 -150 -334 -228 -372Z",
        "url(#nonl)",
    )
    m += path(
        "M0 -578C70 -494 150 -424 228 -372C190 -352 110 -342 30 -343C40 -430 30 -510 0 -578Z",
        "#CFAE69",
        'opacity=".6"',
    )
    rings = "".join(
        line(
            f"M{-228 * k - 20:.0f} {-578 + 206 * k - 12:.0f}Q0 {-578 + 206 * k + 44 * k:.0f} {228 * k + 20:.0f} {-578 + 206 * k - 12:.0f}",
            "#BE9B55",
            2.2,
            'opacity=".75"',
        )
        for k in (0.22, 0.38, 0.54, 0.70, 0.86)
    )
    m += f'<g clip-path="url(#hat)">{rings}</g>'
    s += group(m, "translate(420 890)")
    s += hand("wrap", 628, 622, -52, 1.12, skin=TAN)
    return svg(W, H, defs, s), (W, H)


def officer_portrait():
    W, H = 1600, 1200
    defs = gradient("bg", [(0, "#F8EDD5"), (1, "#E4CF9F")], 0, 0, 1, 1) + gradient(
        "sun", [(0, "#F5CB62"), (1, "#EBB43A")]
    )
    s = rect(0, 0, W, H, "url(#bg)") + ellipse(985, 450, 400, 400, "url(#sun)", 'opacity=".72"')
    s += path(karst(1130, 190, 21, 6, W, H), "#B9A97F", 'opacity=".35"') + path(
        karst(1190, 130, 22, 7, W, H), "#8F8A6D", 'opacity=".3"'
    )
    s += officer(
        800,
        455,
        2.85,
        arms=True,
        tilt=-3,
        sex="f",
        style="bun",
        look=(-6, 1),
        mouth="open",
        card=186,
        light=-1,
    )
    return svg(W, H, defs, s), (W, H)


def mountains():
    W, H = 1600, 900
    defs = (
        gradient("sky", [(0, "#27497A"), (0.32, "#86A0C2"), (0.56, "#F3DDB2"), (0.7, "#F7D58A")])
        + gradient("mist", [(0, "#FFF0CF", 0), (0.6, "#FFF0CF", 0.7), (1, "#FFF0CF", 0)])
        + gradient("m1", [(0, "#B4C1D3"), (1, "#D9D6CC")])
        + gradient("m2", [(0, "#6C88AE"), (1, "#A5B4C4")])
        + gradient("m3", [(0, "#2C4E80"), (1, "#5E7FA3")])
        + gradient("m4", [(0, "#1C3A63"), (1, "#2F5F6E")])
        + glow("halo", "#FFE6A6", 0.9)
    )
    s = (
        rect(0, 0, W, H, "url(#sky)")
        + ellipse(1070, 330, 330, 330, "url(#halo)")
        + ellipse(1070, 330, 92, 92, GOLD)
    )
    s += path(karst(560, 330, 32, 6, W, 700), "url(#m1)") + path(karst(590, 250, 8, 7, W, 720), "url(#m2)")
    s += rect(0, 470, W, 170, "url(#mist)") + path(karst(620, 170, 14, 8, W, 740), "url(#m3)")
    s += rect(0, 540, W, 130, "url(#mist)") + path(karst(650, 96, 17, 9, W, 760), "url(#m4)")
    s += terraces(
        650, 21, 10, W, H, 40, ["#2E7C53", "#3F8B58", "#6E9C4E", "#D2A73F", "#276C48"], 0, "#F3DFA0"
    )
    # a hamlet: three stilt-house roofs
    for x, y, k in ((330, 690, 1), (420, 712, 0.8), (246, 716, 0.74)):
        b = (
            path("M-46 0L-30 -34H30L46 0Z", "#4A2A1C")
            + path("M-46 0L-30 -34H-6L-16 0Z", "#6B3F2A")
            + rect(-32, 0, 64, 22, "#7C4F34")
            + rect(-8, 5, 14, 12, "#FBE3A0")
            + rect(14, 5, 12, 12, "#FBE3A0")
        )
        b += line("M-28 22v14M-10 22v14M10 22v14M28 22v14", "#3A2117", 4)
        s += group(b, f"translate({x} {y}) scale({k})")
    s += line(
        "M620 210q14 -14 26 0q12 -14 26 0M700 250q10 -10 19 0q9 -10 19 0M560 262q9 -9 17 0q8 -9 17 0",
        INDIGO,
        4,
    )
    # near hill and palms
    for i in range(7):
        c = ["#1B6440", "#24724A", "#17553A", "#B98F2C", "#1B6440", "#124A31", "#0F3D29"][i]
        d = i * 20
        s += path(
            f"M-10 910V{772 + d * 1.05:.0f}C{130 - i * 6} {742 + d} {300 - i * 14} {770 + d} {420 - i * 22} {806 + d * 0.9:.0f}S{700 - i * 52} {880 + d * 0.3:.0f} {880 - i * 74} 912Z",
            c,
            'stroke="#F3DFA0" stroke-width="2.4"',
        )
        s += path(
            f"M1610 910V{744 + d * 1.15:.0f}C{1500 + i * 4} {736 + d * 1.05:.0f} {1390 + i * 10} {760 + d} {1290 + i * 20} {800 + d * 0.9:.0f}S{1070 + i * 46} {880 + d * 0.3:.0f} {920 + i * 70} 912Z",
            c,
            'stroke="#F3DFA0" stroke-width="2.4"',
        )
    for x, y, k in ((1508, 800, 1), (1436, 818, 0.72)):
        b = line("M0 0C-4 -50 2 -90 8 -124", "#0E3323", 8)
        for a in (-150, -122, -92, -60, -30, -5, 180):
            b += group(
                path("M0 0C18 -16 44 -16 66 6C42 0 20 4 0 0Z", "#0E3323"), f"translate(8 -124) rotate({a})"
            )
        s += group(b, f"translate({x} {y}) scale({k})")
    return svg(W, H, defs, s), (W, H)


INDIGO_CLOTH, INDIGO_DARK, INDIGO_TRIM = "#2C3F70", "#1C2950", "#7C9BD0"


def villager_woman(x, y, s, tilt, look, light):
    behind, front = head("f", "scarf", look, TAN, HAIR, "down", "smile", "#A8483C", True, light=light)
    w = 112
    b = path(
        f"M-28 84C-60 96 {-w + 14} 100 {-w} 150L{-w * 0.9:.0f} 440H{w * 0.9:.0f}L{w} 150C{w - 14} 100 60 96 28 84Z",
        INDIGO_CLOTH,
    )
    b += path(
        f"M28 84C60 96 {w - 14} 100 {w} 150L{w * 0.9:.0f} 440H{w * 0.3:.0f}C{w * 0.62:.0f} 330 {w * 0.55:.0f} 200 28 84Z",
        INDIGO_DARK,
        'opacity=".6"',
    )
    b += path("M-25 30H25V88Q0 104 -25 88Z", TAN[0]) + path(
        "M-25 30H25V72Q10 92 -25 80Z", TAN[1], 'opacity=".85"'
    )
    b += line("M-29 84Q0 106 29 84", INDIGO_TRIM, 6) + line("M6 98C18 112 31 116 33 142V330", INDIGO_TRIM, 5)
    for px, py in ((22, 112), (33, 158), (33, 206)):
        b += ellipse(px, py, 4.4, 4.4, "#E8E6E0", 'stroke="#9AA0AA" stroke-width="1.4"')
    b += line("M-40 88Q-34 168 0 170Q34 168 40 88", "#DADDE2", 5.5) + line(
        "M-40 88Q-34 168 0 170Q34 168 40 88", "#A8AFBA", 1.5
    )
    rot = f"rotate({tilt} 0 70)"
    # tail of the scarf, at the nape
    b0 = path("M-46 -4C-56 34 -46 62 -36 86L36 86C46 62 56 34 46 -4Z", "#1A2545")
    return group(group(behind + b0, rot) + b + group(front, rot), f"translate({x} {y}) scale({s})")


def villager_man(x, y, s, tilt, look, light):
    behind, front = head("m", "crop", look, TAN, "#5B534C", "down", "smile", "#9C5242", True, light=light)
    w, cloth, dark = 132, "#3A3F52", "#282C3C"
    b = path("M-29 30H29V96H-29Z", TAN[0]) + path("M-29 30H29V74Q10 92 -29 82Z", TAN[1], 'opacity=".85"')
    b += path(
        f"M-31 80C-60 96 {-w + 14} 100 {-w} 150L{-w * 0.86:.0f} 440H{w * 0.86:.0f}L{w} 150C{w - 14} 100 60 96 31 80Q0 104 -31 80Z",
        cloth,
    )
    b += path(
        f"M31 80C60 96 {w - 14} 100 {w} 150L{w * 0.86:.0f} 440H{w * 0.3:.0f}C{w * 0.62:.0f} 330 {w * 0.55:.0f} 200 31 80Z",
        dark,
        'opacity=".6"',
    )
    b += path(
        "M-33 72Q-36 92 -4 104L0 96Q-24 88 -28 74ZM33 72Q36 92 4 104L0 96Q24 88 28 74Z",
        "#4A5068",
        f'stroke="{dark}" stroke-width="1.5"',
    )
    b += line("M0 100V440", dark, 2.5)
    for py in (136, 186, 236, 286):
        b += line(f"M-16 {py}H16", "#6E7690", 4) + ellipse(0, py, 4.6, 4.6, "#8C93AA")
    b += rect(-86, 270, 52, 62, "none", 4, f'stroke="{dark}" stroke-width="2.5"')
    rot = f"rotate({tilt} 0 70)"
    return group(group(behind, rot) + b + group(front, rot), f"translate({x} {y}) scale({s})")


def community_house():
    W, H = 1600, 933
    defs = (
        gradient(
            "sky", [(0, "#142B4D"), (0.32, "#2E4F80"), (0.5, "#8C93AC"), (0.64, "#E7B98A"), (0.74, "#F5CF8B")]
        )
        + gradient("m1", [(0, "#7F92B4"), (1, "#B9A9A6")])
        + gradient("m2", [(0, "#476690"), (1, "#8391A3")])
        + gradient("m3", [(0, "#2A4B7B"), (1, "#4E7088")])
        + gradient("post", [(0, "#4A2A1C"), (0.35, "#8A5636"), (1, "#54301F")], 0, 0, 1, 0)
        + gradient("beam", [(0, "#3A2117"), (1, "#6B3F2A")])
        + gradient("top", [(0, "#A66E47"), (1, "#87522F")])
        + gradient("front", [(0, "#5F3623"), (1, "#3F2317")])
        + glow("lamp", "#FFDD8C", 0.85)
        + glow("warm", "#FFD27A", 0.38)
        + glow("screen", "#EAF3FF", 0.3)
    )
    s = rect(0, 0, W, H, "url(#sky)")
    for x, y, r in (
        (300, 150, 2.4),
        (390, 206, 1.8),
        (640, 130, 2.2),
        (720, 196, 1.7),
        (930, 140, 2),
        (1240, 170, 2.2),
        (1330, 220, 1.7),
        (560, 236, 1.5),
        (1000, 230, 1.6),
    ):
        s += ellipse(x, y, r, r, "#FBF1D2", 'opacity=".85"')
    s += ellipse(672, 196, 44, 44, "#F7E3A6")
    s += (
        path(karst(500, 250, 44, 6, W, 700), "url(#m1)")
        + path(karst(530, 170, 46, 7, W, 700), "url(#m2)")
        + path(karst(560, 100, 49, 8, W, 720), "url(#m3)")
    )
    s += terraces(556, 20, 8, W, 800, 60, ["#2F6E54", "#43805A", "#7C9450", "#B99645"], 0, "#E9D79C")
    # railing
    s += rect(0, 626, W, 18, "#7A4A30") + rect(0, 626, W, 5, "#A06A45") + rect(0, 760, W, 14, "#6B3F2A")
    for x in range(20, 1600, 52):
        s += rect(x, 644, 13, 150, "#6B3F2A") + rect(x, 644, 4, 150, "#8A5636")
    # posts, beam and eave
    for x in (52, 774, 1496):
        s += rect(x, 90, 52, 760, "url(#post)") + rect(x - 8, 780, 68, 100, "#3F2317", 4)
        s += path(
            f"M{x} 128L{x - 74} 66H{x - 40}L{x} 100ZM{x + 52} 128L{x + 126} 66H{x + 92}L{x + 52} 100Z",
            "#5A3321",
        )
    s += rect(0, 0, W, 92, "url(#beam)") + rect(0, 86, W, 10, "#2A1710")
    for x in range(-20, 1640, 44):
        s += path(f"M{x} 0h40v34q-20 22 -40 0z", "#5D3A29") + path(
            f"M{x} 0h12v40q-8 -2 -12 -6z", "#7C5038", 'opacity=".8"'
        )
    # lamps with bamboo shades
    for x in (446, 1126):
        s += ellipse(x, 236, 330, 300, "url(#lamp)", 'opacity=".6"') + line(f"M{x} 90V150", "#1E130E", 4)
        s += path(f"M{x - 14} 148h28l38 50q-52 16 -104 0z", "#C89B4C") + path(
            f"M{x + 2} 148h12l38 50q-26 8 -52 8z", "#A87B34"
        )
        s += "".join(
            line(f"M{x + k * 13} 148L{x + k * 47} {201 if abs(k) < 0.8 else 198}", "#8A6127", 2)
            for k in (-0.6, -0.2, 0.2, 0.6)
        )
        s += ellipse(x, 206, 18, 14, "#FFF6D6")
    s += ellipse(420, 620, 560, 360, "url(#warm)") + ellipse(1150, 620, 560, 360, "url(#warm)")
    # -------- people, left pair: officer behind, villager in front
    s += officer(
        590,
        376,
        1.24,
        tilt=-7,
        cord=INDIGO,
        card=205,
        sex="m",
        style="short",
        look=(-12, 4),
        mouth="smile",
        light=1,
    )
    s += villager_man(292, 398, 1.2, 6, (12, 10), -1)
    # -------- right pair
    s += officer(
        1296,
        388,
        1.2,
        tilt=-8,
        cord=VERMILION,
        card=200,
        sex="f",
        style="tail",
        look=(-12, 4),
        mouth="open",
        light=1,
    )
    s += villager_woman(996, 412, 1.18, 4, (8, 10), 1)
    # villager's sleeves: one resting, one touching the tablet
    cloth, dark = "#3A3F52", "#262A39"
    s += arm([(406, 582), (440, 700), (428, 820)], [44, 37, 30], "#2F3445", dark, inner=-1)
    # tablet held like a tray between them
    s += arm([(710, 564), (736, 690), (640, 748)], [46, 38, 26], SHIRT_DIM, inner=-1) + cuff(
        (730, 690), (640, 748), 25
    )
    s += line("M708 690q20 14 42 2", SHIRT_LINE, 3)
    s += hand("palm", 612, 756, 170, 1.15, skin=FAIR)
    tab = "M400 716Q402 706 412 705L590 696Q602 696 606 706L632 778Q636 790 624 791L420 804Q408 804 406 794Z"
    s += (
        ellipse(510, 740, 190, 130, "url(#screen)")
        + path(tab, "#1E2430", 'transform="translate(0 7)"')
        + path(tab, "#2B3342")
    )
    s += path("M416 716L590 707L616 780L422 793Z", "#F4F8FC") + path(
        "M416 716L590 707L595 722L417 732Z", INDIGO
    )
    s += path("M432 744L494 740L499 772L435 777Z", "#CFE2D6") + line("M450 760l10 8l20 -20", LEAF, 6)
    s += path(
        "M512 740L588 736L590 744L513 748ZM514 754L580 750L582 757L515 761ZM516 767L592 763L594 770L517 775Z",
        "#C3CCD8",
    )
    s += hand("thumb", 608, 746, 196, 1.2, skin=FAIR)
    s += arm([(178, 582), (190, 736), (352, 752)], [44, 38, 27], cloth, dark, inner=1) + cuff(
        (196, 738), (352, 752), 26, "#4A5068", dark
    )
    s += line("M178 700q22 18 46 8", dark, 3)
    s += hand("point", 382, 754, -4, 1.2, skin=TAN)
    # older woman's sleeves and phone
    s += ellipse(996, 690, 120, 120, "url(#screen)", 'opacity=".7"')
    for pts, tone, inner in (
        ([(904, 592), (876, 728), (938, 742)], INDIGO_CLOTH, 1),
        ([(1088, 592), (1118, 730), (1056, 744)], "#22325D", -1),
    ):
        s += arm(pts, [42, 35, 25], tone, "#141E3D", inner=inner)
        s += cuff(pts[1], pts[2], 25, INDIGO_TRIM, INDIGO_DARK, 18)
    s += group(
        hand("palm", -44, 18, -20, 1.05, skin=TAN)
        + hand("palm", 44, 18, 200, 1.05, flip=True, skin=TAN)
        + rect(-37, -66, 74, 132, "#1A2130", 12)
        + rect(-33, -62, 66, 124, "#33405A", 10)
        + rect(-26, -54, 26, 26, "#1A2130", 7)
        + ellipse(-18, -46, 5, 5, "#6D7C98")
        + ellipse(-8, -36, 4, 4, "#6D7C98")
        + fingers(
            [(-34, 4, -16, 0, 7), (-35, 20, -14, 17, 7), (-34, 36, -16, 34, 6.6), (-32, 50, -19, 50, 6)], TAN
        )
        + fingers([(34, 8, 16, 4, 7), (35, 24, 14, 21, 7), (34, 40, 16, 38, 6.6), (32, 54, 19, 54, 6)], TAN),
        "translate(996 716) rotate(-3)",
    )
    # the officer's pointing arm and the one on the table
    s += arm([(1392, 571), (1424, 722), (1332, 798)], [44, 36, 25], SHIRT_DIM, inner=-1) + cuff(
        (1432, 724), (1330, 800), 25
    )
    s += arm([(1200, 571), (1208, 688), (1122, 676)], [44, 35, 24], inner=1) + cuff(
        (1204, 690), (1122, 676), 23
    )
    s += line("M1186 672q14 14 34 8", SHIRT_LINE, 3) + line("M1412 702q18 10 40 0", SHIRT_LINE, 3)
    s += hand("point", 1096, 672, 184, 1.1, flip=True, skin=FAIR)
    # table
    s += (
        path("M0 806H1600V862H0Z", "url(#top)")
        + rect(0, 806, W, 4, "#C68F62")
        + rect(0, 862, W, 71, "url(#front)")
        + rect(0, 862, W, 8, "#2A1710", 0, 'opacity=".45"')
    )
    s += line(
        "M60 832H520M620 846H1080M1180 828H1560M200 850H430M820 822H1000", "#7A4A2C", 2.5, 'opacity=".55"'
    )
    # tea, notebook
    s += ellipse(760, 848, 118, 10, "#3A2117", 'opacity=".35"')
    s += path("M664 800C652 786 640 778 632 778L634 766C652 766 668 778 676 786Z", "#2A4B7B")
    s += line("M760 780C796 774 796 824 754 822", "#2A4B7B", 9)
    s += path(
        "M666 786C664 764 690 752 716 752S768 764 766 786C774 812 760 846 716 846S658 812 666 786Z", INDIGO
    ) + path(
        "M730 753C756 758 768 772 766 786C774 812 760 846 716 846C746 826 748 782 730 753Z",
        "#142B4D",
        'opacity=".7"',
    )
    s += (
        ellipse(716, 754, 26, 7, "#2A4B7B")
        + ellipse(716, 744, 8, 8, GOLD)
        + line("M670 792Q716 806 764 792", GOLD, 3)
    )
    for x in (822, 880):
        s += (
            ellipse(x, 850, 30, 6, "#3A2117", 'opacity=".35"')
            + path(
                f"M{x - 24} 812H{x + 24}C{x + 24} 836 {x + 16} 850 {x} 850S{x - 24} 836 {x - 24} 812Z",
                "#F6F0E2",
            )
            + ellipse(x, 812, 24, 6, "#8E6B2E")
            + line(f"M{x - 20} 826Q{x} 832 {x + 20} 826", INDIGO, 2.5)
        )
    s += (
        path("M1200 822L1390 816L1416 852L1208 858Z", "#F8F3E6")
        + path("M1300 819L1390 816L1416 852L1310 855Z", "#EBE2CF")
        + line("M1222 832L1284 830M1226 842L1290 840", "#B9AF9C", 2.5)
    )
    s += hand("flat", 1306, 818, 168, 1.1, flip=True, skin=FAIR)

    return svg(W, H, defs, s), (W, H)


def collective():
    W, H = 1600, 1200
    defs = (
        gradient("bg", [(0, "#F6E9CC"), (1, "#E6D0A0")])
        + gradient("sun", [(0, "#F6CE6A"), (1, "#EBB037")])
        + gradient("book", [(0, "#274D85"), (1, "#1A3660")], 0, 0, 1, 1)
    )
    s = rect(0, 0, W, H, "url(#bg)") + ellipse(800, 520, 452, 452, "url(#sun)", 'opacity=".9"')
    s += officer(
        806,
        366,
        2.12,
        tilt=0,
        arms=True,
        skin=("#DDAA82", "#C48B64", "#A87150"),
        cord=INDIGO,
        card=240,
        sex="m",
        style="short",
        look=(3, 0),
        mouth="open",
        light=-1,
    )
    # woman on the left, notebook held to the chest
    s += officer(
        446,
        468,
        2.06,
        tilt=4,
        cord=VERMILION,
        card=250,
        sex="f",
        style="bob",
        hair="#33261F",
        glasses=True,
        look=(7, 0),
        mouth="smile",
        light=1,
    )
    s += arm([(609, 784), (658, 1010), (590, 1110)], [77, 66, 48], SHIRT_DIM, lw=3, inner=-1)
    s += group(
        rect(-118, -150, 236, 300, "#142B4D", 12)
        + rect(-122, -156, 232, 300, "url(#book)", 12)
        + rect(-122, -156, 34, 300, "#142B4D", 12, 'opacity=".6"')
        + rect(84, -156, 10, 300, GOLD)
        + line("M-60 -120H52M-60 -96H20", "#5F83B8", 5),
        "translate(486 1010) rotate(-7)",
    )
    s += arm([(283, 784), (226, 1036), (362, 1086)], [77, 66, 46], lw=3, inner=1) + cuff(
        (222, 1040), (362, 1086), 46, width=30
    )
    s += line("M196 990q40 28 84 12", SHIRT_LINE, 4)
    s += hand("wrap", 414, 1098, 8, 2.0, skin=FAIR)
    # woman on the right, phone in hand
    s += officer(
        1166,
        474,
        2.06,
        tilt=-4,
        cord=LEAF,
        card=236,
        sex="f",
        style="bun",
        look=(-8, 0),
        mouth="open",
        light=-1,
    )
    s += arm([(1003, 790), (962, 1030), (990, 1260)], [77, 64, 52], lw=3, inner=1)
    elbow, wrist = (1392, 1064), (1270, 1062)
    s += arm([(1329, 790), elbow, wrist], [77, 66, 45], SHIRT_DIM, lw=3, inner=-1) + cuff(
        elbow, wrist, 45, width=30
    )
    s += line("M1340 1016q44 24 88 2", SHIRT_LINE, 4)
    s += group(
        hand("palm", 46, 26, 190, 1.0, flip=True, skin=FAIR)
        + rect(-40, -74, 80, 146, "#1A2130", 13)
        + rect(-36, -70, 72, 138, "#3B4A68", 11)
        + rect(-28, -62, 28, 28, "#1A2130", 7)
        + ellipse(-19, -53, 5.5, 5.5, "#7585A3")
        + ellipse(-9, -43, 4.5, 4.5, "#7585A3")
        + fingers(
            [(36, 2, 6, -4, 7.4), (38, 18, 4, 14, 7.4), (37, 34, 6, 31, 7.2), (34, 49, 11, 48, 6.6)], FAIR
        )
        + path(capsule(40, 8, 11, 42, 44, 11), FAIR[0]),
        "translate(1166 1016) rotate(-6) scale(1.75)",
    )

    return svg(W, H, defs, s), (W, H)


def drum(x, y, r, colour=GOLD, opacity=0.6):
    """Rings of a bronze drum, with a fourteen-ray star."""
    n = 14
    b = ""
    star = (
        "".join(
            f"{'M' if k == 0 else 'L'}{(r * 0.24 if k % 2 == 0 else r * 0.085) * math.sin(k * math.pi / n):.1f} {-(r * 0.24 if k % 2 == 0 else r * 0.085) * math.cos(k * math.pi / n):.1f}"
            for k in range(2 * n)
        )
        + "Z"
    )
    b += path(star, colour)
    for k in (0.27, 0.3, 0.36, 0.39, 0.46, 0.49, 0.71, 0.74, 0.81, 0.84, 0.93, 0.98):
        b += f'<circle r="{r * k:.1f}" fill="none" stroke="{colour}" stroke-width="{r * 0.0075:.1f}"/>'

    def around(count, radius, shape, offset=0.0):
        return "".join(
            group(shape, f"rotate({360 * (i + offset) / count:.2f}) translate(0 {-r * radius:.1f})")
            for i in range(count)
        )

    b += around(40, 0.33, ellipse(0, 0, r * 0.011, r * 0.011, colour))
    b += around(
        30,
        0.425,
        f'<circle r="{r * 0.022:.1f}" fill="none" stroke="{colour}" stroke-width="{r * 0.007:.1f}"/>'
        + ellipse(0, 0, r * 0.006, r * 0.006, colour),
    )
    k = r / 420
    bird = path(
        "M-50 4L-24 -6C-16 -16 -8 -16 -2 -9L30 -30L20 -8L54 -2L18 6C4 14 -12 12 -24 0Z", colour
    ) + line("M-22 -10q-8 -12 -20 -12", colour, 3.5)
    b += around(14, 0.60, group(bird, f"scale({k:.3f})"))
    b += around(
        60,
        0.775,
        path(f"M{-r * 0.022:.1f} {r * 0.02:.1f}L0 {-r * 0.022:.1f}L{r * 0.022:.1f} {r * 0.02:.1f}Z", colour),
    )
    b += around(110, 0.885, line(f"M0 {r * 0.03:.1f}V{-r * 0.03:.1f}", colour, r * 0.007))
    return group(b, f"translate({x} {y})", f'opacity="{opacity}"')


def leaf_pad(x, y, rx, ry, fill, vein):
    s = ellipse(x, y, rx, ry, fill)
    s += "".join(
        line(
            f"M{x} {y}L{x + rx * 0.86 * math.cos(a):.0f} {y + ry * 0.86 * math.sin(a):.0f}",
            vein,
            2,
            'opacity=".6"',
        )
        for a in [i * math.pi / 5 + 0.2 for i in range(10)]
    )
    return s + ellipse(x, y, rx * 0.06, ry * 0.09, vein)


def cover_culture():
    W, H = 1120, 560
    defs = (
        gradient("bg", [(0, "#16305A"), (1, "#21467C")])
        + gradient("water", [(0, "#1B3C6C"), (1, "#10264A")])
        + glow("halo", "#F0BC42", 0.34)
        + lotus_defs()
    )
    s = (
        rect(0, 0, W, H, "url(#bg)")
        + ellipse(560, 270, 520, 420, "url(#halo)")
        + drum(560, 262, 372, GOLD, 0.62)
    )
    s += path("M0 440Q280 418 560 436T1120 432V560H0Z", "url(#water)")
    s += line("M70 476H250M840 470H1040M360 536H520M660 544H900M120 528H260", "#7FA0CF", 3, 'opacity=".35"')
    s += (
        leaf_pad(214, 500, 150, 34, "#1F6B48", "#6FAF7E")
        + leaf_pad(926, 506, 164, 36, "#1F6B48", "#6FAF7E")
        + leaf_pad(560, 502, 218, 40, "#2A7C54", "#8CC592")
    )
    s += leaf_pad(396, 540, 96, 20, "#185438", "#5E9C70") + leaf_pad(744, 544, 88, 18, "#185438", "#5E9C70")
    s += line("M212 498C206 440 216 400 232 352M930 504C936 450 928 416 910 378", "#2F8258", 8)
    s += bud(232, 360, 1.25, 8) + bud(909, 386, 1.05, -10)
    s += ellipse(560, 484, 120, 14, "#0E3A28", 'opacity=".45"') + lotus(560, 480, 1.62)
    return svg(W, H, defs, s), (W, H)


def cover_digital():
    W, H = 1120, 560
    defs = (
        gradient("sky", [(0, "#A9BFDB"), (0.6, "#F4E3BC"), (1, "#F3CF7A")])
        + gradient("m1", [(0, "#A3B5CE"), (1, "#D5D3C8")])
        + gradient("m2", [(0, "#5F7DA6"), (1, "#9DB0C3")])
        + gradient("m3", [(0, "#2A4C7E"), (1, "#4A6F92")])
        + gradient("top", [(0, "#8A5636"), (1, "#65391F")])
        + gradient("metal", [(0, "#EDEFF2"), (1, "#B7BFCA")])
        + gradient("key", [(0, "#F7D276"), (1, "#D79A1E")])
        + gradient("scr", [(0, "#24487C"), (1, "#16305A")], 0, 0, 1, 1)
        + glow("halo", "#FFF1C9", 0.9)
    )
    s = (
        rect(0, 0, W, H, "url(#sky)")
        + ellipse(862, 150, 190, 190, "url(#halo)")
        + ellipse(862, 150, 58, 58, GOLD)
    )
    s += (
        path(karst(320, 210, 31, 5, W, 470), "url(#m1)")
        + path(karst(350, 150, 77, 6, W, 470), "url(#m2)")
        + path(karst(380, 84, 78, 8, W, 470), "url(#m3)")
    )
    s += terraces(386, 11, 5, W, 470, 90, ["#2A7049", "#3C8A5C", LEAF], 0, "#9CC482")
    s += (
        rect(0, 446, W, 114, "url(#top)")
        + rect(0, 446, W, 6, "#B57C54")
        + line("M40 492H300M820 520H1080M700 480H760", "#5A3321", 2.5, 'opacity=".5"')
    )
    # laptop
    s += ellipse(500, 494, 330, 16, "#2A1710", 'opacity=".35"')
    s += rect(252, 130, 496, 330, "#222B3A", 18) + rect(268, 146, 464, 296, "url(#scr)", 6)
    s += rect(312, 176, 300, 236, PAPER, 6) + "".join(
        rect(338, 204 + i * 22, w, 8, "#D3CAB8", 4) for i, w in enumerate((190, 246, 222, 240, 150))
    )
    s += line("M340 390H520", "#B9AF9C", 2.5)
    s += line(
        "M352 372C366 320 392 324 380 358C372 382 386 384 400 362C410 344 420 350 416 366C412 380 430 376 440 360C452 342 458 364 470 366C486 368 494 350 512 346",
        INDIGO,
        5,
    )
    s += ellipse(566, 362, 29, 29, VERMILION) + line("M552 362l10 11l19 -22", "#fff", 6)
    # pen above the signature
    s += group(
        rect(-8, -104, 16, 84, VERMILION, 5)
        + rect(-8, -66, 16, 8, GOLD)
        + path("M-8 -20H8L2 0H-2Z", "#F4D58A")
        + path("M-3 -6H3L1.4 2H-1.4Z", INK),
        "translate(516 343) rotate(34)",
    )
    # shield with a lock on the screen
    s += path("M672 196l34 12v34c0 26 -14 42 -34 52c-20 -10 -34 -26 -34 -52v-34z", GOLD) + path(
        "M672 196l34 12v34c0 26 -14 42 -34 52z", "#D79A1E", 'opacity=".55"'
    )
    s += (
        rect(655, 238, 34, 27, INDIGO, 4)
        + line("M661 238v-8a11 11 0 0 1 22 0v8", INDIGO, 5)
        + ellipse(672, 250, 4, 4, GOLD)
    )
    s += "".join(rect(640, 318 + i * 22, w, 8, "#5F80B2", 4) for i, w in enumerate((64, 48, 58)))
    s += path("M196 462H804L836 486Q838 494 826 494H174Q162 494 164 486Z", "url(#metal)") + path(
        "M432 462H568L560 472H440Z", "#A3ACB9"
    )
    # phone, leaning in front
    s += group(
        ellipse(10, 176, 92, 10, "#2A1710", 'opacity=".35"')
        + rect(-68, -136, 148, 306, "#141A26", 24)
        + rect(-74, -136, 148, 306, "#222B3A", 24)
        + rect(-64, -122, 128, 278, PAPER, 15)
        + rect(-20, -114, 40, 7, "#222B3A", 4)
        + rect(-64, -92, 128, 62, INDIGO)
        + ellipse(0, -61, 20, 20, "none", f'stroke="{GOLD}" stroke-width="4"')
        + line("M-9 -61l7 7l12 -15", GOLD, 4.5)
        + "".join(rect(-44, -8 + i * 18, w, 7, "#D3CAB8", 3.5) for i, w in enumerate((88, 70, 80)))
        + "".join(
            ellipse(
                -42 + i * 28, 66, 8, 8, INDIGO if i < 3 else "none", f'stroke="{INDIGO}" stroke-width="3"'
            )
            for i in range(4)
        )
        + rect(-44, 96, 88, 34, LEAF, 9)
        + line("M-9 112l7 8l13 -15", "#fff", 5),
        "translate(892 346) rotate(4)",
    )
    # key on the desk
    s += group(
        ellipse(44, 20, 100, 7, "#2A1710", 'opacity=".3"')
        + path(
            "M-40 -24a26 26 0 1 0 0 48a26 26 0 0 0 22 -17h92v17h16v-17h14v12h14v-26h-136a26 26 0 0 0 -22 -17zm-8 15a10 10 0 1 1 -.1 0z",
            "url(#key)",
            'fill-rule="evenodd"',
        ),
        "translate(126 512) rotate(-6)",
    )
    return svg(W, H, defs, s), (W, H)


def cover_conduct():
    W, H = 1120, 560
    defs = (
        gradient("wall", [(0, "#F8EDD6"), (1, "#E8D5AE")], 0, 0, 1, 0)
        + gradient("top", [(0, "#9A6440"), (1, "#6B3F24")])
        + gradient("vase", [(0, "#C2362F"), (0.5, VERMILION), (1, "#6E1411")], 0, 0, 1, 0)
        + gradient("sky", [(0, "#BFD0E4"), (1, "#F5DFAF")])
        + gradient("strap", [(0, "#24497F"), (1, "#16305A")], 0, 0, 1, 0)
        + lotus_defs()
        + '<clipPath id="win"><rect x="60" y="0" width="420" height="330"/></clipPath>'
    )
    s = rect(0, 0, W, H, "url(#wall)")
    s += (
        '<g clip-path="url(#win)">'
        + rect(60, 0, 420, 330, "url(#sky)")
        + ellipse(356, 118, 50, 50, GOLD)
        + path(karst(250, 150, 51, 4, 420, 340, 60), "#9FB2CC")
        + path(karst(276, 100, 52, 5, 420, 340, 60), "#5F7DA6")
        + terraces(284, 10, 5, 420, 340, 95, ["#2A7049", "#3C8A5C", LEAF], 60, "#9CC482")
        + "</g>"
    )
    s += path("M46 0h448v344H46zM60 0v330h203V0zm217 0v330h203V0z", WOOD, 'fill-rule="evenodd"') + rect(
        28, 342, 484, 18, "#5A3321", 3
    )
    s += path("M480 0L900 0L1120 150V400L480 330Z", "#FFF6DE", 'opacity=".45"')
    s += clock(1034, 108, 64)
    # desk
    s += (
        rect(0, 424, W, 136, "url(#top)")
        + rect(0, 424, W, 7, "#C08A60")
        + line("M40 470H250M520 540H820M860 462H1070M330 452H420", "#5A3321", 2.5, 'opacity=".45"')
    )
    # stack of books and cup on the left
    s += ellipse(176, 476, 150, 11, "#2A1710", 'opacity=".35"')
    for i, (x, w, c) in enumerate(((52, 250, INDIGO), (66, 226, VERMILION), (60, 214, LEAF))):
        y = 440 - i * 34
        s += (
            rect(x, y, w, 34, c, 5)
            + rect(x + w - 12, y + 5, 14, 24, "#F6EAD0", 2)
            + rect(x + 24, y, 7, 34, GOLD, 0, 'opacity=".85"')
            + rect(x, y + 27, w, 7, "#000", 3, 'opacity=".16"')
        )
    s += (
        path("M122 318H202V350Q202 372 180 372H144Q122 372 122 350Z", "#FBF7EE")
        + line("M202 328q26 0 24 16q-2 16 -26 16", "#FBF7EE", 9)
        + path("M176 318H202V350Q202 372 180 372H166Q182 352 176 318Z", "#E3D8C2", 'opacity=".7"')
        + ellipse(162, 318, 40, 7, "#7A4A2C")
        + line("M124 342H200", INDIGO, 4)
    )
    s += line("M148 300q-8 -14 0 -26t0 -24M174 300q-8 -14 0 -26t0 -24", "#fff", 4, 'opacity=".65"')
    # badge standing on its lanyard, the main object
    s += ellipse(560, 520, 150, 12, "#2A1710", 'opacity=".35"')
    s += line("M520 214C470 120 440 60 452 -20M600 214C652 120 690 60 676 -20", "#16305A", 24)
    s += line("M520 214C470 120 440 60 452 -20M600 214C652 120 690 60 676 -20", "#2A5290", 18)
    s += (
        path("M508 206H612L584 250H536Z", "#16305A")
        + rect(548, 240, 24, 40, "#B7BFCA", 6)
        + ellipse(560, 254, 6, 6, "#7C8694")
    )
    s += rect(446, 270, 236, 250, "#CBBEA6", 18) + rect(
        440, 266, 240, 250, "#fff", 18, f'stroke="{SHIRT_LINE}" stroke-width="3"'
    )
    s += (
        path("M440 284Q440 266 458 266H662Q680 266 680 284V318H440Z", VERMILION)
        + rect(530, 280, 60, 14, "#7E1713", 7)
        + rect(440, 318, 240, 6, GOLD)
    )
    s += (
        rect(466, 346, 92, 116, "#DCE6F1", 6)
        + '<clipPath id="bp"><rect x="466" y="346" width="92" height="116" rx="6"/></clipPath><g clip-path="url(#bp)">'
    )
    s += officer(512, 396, 0.47, sex="f", style="bun", look=(0, 0), mouth="smile", card=900) + "</g>"
    s += "".join(
        rect(578, 356 + i * 24, w, 9, c, 4.5)
        for i, (w, c) in enumerate(((78, INDIGO), (62, "#C9BFAC"), (70, "#C9BFAC"), (48, "#C9BFAC")))
    ) + rect(466, 482, 190, 12, "#E4DAC6", 6)
    # vase with lotus
    s += ellipse(880, 504, 96, 11, "#2A1710", 'opacity=".35"')
    s += line(
        "M872 350C862 290 850 260 832 226M886 350C892 300 916 262 944 240M878 350C874 320 868 300 860 280",
        LEAF,
        8,
    )
    s += path("M884 340C930 290 990 292 1020 316C990 346 930 356 884 348Z", "#2E7C53") + line(
        "M890 342C930 326 970 318 1004 318", "#8CC592", 2.5
    )
    s += path("M874 346C838 306 784 310 760 334C786 356 838 362 874 352Z", LEAF) + line(
        "M866 348C836 338 800 334 774 336", "#6FAF7E", 2.5
    )
    s += bud(944, 250, 1.05, 22) + lotus(826, 240, 0.78)
    s += path(
        "M850 344H910C906 366 944 396 944 440C944 478 916 504 904 504H856C844 504 816 478 816 440C816 396 854 366 850 344Z",
        "url(#vase)",
    ) + rect(844, 338, 72, 12, "#7E1713", 5)
    s += (
        line("M818 428Q880 446 942 428", GOLD, 4)
        + line("M820 462Q880 480 940 462", GOLD, 2.5, 'opacity=".8"')
        + path(
            "M838 410Q830 440 838 470",
            "none",
            'stroke="#fff" stroke-width="5" stroke-linecap="round" opacity=".3"',
        )
    )
    return svg(W, H, defs, s), (W, H)


ALL = {
    "counter": counter,
    "officer-portrait": officer_portrait,
    "mountains": mountains,
    "community-house": community_house,
    "collective": collective,
    "cover-culture": cover_culture,
    "cover-digital": cover_digital,
    "cover-conduct": cover_conduct,
}


def render(name):
    from PIL import Image

    source, (w, h) = ALL[name]()
    target = HERE / f"{name}.svg"
    target.write_text(source, encoding="utf-8")
    with tempfile.TemporaryDirectory() as tmp:
        page, shot = pathlib.Path(tmp, "p.html"), pathlib.Path(tmp, "p.png")
        page.write_text(f'<!doctype html><body style="margin:0">{source}</body>', encoding="utf-8")
        # render at twice the size, then reduce, for clean edges
        subprocess.run(
            [
                CHROMIUM,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--force-device-scale-factor=2",
                f"--window-size={w},{h + 120}",
                f"--screenshot={shot}",
                str(page),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        image = Image.open(shot).convert("RGB").crop((0, 0, 2 * w, 2 * h)).resize((w, h), Image.LANCZOS)
    for quality in range(92, 40, -3):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= MAX_BYTES:
            break
    place = COURSES / COVERS[name] / "cover.jpg" if name in COVERS else PICTURES / f"{name}.jpg"
    place.write_bytes(out.getvalue())
    print(f"{name}.jpg {w}x{h} {out.tell() // 1000} kB, quality {quality}")


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    for chosen in sys.argv[1:] or ALL:
        render(chosen)
