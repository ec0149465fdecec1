"""Mountains with a hamlet."""

from colours import GOLD, INDIGO
from landscape import karst, terraces
from shapes import ellipse, glow, gradient, group, line, path, rect, svg


def _mountains_defs():
    return (
        gradient("sky", [(0, "#27497A"), (0.32, "#86A0C2"), (0.56, "#F3DDB2"), (0.7, "#F7D58A")])
        + gradient("mist", [(0, "#FFF0CF", 0), (0.6, "#FFF0CF", 0.7), (1, "#FFF0CF", 0)])
        + gradient("m1", [(0, "#B4C1D3"), (1, "#D9D6CC")])
        + gradient("m2", [(0, "#6C88AE"), (1, "#A5B4C4")])
        + gradient("m3", [(0, "#2C4E80"), (1, "#5E7FA3")])
        + gradient("m4", [(0, "#1C3A63"), (1, "#2F5F6E")])
        + glow("halo", "#FFE6A6", 0.9)
    )


def _ridges(height, width):
    """Sky and ridges."""
    s = (
        rect(0, 0, width, height, "url(#sky)")
        + ellipse(1070, 330, 330, 330, "url(#halo)")
        + ellipse(1070, 330, 92, 92, GOLD)
    )
    s += path(karst(560, 330, 32, 6, width, 700), "url(#m1)") + path(karst(590, 250, 8, 7, width, 720), "url(#m2)")
    s += rect(0, 470, width, 170, "url(#mist)") + path(karst(620, 170, 14, 8, width, 740), "url(#m3)")
    s += rect(0, 540, width, 130, "url(#mist)") + path(karst(650, 96, 17, 9, width, 760), "url(#m4)")
    s += terraces(
        650, 21, 10, width, height, 40, ["#2E7C53", "#3F8B58", "#6E9C4E", "#D2A73F", "#276C48"], 0, "#F3DFA0"
    )
    return s


def _hamlet():
    """A hamlet: three stilt-house roofs."""
    s = ""
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
    return s


def _near_hill():
    """Near hill and palms."""
    s = ""
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
    return s


def mountains():
    width, height = 1600, 900
    defs = _mountains_defs()
    s = _ridges(height, width)
    s += _hamlet()
    s += _near_hill()
    return svg(width, height, defs, s), (width, height)
