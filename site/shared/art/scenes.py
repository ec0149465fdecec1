"""The five compositions. Each returns a whole SVG; the palette is that of the site, the light is warm."""

from shared.art import figures as who
from shared.art import scenery as land
from shared.art.marks import (
    CREAM,
    GOLD,
    GOLD_DEEP,
    GOLD_PALE,
    INDIGO,
    INDIGO_DARK,
    NIGHT,
    VERMILION,
    WOOD,
    WOOD_DARK,
    WOOD_LIGHT,
    box,
    circle,
    glow,
    gradient,
    group,
    line,
    oval,
    path,
    sheet,
)

OFFICER = who.Person(hair="bun", shirt="white", skin="light", badge=True)


def counter() -> str:
    """An officer at counter two takes a paper from an old man in a conical hat; the screen is turned to him."""
    light = gradient("sky", (0, "#C9D6E6"), (0.6, "#F6E6C0"), (1, "#F3CF7A"))
    light += gradient("wall", (0, "#F6EAD0"), (1, "#E9D8B6"), across=True) + gradient(
        "desk", (0, "#21426F"), (1, INDIGO_DARK)
    )
    light += glow("halo", GOLD_PALE)
    view = path("M70 56h560v372H70Z", "url(#sky)") + land.sun(486, 172, 44)
    for y, tall, colour, seed, count in (
        (318, 120, "#A9B8CB", 3, 5),
        (338, 92, "#6B86AC", 12, 6),
        (358, 54, "#2F5183", 5, 7),
    ):
        view += path(land.peaks(y, tall, seed, count, 560, 440, 70), colour)
    view += oval(250, 352, 260, 16, CREAM, opacity=0.45) + oval(520, 338, 200, 12, CREAM, opacity=0.4)
    view += land.terraces(372, 6, 13, 20, 560, 440, 70)
    room = path("M0 0h1200v700H0Z", "url(#wall)") + path("M630 56L1200 330V520L630 428Z", CREAM, opacity=0.5)
    room += land.window(70, 56, 560, 372, view) + land.clock(1075, 108, 54) + land.bookshelf(962, 282, 214)
    officer = who.person(
        OFFICER,
        who.arm((-90, -58), (-126, 2), (-186, -22), "white", "light"),
        who.arm((90, -58), (122, 4), (52, -6), "white", "light"),
        at=(812, 500),
    )
    desk = path("M0 512h1200v188H0Z", "url(#desk)") + box(0, 494, 1200, 24, WOOD) + box(0, 494, 1200, 7, WOOD_LIGHT)
    desk += box(0, 540, 1200, 3, GOLD) + land.bronze_frieze(620, 1200, 92)
    visitor = who.from_behind("brown", "hat", who.GREY_HAIR, at=(356, 668), scale=1.3)
    reach = who.arm((440, 622), (530, 598), (580, 484), "brown_shade", "tan", wide=56)
    return sheet(
        1200,
        700,
        f"<defs>{light}</defs>",
        room,
        officer,
        desk,
        land.lotus_vase(1140, 496, 0.9),
        land.monitor(1000, 452, 0.76),
        who.paper((604, 470), turn=-14, scale=0.95),
        oval(630, 480, 19, 14, "#E6B48C"),
        reach,
        visitor,
        land.chair(936, 648, 0.92),
    )


def officer_portrait() -> str:
    """The officer of the first story, in front of the morning: hair in a bun, a smile, her badge."""
    light = gradient("wall", (0, "#F8EDD3"), (1, "#E6D2A2")) + glow("halo", GOLD_PALE, 0.9)
    back = path("M0 0h1200v900H0Z", "url(#wall)") + land.sun(842, 330, 176) + land.drum(842, 330, 400, GOLD_DEEP, 0.16)
    for y, tall, colour, seed, shade in (
        (720, 250, "#C9BFA4", 32, 0.6),
        (780, 190, "#9FA9AE", 8, 0.6),
        (840, 110, "#6B86AC", 14, 0.75),
    ):
        back += path(land.peaks(y, tall, seed, 7, 1200, 900), colour, opacity=shade)
    back += land.lotus(120, 800, 2.2) + land.lotus(214, 852, 1.5) + land.lotus(1092, 828, 1.8)
    woman = who.person(OFFICER, at=(600, 900), scale=2.45)
    return sheet(1200, 900, f"<defs>{light}</defs>", back, woman)


