"""Heads: origin at the middle of the face, chin at y = 64."""

from colours import FAIR, GOLD, HAIR
from shapes import ellipse, group, line, new_id, path

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


def _hair_behind(dx, style, hair, turn):
    """What hangs behind the body."""
    s = ""
    if style not in ("scarf",):
        s += ellipse(0, -24, 54, 54, hair)
    if style == "bun":
        s += ellipse(-dx * 0.5 + 6, -78, 30, 26, hair) + line(
            f"M{-dx * 0.5 - 14} -84q18 -14 38 -2", "#fff", 2, 'opacity=".12"'
        )
        s += path("M-54 -10C-62 30 -46 52 -30 54H30C46 52 62 30 54 -10Z", hair)
    elif style == "bob":
        s += path(
            "M-56 -16C-70 34 -66 62 -58 82C-40 90 -28 84 -20 76H20C28 84 40 90 58 82C66 62 70 34 56 -16Z",
            hair,
        )
    elif style == "tail":
        t = -turn
        s += path(
            f"M{t * 30} -50C{t * 92} -56 {t * 96} 10 {t * 86} 66C{t * 84} 88 {t * 74} 100 {t * 66} 106C{t * 66} 70 {t * 64} 20 {t * 34} -10Z",
            hair,
        )
    return s


def _ears(dx, dy, sex, style, old, base, dark):
    """Those the turn of the head leaves visible, with studs."""
    s = ""
    for side in (-1, 1):
        if dx * side > 7:
            continue
        x = side * 48 - dx * 0.25
        s += ellipse(x, 4 + dy * 0.3, 8.5, 13, base)
        s += line(f"M{x + side * 2} -3q{side * 3} 6 {-side * 1} 12", dark, 1.8, 'opacity=".55"')
        if sex == "f" and not old and style != "scarf":
            s += ellipse(x + side * 1, 20 + dy * 0.3, 2.6, 2.6, GOLD)
    return s


def _face(dy, sex, style, base, shade, light):
    """The face with the shade the light leaves."""
    s = ""
    face = FACE[sex]
    clip = new_id()
    s += f'<clipPath id="{clip}"><path d="{face}"/></clipPath>' + path(face, base)
    s += f'<g clip-path="url(#{clip})">'
    s += path(
        f"M{-light * 60} -70H{-light * 30}C{-light * 42} -20 {-light * 44} 30 {-light * 8} 78H{-light * 60}Z",
        shade,
        'opacity=".42"',
    )
    if style != "scarf":
        s += path(
            f"M-60 -70H60V-14C46 {-22 + dy * 0.4} 30 {-30 + dy * 0.4} 12 {-42 + dy * 0.4}C-6 {-28 + dy * 0.4} -34 {-22 + dy * 0.4} -60 -8Z",
            shade,
            'opacity=".55"',
        )
    else:
        s += path("M-60 -70H60V-18Q30 -36 0 -38Q-30 -36 -60 -18Z", shade, 'opacity=".6"')
    s += "</g>"
    return s


def _eyes(cx, cy, xs, turn, sex, hair, eyes, skin, old):
    """Eyes and brows; the far eye is a little smaller."""
    s = ""
    brow = 4.4 if sex == "m" else 3.2
    bcol = hair if not old else "#7C7268"
    for side in (-1, 1):
        x = xs[side]
        k = 0.93 if side == turn and abs(cx) > 4 else 1
        s += eye(x, cy + 2, eyes, "#2A1C16", k * side, skin)
        lift = -17 if eyes == "open" else -15
        s += line(
            f"M{x - side * 11 * k:.1f} {cy + lift + 1}Q{x + side * 1} {cy + lift - 6} {x + side * 12.5 * k:.1f} {cy + lift + 0.5}",
            bcol,
            brow,
        )
    return s


def _glasses(cx, cy, xs):
    s = ""
    for side in (-1, 1):
        s += ellipse(xs[side], cy + 3, 16.5, 15, "none", 'stroke="#33415C" stroke-width="2.4"')
    s += line(f"M{xs[-1] + 16} {cy + 1}Q{cx} {cy - 4} {xs[1] - 16} {cy + 1}", "#33415C", 2.6)
    s += line(
        f"M{xs[-1] - 16} {cy + 1}L-49 {cy - 1}M{xs[1] + 16} {cy + 1}L49 {cy - 1}", "#33415C", 2.2
    )
    return s


def _nose(cx, cy, turn, dark, light):
    """In profile as soon as the head turns."""
    s = ""
    nx = cx * 1.25
    if abs(cx) > 4:
        s += line(
            f"M{nx + turn * 1:.1f} {cy + 4}Q{nx + turn * 8:.1f} {cy + 18} {nx + turn * 6:.1f} {cy + 21}Q{nx + turn * 2:.1f} {cy + 25} {nx - turn * 4:.1f} {cy + 22}",
            dark,
            2.6,
        )
    else:
        s += line(f"M{nx - 6} {cy + 20}Q{nx} {cy + 26} {nx + 6} {cy + 20}", dark, 2.6)
        s += line(f"M{nx + 5 * -light * -1} {cy + 6}q3 7 1 11", dark, 1.8, 'opacity=".35"')
    return s


