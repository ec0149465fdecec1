"""The covers of the starter courses."""

from colours import GOLD, INDIGO, INK, LEAF, PAPER, SHIRT_LINE, VERMILION, WOOD
from landscape import karst, terraces
from shapes import ellipse, glow, gradient, group, line, path, rect, svg
from things import bud, clock, drum, leaf_pad, lotus, lotus_defs

from people import officer


def cover_culture():
    width, height = 1120, 560
    defs = (
        gradient("bg", [(0, "#16305A"), (1, "#21467C")])
        + gradient("water", [(0, "#1B3C6C"), (1, "#10264A")])
        + glow("halo", "#F0BC42", 0.34)
        + lotus_defs()
    )
    s = (
        rect(0, 0, width, height, "url(#bg)")
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
    return svg(width, height, defs, s), (width, height)


def _cover_digital_defs():
    return (
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


def _digital_landscape(width):
    """Landscape behind."""
    s = (
        path(karst(320, 210, 31, 5, width, 470), "url(#m1)")
        + path(karst(350, 150, 77, 6, width, 470), "url(#m2)")
        + path(karst(380, 84, 78, 8, width, 470), "url(#m3)")
    )
    s += terraces(386, 11, 5, width, 470, 90, ["#2A7049", "#3C8A5C", LEAF], 0, "#9CC482")
    s += (
        rect(0, 446, width, 114, "url(#top)")
        + rect(0, 446, width, 6, "#B57C54")
        + line("M40 492H300M820 520H1080M700 480H760", "#5A3321", 2.5, 'opacity=".5"')
    )
    return s


def _laptop():
    """Laptop."""
    s = ellipse(500, 494, 330, 16, "#2A1710", 'opacity=".35"')
    s += rect(252, 130, 496, 330, "#222B3A", 18) + rect(268, 146, 464, 296, "url(#scr)", 6)
    return s


def _signed_page():
    """The signed page on the screen."""
    s = rect(312, 176, 300, 236, PAPER, 6) + "".join(
        rect(338, 204 + i * 22, w, 8, "#D3CAB8", 4) for i, w in enumerate((190, 246, 222, 240, 150))
    )
    s += line("M340 390H520", "#B9AF9C", 2.5)
    s += line(
        "M352 372C366 320 392 324 380 358C372 382 386 384 400 362C410 344 420 350 416 366C412 380 430 376 440 360C452 342 458 364 470 366C486 368 494 350 512 346",
        INDIGO,
        5,
    )
    s += ellipse(566, 362, 29, 29, VERMILION) + line("M552 362l10 11l19 -22", "#fff", 6)
    return s


def _pen():
    """Pen above the signature."""
    s = group(
        rect(-8, -104, 16, 84, VERMILION, 5)
        + rect(-8, -66, 16, 8, GOLD)
        + path("M-8 -20H8L2 0H-2Z", "#F4D58A")
        + path("M-3 -6H3L1.4 2H-1.4Z", INK),
        "translate(516 343) rotate(34)",
    )
    return s


def _shield():
    """Shield with a lock on the screen."""
    s = path("M672 196l34 12v34c0 26 -14 42 -34 52c-20 -10 -34 -26 -34 -52v-34z", GOLD) + path(
        "M672 196l34 12v34c0 26 -14 42 -34 52z", "#D79A1E", 'opacity=".55"'
    )
    s += (
        rect(655, 238, 34, 27, INDIGO, 4)
        + line("M661 238v-8a11 11 0 0 1 22 0v8", INDIGO, 5)
        + ellipse(672, 250, 4, 4, GOLD)
    )
    return s


def _keyboard():
    """The keyboard."""
    s = "".join(rect(640, 318 + i * 22, w, 8, "#5F80B2", 4) for i, w in enumerate((64, 48, 58)))
    s += path("M196 462H804L836 486Q838 494 826 494H174Q162 494 164 486Z", "url(#metal)") + path(
        "M432 462H568L560 472H440Z", "#A3ACB9"
    )
    return s


def _leaning_phone():
    """Phone, leaning in front."""
    s = group(
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
    return s


def _key():
    """Key on the desk."""
    s = group(
        ellipse(44, 20, 100, 7, "#2A1710", 'opacity=".3"')
        + path(
            "M-40 -24a26 26 0 1 0 0 48a26 26 0 0 0 22 -17h92v17h16v-17h14v12h14v-26h-136a26 26 0 0 0 -22 -17zm-8 15a10 10 0 1 1 -.1 0z",
            "url(#key)",
            'fill-rule="evenodd"',
        ),
        "translate(126 512) rotate(-6)",
    )
    return s


def cover_digital():
    width, height = 1120, 560
    defs = _cover_digital_defs()
    s = (
        rect(0, 0, width, height, "url(#sky)")
        + ellipse(862, 150, 190, 190, "url(#halo)")
        + ellipse(862, 150, 58, 58, GOLD)
    )
    s += _digital_landscape(width)
    s += _laptop()
    s += _signed_page()
    s += _pen()
    s += _shield()
    s += _keyboard()
    s += _leaning_phone()
    s += _key()
    return svg(width, height, defs, s), (width, height)


def _cover_conduct_defs():
    return (
        gradient("wall", [(0, "#F8EDD6"), (1, "#E8D5AE")], 0, 0, 1, 0)
        + gradient("top", [(0, "#9A6440"), (1, "#6B3F24")])
        + gradient("vase", [(0, "#C2362F"), (0.5, VERMILION), (1, "#6E1411")], 0, 0, 1, 0)
        + gradient("sky", [(0, "#BFD0E4"), (1, "#F5DFAF")])
        + gradient("strap", [(0, "#24497F"), (1, "#16305A")], 0, 0, 1, 0)
        + lotus_defs()
        + '<clipPath id="win"><rect x="60" y="0" width="420" height="330"/></clipPath>'
    )


def _conduct_window():
    """The window."""
    s = (
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
    return s


def _conduct_desk(width):
    """Desk."""
    s = (
        rect(0, 424, width, 136, "url(#top)")
        + rect(0, 424, width, 7, "#C08A60")
        + line("M40 470H250M520 540H820M860 462H1070M330 452H420", "#5A3321", 2.5, 'opacity=".45"')
    )
    return s


def _books():
    """Stack of books and cup on the left."""
    s = ellipse(176, 476, 150, 11, "#2A1710", 'opacity=".35"')
    for i, (x, w, c) in enumerate(((52, 250, INDIGO), (66, 226, VERMILION), (60, 214, LEAF))):
        y = 440 - i * 34
        s += (
            rect(x, y, w, 34, c, 5)
            + rect(x + w - 12, y + 5, 14, 24, "#F6EAD0", 2)
            + rect(x + 24, y, 7, 34, GOLD, 0, 'opacity=".85"')
            + rect(x, y + 27, w, 7, "#000", 3, 'opacity=".16"')
        )
    return s


def _cup():
    """The cup."""
    s = (
        path("M122 318H202V350Q202 372 180 372H144Q122 372 122 350Z", "#FBF7EE")
        + line("M202 328q26 0 24 16q-2 16 -26 16", "#FBF7EE", 9)
        + path("M176 318H202V350Q202 372 180 372H166Q182 352 176 318Z", "#E3D8C2", 'opacity=".7"')
        + ellipse(162, 318, 40, 7, "#7A4A2C")
        + line("M124 342H200", INDIGO, 4)
    )
    s += line("M148 300q-8 -14 0 -26t0 -24M174 300q-8 -14 0 -26t0 -24", "#fff", 4, 'opacity=".65"')
    return s


def _badge_strap():
    """Badge standing on its lanyard, the main object."""
    s = ellipse(560, 520, 150, 12, "#2A1710", 'opacity=".35"')
    s += line("M520 214C470 120 440 60 452 -20M600 214C652 120 690 60 676 -20", "#16305A", 24)
    s += line("M520 214C470 120 440 60 452 -20M600 214C652 120 690 60 676 -20", "#2A5290", 18)
    s += (
        path("M508 206H612L584 250H536Z", "#16305A")
        + rect(548, 240, 24, 40, "#B7BFCA", 6)
        + ellipse(560, 254, 6, 6, "#7C8694")
    )
    return s


def _badge():
    """The card itself."""
    s = rect(446, 270, 236, 250, "#CBBEA6", 18) + rect(
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
    return s


def _lotus_stems():
    """Vase with lotus."""
    s = ellipse(880, 504, 96, 11, "#2A1710", 'opacity=".35"')
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
    return s


def _vase():
    """The vase."""
    s = path(
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
    return s


def cover_conduct():
    width, height = 1120, 560
    defs = _cover_conduct_defs()
    s = rect(0, 0, width, height, "url(#wall)")
    s += _conduct_window()
    s += _conduct_desk(width)
    s += _books()
    s += _cup()
    s += _badge_strap()
    s += _badge()
    s += _lotus_stems()
    s += _vase()
    return svg(width, height, defs, s), (width, height)
