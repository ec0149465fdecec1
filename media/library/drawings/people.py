"""Whole people: origin at the middle of the face, shoulders near y = 130."""

from colours import FAIR, HAIR, INDIGO_CLOTH, INDIGO_DARK, INDIGO_TRIM, SHIRT, SHIRT_LINE, SHIRT_SHADE, TAN, VERMILION
from heads import head
from shapes import ellipse, group, line, path, rect


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
