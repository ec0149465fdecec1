"""The counter of a one-stop office, and the portrait of its officer."""

import math

from colours import FAIR, GOLD, LEAF, SHIRT_DIM, SHIRT_LINE, TAN, VERMILION, WOOD, WOOD_LIGHT
from landscape import karst, terraces
from limbs import arm, cuff, hand
from shapes import ellipse, gradient, group, line, path, rect, svg
from things import binders, bud, clock, lotus, lotus_defs

from people import officer


def _counter_defs():
    return (
        gradient("sky", [(0, "#BFD0E4"), (0.55, "#F5E5BF"), (1, "#F3CF7A")])
        + gradient("wall", [(0, "#F8EDD6"), (1, "#EAD9B8")], 0, 0, 1, 0)
        + gradient("desk", [(0, "#23467A"), (1, "#142B4D")])
        + gradient("mist", [(0, "#FFF3D6", 0), (1, "#FFF3D6", 0.75)])
        + gradient("coat", [(0, "#7A4232"), (0.6, "#5F3025"), (1, "#5F3025")], 0, 0, 1, 0)
        + gradient("nonl", [(0, "#F4E0AE"), (1, "#E3C584")], 0, 0, 1, 0)
        + lotus_defs()
        + '<clipPath id="win"><rect x="96" y="76" width="742" height="494"/></clipPath>'
    )


def _counter_window():
    """The window onto the mountains."""
    s = '<g clip-path="url(#win)">' + rect(96, 76, 742, 494, "url(#sky)")
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
    return s


def _counter_wall():
    """On the wall."""
    s = clock(1410, 128, 70) + binders(1268, 372, 1)
    return s


def _counter_front(width):
    """The front of the counter."""
    s = rect(0, 692, width, 14, "#000", 0, 'opacity=".16"') + rect(0, 724, width, 4, GOLD)
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
    return s


def _counter_vase():
    """Vase."""
    s = line("M1490 606C1480 560 1470 540 1462 500M1496 606C1500 560 1514 528 1532 508", LEAF, 7)
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
    return s


def _counter_documents():
    """Documents on the counter."""
    s = (
        path("M1196 660L1212 646H1338L1346 660Z", "#fff")
        + path("M1200 660L1206 652H1342L1346 660Z", "#E9DFCD")
        + line("M1226 652H1318", "#B9AF9C", 2.5)
    )
    return s


def _counter_resting_arm():
    """Her arm on the counter."""
    s = ""
    elbow, wrist = (1222, 628), (1118, 650)
    s += arm([(1167, 540), elbow, wrist], [59, 42, 24], SHIRT_DIM, inner=-1) + cuff(elbow, wrist, 24)
    s += hand("flat", 1088, 655, 172, 1.15, flip=True, skin=FAIR)
    return s


def _counter_sheet():
    """Sheet between the two hands."""
    s = hand("palm", 752, 578, 204, 1.25, skin=FAIR)
    s += group(
        rect(-78, -56, 156, 112, "#fff", 3, f'stroke="{SHIRT_LINE}" stroke-width="2"')
        + "".join(rect(-58, -38 + i * 17, w, 5, "#C9BFAC", 2) for i, w in enumerate((66, 112, 98, 108)))
        + ellipse(46, 36, 12, 12, VERMILION, 'opacity=".75"'),
        "translate(676 562) rotate(-7) skewX(-14)",
    )
    s += hand("thumb", 752, 572, 196, 1.3, skin=FAIR)
    return s


def _hat():
    """A conical hat, with its rings."""
    m = '<clipPath id="hat"><path d="M-228 -372C-150 -424 -70 -494 0 -578C70 -494 150 -424 228 -372C150 -334 -150 -334 -228 -372Z"/></clipPath>'
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
    return m


def _old_man():
    """The old man, from behind."""
    s = ""
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
    m += _hat()
    s += group(m, "translate(420 890)")
    s += hand("wrap", 628, 622, -52, 1.12, skin=TAN)
    return s


def counter():
    width, height = 1600, 933
    defs = _counter_defs()
    s = rect(0, 0, width, height, "url(#wall)")
    s += path("M838 76L1600 440V700L838 570Z", "#FFF6DE", 'opacity=".55"')
    s += _counter_window()
    s += _counter_wall()
    # the officer and her sleeve
    s += group(
        officer(0, 0, 1.62, tilt=-3, sex="f", style="bun", look=(-9, 5), mouth="open", card=172, light=-1),
        "translate(1040 292)",
    )
    # counter
    s += (
        rect(0, 690, width, height - 690, "url(#desk)")
        + rect(0, 660, width, 32, WOOD_LIGHT)
        + rect(0, 660, width, 8, "#B57C54")
    )
    s += _counter_front(width)
    s += _counter_vase()
    s += _counter_documents()
    s += _counter_resting_arm()
    # sleeve of the officer reaching to the sheet
    elbow, wrist = (872, 626), (780, 588)
    s += arm([(913, 540), elbow, wrist], [59, 42, 26], inner=1) + cuff(elbow, wrist, 26)
    s += line("M890 598q-14 16 -36 16", SHIRT_LINE, 3)
    s += _counter_sheet()
    s += _old_man()
    return svg(width, height, defs, s), (width, height)


def officer_portrait():
    width, height = 1600, 1200
    defs = gradient("bg", [(0, "#F8EDD5"), (1, "#E4CF9F")], 0, 0, 1, 1) + gradient(
        "sun", [(0, "#F5CB62"), (1, "#EBB43A")]
    )
    s = rect(0, 0, width, height, "url(#bg)") + ellipse(985, 450, 400, 400, "url(#sun)", 'opacity=".72"')
    s += path(karst(1130, 190, 21, 6, width, height), "#B9A97F", 'opacity=".35"') + path(
        karst(1190, 130, 22, 7, width, height), "#8F8A6D", 'opacity=".3"'
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
    return svg(width, height, defs, s), (width, height)
