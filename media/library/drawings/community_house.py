"""An evening in the community house."""

from colours import (
    FAIR,
    GOLD,
    INDIGO,
    INDIGO_CLOTH,
    INDIGO_DARK,
    INDIGO_TRIM,
    LEAF,
    SHIRT_DIM,
    SHIRT_LINE,
    TAN,
    VERMILION,
)
from landscape import karst, terraces
from limbs import arm, cuff, fingers, hand
from shapes import ellipse, glow, gradient, group, line, path, rect, svg

from people import officer, villager_man, villager_woman


def _community_house_defs():
    return (
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


def _evening(width):
    """Stars, moon and terraces."""
    s = ""
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
        path(karst(500, 250, 44, 6, width, 700), "url(#m1)")
        + path(karst(530, 170, 46, 7, width, 700), "url(#m2)")
        + path(karst(560, 100, 49, 8, width, 720), "url(#m3)")
    )
    s += terraces(556, 20, 8, width, 800, 60, ["#2F6E54", "#43805A", "#7C9450", "#B99645"], 0, "#E9D79C")
    return s


def _railing(width):
    """Railing."""
    s = rect(0, 626, width, 18, "#7A4A30") + rect(0, 626, width, 5, "#A06A45") + rect(0, 760, width, 14, "#6B3F2A")
    for x in range(20, 1600, 52):
        s += rect(x, 644, 13, 150, "#6B3F2A") + rect(x, 644, 4, 150, "#8A5636")
    return s


def _posts(width):
    """Posts, beam and eave."""
    s = ""
    for x in (52, 774, 1496):
        s += rect(x, 90, 52, 760, "url(#post)") + rect(x - 8, 780, 68, 100, "#3F2317", 4)
        s += path(
            f"M{x} 128L{x - 74} 66H{x - 40}L{x} 100ZM{x + 52} 128L{x + 126} 66H{x + 92}L{x + 52} 100Z",
            "#5A3321",
        )
    s += rect(0, 0, width, 92, "url(#beam)") + rect(0, 86, width, 10, "#2A1710")
    for x in range(-20, 1640, 44):
        s += path(f"M{x} 0h40v34q-20 22 -40 0z", "#5D3A29") + path(
            f"M{x} 0h12v40q-8 -2 -12 -6z", "#7C5038", 'opacity=".8"'
        )
    return s


def _lamps():
    """Lamps with bamboo shades."""
    s = ""
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
    return s


def _people():
    """People, left pair: officer behind, villager in front."""
    s = officer(
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
    return s


def _tablet_arm():
    """Tablet held like a tray between them."""
    s = arm([(710, 564), (736, 690), (640, 748)], [46, 38, 26], SHIRT_DIM, inner=-1) + cuff(
        (730, 690), (640, 748), 25
    )
    s += line("M708 690q20 14 42 2", SHIRT_LINE, 3)
    s += hand("palm", 612, 756, 170, 1.15, skin=FAIR)
    return s


def _tablet():
    """What the tablet shows."""
    s = ""
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
    return s


def _tablet_hands(cloth, dark):
    """The hands on the tablet."""
    s = hand("thumb", 608, 746, 196, 1.2, skin=FAIR)
    s += arm([(178, 582), (190, 736), (352, 752)], [44, 38, 27], cloth, dark, inner=1) + cuff(
        (196, 738), (352, 752), 26, "#4A5068", dark
    )
    s += line("M178 700q22 18 46 8", dark, 3)
    s += hand("point", 382, 754, -4, 1.2, skin=TAN)
    return s


def _phone():
    """Older woman's sleeves and phone."""
    s = ellipse(996, 690, 120, 120, "url(#screen)", 'opacity=".7"')
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
    return s


def _pointing_arm():
    """The officer's pointing arm and the one on the table."""
    s = arm([(1392, 571), (1424, 722), (1332, 798)], [44, 36, 25], SHIRT_DIM, inner=-1) + cuff(
        (1432, 724), (1330, 800), 25
    )
    s += arm([(1200, 571), (1208, 688), (1122, 676)], [44, 35, 24], inner=1) + cuff(
        (1204, 690), (1122, 676), 23
    )
    s += line("M1186 672q14 14 34 8", SHIRT_LINE, 3) + line("M1412 702q18 10 40 0", SHIRT_LINE, 3)
    s += hand("point", 1096, 672, 184, 1.1, flip=True, skin=FAIR)
    return s


def _table(width):
    """Table."""
    s = (
        path("M0 806H1600V862H0Z", "url(#top)")
        + rect(0, 806, width, 4, "#C68F62")
        + rect(0, 862, width, 71, "url(#front)")
        + rect(0, 862, width, 8, "#2A1710", 0, 'opacity=".45"')
    )
    s += line(
        "M60 832H520M620 846H1080M1180 828H1560M200 850H430M820 822H1000", "#7A4A2C", 2.5, 'opacity=".55"'
    )
    return s


def _teapot():
    """Tea, notebook."""
    s = ellipse(760, 848, 118, 10, "#3A2117", 'opacity=".35"')
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
    return s


def _cups():
    """Cups and notebook."""
    s = ""
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
    return s


def community_house():
    width, height = 1600, 933
    defs = _community_house_defs()
    s = rect(0, 0, width, height, "url(#sky)")
    s += _evening(width)
    s += _railing(width)
    s += _posts(width)
    s += _lamps()
    s += _people()
    # right pair
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
    s += _tablet_arm()
    s += _tablet()
    s += _tablet_hands(cloth, dark)
    s += _phone()
    s += _pointing_arm()
    s += _table(width)
    s += _teapot()
    s += _cups()
    return svg(width, height, defs, s), (width, height)