def _cheeks(cx, cy, turn, blush):
    s = ""
    for side in (-1, 1):
        k = 0.7 if side == turn and abs(cx) > 4 else 1
        s += ellipse(cx * 0.9 + side * 29, cy + 23, 10 * k, 7.5, blush, 'opacity=".28"')
    return s


def _mouth(cx, cy, mouth, lips, dark):
    mx, my = cx * 1.1, cy + 38
    mw = 1 if abs(cx) < 5 else 0.92
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
    return group(m, f"translate({mx:.1f} {my:.1f}) scale({mw},1)")


def _wrinkles(cx, cy, dark):
    s = ""
    for side in (-1, 1):
        s += line(
            f"M{cx + side * 17} {cy + 24}Q{cx + side * 25} {cy + 31} {cx + side * 22.5} {cy + 40}",
            dark,
            1.7,
            'opacity=".7"',
        )
        if not cx * side > 7:
            s += line(
                f"M{cx + side * 36} {cy + 1}l{side * 6} -3M{cx + side * 36} {cy + 5}l{side * 6} 2",
                dark,
                1.5,
                'opacity=".65"',
            )
        s += line(
            f"M{cx + side * 14} {cy + 12}q{side * 7} 4 {side * 13} 0", dark, 1.4, 'opacity=".5"'
        )
    s += line(f"M{cx - 15} {cy - 31}q15 -4 30 0", dark, 1.4, 'opacity=".4"')
    return s


def _scarf():
    """A wrapped indigo headscarf, folded to a soft peak over the brow."""
    s = ""
    a, b = "#26355C", "#1A2545"
    s += path("M-46 -26Q-26 -46 0 -47Q26 -46 46 -26Q30 -38 0 -39Q-30 -38 -46 -26Z", "#8B8178")
    s += path(
        "M-55 22C-68 -36 -58 -92 0 -97C58 -92 68 -36 55 22C52 -2 46 -22 34 -32Q16 -42 0 -50Q-16 -42 -34 -32C-46 -22 -52 -2 -55 22Z",
        a,
    )
    s += path(
        "M-55 22C-68 -36 -58 -92 0 -97C-24 -84 -44 -54 -34 -32C-46 -22 -52 -2 -55 22Z", b, 'opacity=".75"'
    )
    s += line(
        "M0 -50Q6 -76 34 -88M0 -50Q-4 -70 -24 -86M34 -32Q48 -46 54 -60", "#6D86B8", 2, 'opacity=".6"'
    )
    return s


def _hair_in_front(dx, style, hair):
    """What falls over the brow."""
    s = ""
    p = dx * 0.5
    if style in ("bun", "tail", "bob"):
        low = 38 if style == "bob" else 6
        s += path(
            f"M-52 {low}C-68 -44 -52 -86 2 -87C54 -86 68 -44 52 {low}C53 -4 50 -18 43 -27C30 -33 19 -44 {12 + p} -57C{-2 + p} -39 -30 -31 -43 -24C-50 -14 -53 -4 -52 {low}Z",
            hair,
        )
        s += line(f"M{-34} -58Q-14 -78 {14 + p} -76", "#fff", 3.5, 'opacity=".13"')
        s += line(f"M{12 + p} -57Q{15 + p} -72 {10 + p} -84", "#000", 2, 'opacity=".25"')
    elif style == "short":
        s += path(
            "M-51 0C-58 -44 -52 -82 -12 -89C8 -100 46 -94 54 -60C58 -40 55 -18 51 0L47 -12C47 -26 43 -36 36 -43C16 -38 -8 -43 -22 -55C-26 -45 -38 -40 -42 -30C-46 -22 -47 -12 -51 0Z",
            hair,
        )
        s += line("M-36 -58Q-18 -76 14 -76", "#fff", 3.5, 'opacity=".13"')
    elif style == "crop":
        s += path(
            "M-51 0C-58 -40 -52 -82 0 -83C52 -82 58 -40 51 0C48 -14 46 -28 38 -38C18 -46 -18 -46 -38 -38C-46 -28 -48 -14 -51 0Z",
            hair,
        )
        s += line("M-34 -60Q-14 -74 16 -73", "#fff", 3, 'opacity=".2"')
    elif style == "scarf":
        s += _scarf()
    return s


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
    turn = 1 if dx > 0 else -1
    far, near = 20 - abs(dx) * 0.12, 21
    xs = {-1: dx - (far if turn < 0 else near), 1: dx + (far if turn > 0 else near)}
    front = _ears(dx, dy, sex, style, old, base, dark) + _face(dy, sex, style, base, shade, light)
    front += _eyes(dx, dy, xs, turn, sex, hair, eyes, skin, old)
    if glasses:
        front += _glasses(dx, dy, xs)
    front += _nose(dx, dy, turn, dark, light) + _cheeks(dx, dy, turn, blush) + _mouth(dx, dy, mouth, lips, dark)
    if old:
        front += _wrinkles(dx, dy, dark)
    return _hair_behind(dx, style, hair, turn), front + _hair_in_front(dx, style, hair)