def mountains() -> str:
    """The road from the upper village at sunrise."""
    light = gradient("sky", (0, INDIGO), (0.36, "#7F97B8"), (0.62, "#F3DDB0"), (0.75, "#F7E3A8")) + glow(
        "halo", GOLD_PALE
    )
    drawn = path("M0 0h1600v900H0Z", "url(#sky)") + land.sun(1080, 350, 76)
    ranges = (
        (560, 350, "#A9B8CB", 32, 7),
        (610, 260, "#7F97B8", 8, 8),
        (650, 190, "#4F6F9E", 21, 10),
        (690, 130, "#294A7A", 14, 11),
    )
    for number, (y, tall, colour, seed, count) in enumerate(ranges):
        drawn += path(land.peaks(y, tall, seed, count, 1600, 900), colour)
        drawn += oval(300 + number * 330, y - 14, 420, 22, CREAM, opacity=0.34)
    drawn += land.terraces(668, 12, 19, 40, 1600, 900)
    road = (
        "M1012 690C1080 700 1150 716 1084 731C1000 750 800 744 772 768C750 794 930 808 946 840C958 866 900 884 836 900"
        "H940C984 884 1016 862 994 832C964 800 806 790 810 772C824 754 1012 758 1108 738C1190 718 1110 696 1020 685Z"
    )
    drawn += path(road, "#E9D4A0")
    for x, y, scale in ((1120, 694, 0.6), (1010, 690, 0.66), (912, 694, 0.52)):
        drawn += land.stilt_house(x, y, scale)
    for x, y, scale, colour in (
        (850, 698, 0.5, "#1B6440"),
        (1190, 700, 0.6, "#1B6440"),
        (300, 742, 0.8, "#1A5A3A"),
        (372, 752, 0.66, "#226B47"),
    ):
        drawn += land.tree(x, y, scale, colour)
    walker = (
        circle(0, -34, 5, "#C98F69") + path("M-12-34Q0-52 12-34Z", "#EBD39A") + path("M-8-28h16l4 28h-24Z", VERMILION)
    )
    drawn += group(walker, at=(838, 764), scale=1.1) + group(walker.replace(VERMILION, INDIGO), at=(866, 768), scale=1)
    drawn += land.tree(120, 850, 1.7, "#17523A") + land.tree(1480, 862, 1.9, "#17523A")
    return sheet(1600, 900, f"<defs>{light}</defs>", drawn)


def community_house() -> str:
    """Thursday night in the village hall: young officers sit with the villagers and their telephones."""
    light = gradient("night", (0, NIGHT), (0.7, "#27477A"), (1, "#31507F")) + gradient(
        "room", (0, "#F9DFA0"), (1, "#EDBE6C")
    )
    light += (
        glow("halo", GOLD_PALE, 0.7)
        + glow("lamp", "#FFF3CF", 0.95)
        + gradient("ground", (0, "#3B4A3A"), (1, "#1E2B2A"))
    )
    outside = path("M0 0h1600v933H0Z", "url(#night)") + land.stars(90, 1600, 300, 9)
    outside += (
        circle(1376, 128, 120, "url(#halo)") + circle(1376, 128, 40, "#FBEFC9") + circle(1392, 118, 36, "#1B3159")
    )
    for y, tall, colour, seed in ((470, 300, "#1D3966", 32), (540, 210, "#162C52", 8)):
        outside += path(land.peaks(y, tall, seed, 8, 1600, 933), colour)
    for x, y, scale in ((78, 500, 0.7), (1530, 520, 0.8)):
        outside += land.stilt_house(x, y, scale, lit=True)
    return sheet(1600, 933, f"<defs>{light}</defs>", outside, _hall(), _ground(), _lesson_in_the_hall(), _torches())


