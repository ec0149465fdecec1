"""Three of a digital team."""

from colours import FAIR, GOLD, INDIGO, LEAF, SHIRT_DIM, SHIRT_LINE, VERMILION
from limbs import arm, cuff, fingers, hand
from shapes import capsule, ellipse, gradient, group, line, path, rect, svg

from people import officer


def _collective_defs():
    return (
        gradient("bg", [(0, "#F6E9CC"), (1, "#E6D0A0")])
        + gradient("sun", [(0, "#F6CE6A"), (1, "#EBB037")])
        + gradient("book", [(0, "#274D85"), (1, "#1A3660")], 0, 0, 1, 1)
    )


def _middle():
    """The man in the middle."""
    s = officer(
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
    return s


def _with_notebook():
    """Woman on the left, notebook held to the chest."""
    s = officer(
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
    return s


def _with_phone():
    """Woman on the right, phone in hand."""
    s = officer(
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
    return s


def collective():
    width, height = 1600, 1200
    defs = _collective_defs()
    s = rect(0, 0, width, height, "url(#bg)") + ellipse(800, 520, 452, 452, "url(#sun)", 'opacity=".9"')
    s += _middle()
    s += _with_notebook()
    s += _with_phone()
    return svg(width, height, defs, s), (width, height)
