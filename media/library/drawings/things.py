"""Lotus, binders, clock, drum and leaves."""

import math

from colours import GOLD, INDIGO, INK, LEAF, VERMILION, WOOD
from shapes import ellipse, gradient, group, line, path, rect


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