def _hall() -> str:
    """The house: a wide roof, four open doors, warm light inside."""
    roof = path("M60 336C210 306 340 240 420 146H1180C1260 240 1390 306 1540 336L1500 372H100Z", "#4A2A1E")
    roof += path("M420 146H1180L1204 172H396Z", "#6B3F2A") + path("M100 372H1500L1490 394H110Z", "#2E1A12")
    roof += "".join(line(f"M{434 + i * 45.5:g} 176L{190 + i * 76} 366", "#3A2016", 4, opacity=0.7) for i in range(17))
    roof += line("M414 146C402 120 384 110 362 108M1186 146C1198 120 1216 110 1238 108", "#6B3F2A", 14)
    inside = box(170, 386, 1260, 400, "url(#room)") + box(170, 386, 1260, 60, "#D69A4C", opacity=0.5)
    inside += land.drum(800, 560, 250, "#B5791F", 0.2)
    posts = "".join(box(x - 15, 380, 30, 410, WOOD_DARK) + box(x - 15, 380, 9, 410, "#6F4329") for x in (184, 1416))
    posts += box(150, 380, 1300, 22, "#3E241A") + box(150, 402, 1300, 5, GOLD_DEEP)
    shutters = path("M96 396L170 410V780L96 806Z", "#6F4329") + path("M1504 396L1430 410V780L1504 806Z", "#6F4329")
    shutters += line("M112 420L156 428V580L112 588ZM112 612L156 604V752L112 766Z", "#4A2A1E", 4)
    shutters += line("M1488 420L1444 428V580L1488 588ZM1488 612L1444 604V752L1488 766Z", "#4A2A1E", 4)
    cloth = path("M560 420H1040V470H560Z", VERMILION) + line("M560 470H1040", GOLD, 5)
    cloth += "".join(path(f"M{582 + i * 48} 445l12-12l12 12l-12 12Z", GOLD) for i in range(10))
    lamps = "".join(land.lantern(x, 476, 13) for x in (330, 800, 1270))
    return inside + cloth + lamps + shutters + posts + roof


def _ground() -> str:
    yard = (
        path("M0 780H1600V933H0Z", "url(#ground)") + box(120, 776, 1360, 26, WOOD) + box(120, 776, 1360, 8, WOOD_LIGHT)
    )
    yard += path("M170 802H1430L1600 933H0Z", "#F0BC42", opacity=0.16)
    return yard


def _lesson_in_the_hall() -> str:
    guide = who.Person(hair="ponytail", shirt="blue", skin="light", badge=True, look=(-8, 4), below=60)
    helper = who.Person(hair="short", shirt="blue", skin="warm", badge=True, look=(9, 5), eyes="open", below=60)
    keeper = who.Person(hair="bob", shirt="blue", skin="warm", badge=True, glasses=True, look=(-3, 2), below=164)
    grandmother = who.Person("turban", "plum", "tan", who.GREY_HAIR, look=(10, 6), below=60)
    grandfather = who.Person("grey", "brown", "tan", who.GREY_HAIR, look=(-11, 6), beard=True, below=60)
    scale = 0.78
    standing = who.person(
        keeper,
        who.arm((-88, -60), (-120, 0), (-40, -14), "blue", "warm", short=True),
        who.arm((88, -60), (120, 0), (44, -16), "blue", "warm", short=True),
        who.notebook((0, -34), turn=-4, scale=0.95),
        oval(-42, -16, 17, 14, "#DDA67C") + oval(44, -18, 17, 14, "#DDA67C"),
        at=(800, 662),
        scale=0.68,
    )
    left = who.person(
        guide,
        who.arm((88, -60), (124, 6), (70, 14), "blue", "light", short=True),
        who.arm((-88, -60), (-140, -10), (-190, -8), "blue", "light", short=True),
        at=(548, 690),
        scale=scale,
    )
    left += who.person(
        grandmother,
        who.arm((-88, -60), (-110, 6), (-10, 4), "plum", "tan"),
        who.arm((88, -60), (112, 8), (42, 6), "plum", "tan"),
        who.phone((16, -26), turn=6, scale=1.2),
        oval(32, 2, 16, 13, "#C98F69") + oval(-4, 4, 16, 13, "#C98F69"),
        at=(340, 696),
        scale=scale,
    )
    right = who.person(
        helper,
        who.arm((-88, -60), (-118, 6), (-50, 14), "blue", "warm", short=True),
        who.arm((88, -60), (138, 0), (126, 6), "blue", "warm", short=True),
        at=(1052, 690),
        scale=scale,
    )
    right += who.person(
        grandfather,
        who.arm((-88, -60), (-112, 8), (-50, 4), "brown", "tan"),
        who.arm((88, -60), (112, 8), (4, 4), "brown", "tan"),
        who.phone((-24, -26), turn=-8, scale=1.2),
        oval(-40, 2, 16, 13, "#C98F69") + oval(-4, 4, 16, 13, "#C98F69"),
        at=(1262, 696),
        scale=scale,
    )
    tables = land.table(444, 742, 380) + land.tea(470, 738, 0.9) + land.table(1156, 742, 380)
    tables += who.tablet((1150, 716), turn=-3, scale=0.78)
    front = who.from_behind("indigo", "headscarf", at=(212, 880), scale=0.88)
    front += who.from_behind("ochre", "bun", at=(648, 890), scale=0.84)
    front += who.from_behind("green", "short", at=(952, 890), scale=0.86)
    front += who.from_behind("plum", "turban", who.GREY_HAIR, at=(1388, 880), scale=0.86)
    return standing + left + right + tables + front


