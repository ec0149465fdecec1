"""Arms, cuffs and hands. Hands are drawn pointing along +x with the thumb up; mirror with flip."""

import math

from colours import FAIR, SHIRT, SHIRT_LINE
from shapes import capsule, ellipse, group, path, rect


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