def _torches() -> str:
    """Late comers on the path, each with a torch."""
    walker = path("M-9-30h18l5 32h-28Z", "#0D1A30") + circle(0, -38, 8, "#0D1A30")
    drawn = ""
    for x, y, scale in ((60, 842, 1.5), (128, 824, 1.2), (1536, 840, 1.45)):
        drawn += group(
            circle(20, -14, 46, "url(#lamp)") + walker + circle(18, -14, 5, GOLD_PALE), at=(x, y), scale=scale
        )
    return drawn


def collective() -> str:
    """The six young officers of the second story, shoulder to shoulder, with telephones and notebooks."""
    light = gradient("wall", (0, "#F6EAD0"), (1, "#E3CB96")) + glow("halo", GOLD_PALE, 0.9)
    back = path("M0 0h1600v900H0Z", "url(#wall)") + circle(800, 400, 620, "url(#halo)")
    back += land.drum(800, 420, 540, GOLD_DEEP, 0.2)
    for y, tall, colour, seed, shade in ((700, 260, "#CDBF98", 32, 0.7), (780, 170, "#A3A98F", 8, 0.6)):
        back += path(land.peaks(y, tall, seed, 9, 1600, 900), colour, opacity=shade)
    back += box(0, 0, 1600, 40, WOOD_DARK) + box(0, 40, 1600, 8, GOLD_DEEP)
    for x in range(40, 1600, 80):
        back += path(f"M{x - 30} 48H{x + 30}L{x} 86Z", VERMILION if (x // 80) % 2 else GOLD)
    return sheet(1600, 900, f"<defs>{light}</defs>", back, _back_row(), _front_row())


def _back_row() -> str:
    people = (
        (who.Person(hair="short", shirt="blue", skin="warm", badge=True, eyes="open", below=220), 470),
        (who.Person(hair="ponytail", shirt="blue", skin="light", badge=True, look=(-3, 0), below=220), 900),
        (who.Person(hair="crew", shirt="blue", skin="tan", badge=True, look=(-4, 0), below=220), 1360),
    )
    drawn = ""
    for one, x in people:
        left = who.arm((-92, -56), (-116, 20), (-104, 90), "blue", one.skin, short=True)
        right = who.arm((92, -56), (116, 20), (104, 90), "blue", one.skin, short=True)
        drawn += who.person(one, left, right, at=(x, 690), scale=1.5)
    return drawn


def _front_row() -> str:
    reader = who.Person(
        hair="bob", shirt="blue", skin="light", badge=True, glasses=True, look=(4, 0), eyes="open", below=60
    )
    caller = who.Person(hair="short", shirt="blue", skin="tan", badge=True, look=(3, 0), below=60)
    weaver = who.Person(hair="headscarf", shirt="indigo", skin="warm", trim=VERMILION, look=(-4, 0), below=60)
    drawn = who.person(
        reader,
        who.arm((-88, -58), (-128, 10), (-48, -6), "blue", "light", short=True),
        who.arm((88, -58), (128, 10), (46, -10), "blue", "light", short=True),
        who.notebook((0, -26), turn=-5, scale=1.05),
        oval(-44, -8, 17, 14, "#E6B48C") + oval(44, -10, 17, 14, "#E6B48C"),
        at=(240, 890),
        scale=1.66,
    )
    drawn += who.person(
        caller,
        who.arm((-88, -58), (-126, 20), (-70, 40), "blue", "tan", short=True),
        who.arm((88, -58), (150, 0), (112, -52), "blue", "tan", short=True),
        who.phone((112, -84), turn=8, scale=1.15) + oval(112, -56, 19, 15, "#C98F69"),
        at=(690, 900),
        scale=1.68,
    )
    return drawn + who.person(
        weaver,
        who.arm((-88, -58), (-130, 8), (-40, -4), "indigo", "warm"),
        who.arm((88, -58), (128, 8), (46, -6), "indigo", "warm"),
        who.tablet((0, -26), turn=3, scale=0.92),
        oval(-54, -10, 17, 14, "#DDA67C") + oval(56, -8, 17, 14, "#DDA67C"),
        at=(1130, 890),
        scale=1.66,
    )


SCENES = {
    "counter": counter,
    "officer-portrait": officer_portrait,
    "mountains": mountains,
    "community-house": community_house,
    "collective": collective,
}
