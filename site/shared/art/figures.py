"""People, drawn from the waist up around one point: the middle of the waist is (0, 0), the crown about y = -272.

Faces turn with `look` (how far the features move sideways and down). Limbs are thick strokes from joint to joint.
"""

from dataclasses import dataclass

from shared.art.marks import (
    CREAM,
    GOLD,
    GOLD_DEEP,
    INDIGO,
    INDIGO_DARK,
    VERMILION,
    VERMILION_DARK,
    box,
    circle,
    group,
    line,
    oval,
    path,
)

Point = tuple[float, float]
BLACK_HAIR = INK_LINE = "#2B221D"
GREY_HAIR = "#CFC6BA"
SKIN = {"light": ("#E6B48C", "#CF966B"), "warm": ("#DDA67C", "#C48A60"), "tan": ("#C98F69", "#AD744F")}
SHIRT = {
    "white": ("#FBF6EC", "#E4D9C4"),
    "blue": ("#3E6FAE", "#2F5990"),
    "brown": ("#6E3A2C", "#572C21"),
    "brown_shade": ("#572C21", "#572C21"),
    "indigo": ("#243F6B", "#182C4F"),
    "plum": ("#7A2F45", "#602337"),
    "green": ("#2E7C53", "#226041"),
    "ochre": ("#C08A34", "#A07126"),
}


@dataclass(frozen=True)
class Person:
    """What one person looks like; the scene says where they are and what their hands do."""

    hair: str = "short"
    shirt: str = "white"
    skin: str = "warm"
    hair_colour: str = BLACK_HAIR
    look: Point = (0, 0)
    eyes: str = "smiling"
    glasses: bool = False
    badge: bool = False
    trim: str = ""
    beard: bool = False
    below: float = 12  # how far down the body is drawn; trousers begin at 44


def person(who: Person, *arms: str, at: Point = (0, 0), scale: float = 1) -> str:
    """From the front: hair behind, body, head, then the arms and what they hold."""
    parts = [_hair_behind(who), _neck(who), _torso(who), _head(who), *arms]
    return group(*parts, at=at, scale=scale)


def from_behind(shirt: str, hair: str, hair_colour: str = BLACK_HAIR, at: Point = (0, 0), scale: float = 1) -> str:
    """Somebody who sits or stands with the back to us."""
    colour, shade = SHIRT[shirt]
    body = path("M-128 90C-130 10-118-60-62-92C-40-102-20-104 0-104S40-102 62-92C118-60 130 10 128 90Z", colour)
    body += path("M20-103C44-102 56-96 62-92C118-60 130 10 128 90H64C66 20 60-60 20-103Z", shade)
    neck = path("M-30-150H30V-98C14-86-14-86-30-98Z", "#B97F5B")
    return group(body, neck, _hair_from_behind(hair, hair_colour), at=at, scale=scale)


def arm(
    shoulder: Point,
    elbow: Point,
    hand: Point,
    shirt: str,
    skin: str = "warm",
    short: bool = False,
    wide: float = 44,
) -> str:
    """An arm in a long sleeve, or in a short one that ends at the elbow."""
    colour, edge, flesh = *SHIRT[shirt], SKIN[skin][0]
    way = f"M{shoulder[0]} {shoulder[1]}Q{elbow[0]} {elbow[1]} {hand[0]} {hand[1]}"
    upper = (
        f"M{shoulder[0]} {shoulder[1]}L{(shoulder[0] + 2 * elbow[0]) / 3:.0f} {(shoulder[1] + 2 * elbow[1]) / 3:.0f}"
    )
    wrist = (hand[0] + (elbow[0] - hand[0]) * 0.22, hand[1] + (elbow[1] - hand[1]) * 0.22)
    cuff = f"M{shoulder[0]} {shoulder[1]}Q{elbow[0]} {elbow[1]} {wrist[0]:.0f} {wrist[1]:.0f}"
    if short:
        drawn = line(way, flesh, wide * 0.68) + line(upper, edge, wide + 8) + line(upper, colour, wide + 5)
    else:
        drawn = line(way, flesh, wide * 0.62) + line(cuff, edge, wide + 3) + line(cuff, colour, wide)
    return drawn + oval(*hand, wide * 0.45, wide * 0.38, flesh)


def phone(at: Point, turn: float = 0, scale: float = 1, screen: str = "#CFE3F5") -> str:
    body = box(-17, -32, 34, 64, "#1B1B22", rx=6) + box(-13, -26, 26, 50, screen, rx=2)
    return group(body + box(-9, -20, 18, 5, INDIGO) + box(-9, -10, 13, 4, "#8FA6C9"), at=at, turn=turn, scale=scale)


def phone_back(at: Point, turn: float = 0, scale: float = 1) -> str:
    return group(box(-17, -32, 34, 64, "#23252E", rx=7) + circle(-8, -22, 5, "#4A4F5E"), at=at, turn=turn, scale=scale)


def tablet(at: Point, turn: float = 0, scale: float = 1) -> str:
    """Its screen shows a form being filled in."""
    drawn = box(-58, -40, 116, 80, "#1B1B22", rx=8) + box(-51, -33, 102, 66, "#F4F8FC", rx=3)
    drawn += box(-51, -33, 102, 14, INDIGO) + box(-42, -12, 60, 6, "#8FA6C9") + box(-42, 2, 78, 6, "#C7D3E4")
    return group(drawn + box(-42, 15, 34, 10, GOLD, rx=2), at=at, turn=turn, scale=scale)


def notebook(at: Point, turn: float = 0, scale: float = 1, cover: str = VERMILION) -> str:
    drawn = box(-36, -46, 72, 92, cover, rx=4) + box(-28, -46, 5, 92, "#00000030") + box(-14, -28, 38, 16, CREAM, rx=2)
    return group(drawn, at=at, turn=turn, scale=scale)


def paper(at: Point, turn: float = 0, scale: float = 1) -> str:
    drawn = path("M-40-28H40V28H-40Z", "#fff", stroke="#D9CDB8", stroke_width=1.5)
    drawn += line("M-28-14H24M-28-2H28M-28 10H8", "#B9AF9C", 3)
    return group(drawn, at=at, turn=turn, scale=scale)


def conical_hat(at: Point = (0, 0), scale: float = 1) -> str:
    """A nón lá: two tones of palm leaf and the rings of its frame."""
    drawn = path("M-172 0C-110-40-50-94 0-152C50-94 110-40 172 0C120 34-120 34-172 0Z", "#EBD39A")
    drawn += path("M0-152C50-94 110-40 172 0C148 16 86 24 22 25C24-35 22-99 0-152Z", "#D9BB78")
    drawn += line("M-120-38q120 40 240 0M-80-74q80 28 160 0M-42-110q42 16 84 0", "#C9A75F", 2.5)
    return group(drawn, at=at, scale=scale)


def _neck(who: Person) -> str:
    flesh, shade = SKIN[who.skin]
    throat = path("M-28-150H28V-102L46-98L0-58L-46-98L-28-102Z", flesh)
    return throat + path("M-28-128c16 18 40 18 56 0v18c-18 14-38 14-56 0Z", shade)


def _torso(who: Person) -> str:
    colour, shade = SHIRT[who.shirt]
    hem = min(who.below, 44)
    drawn = (
        path(f"M-86 {hem}H86V{who.below}H8L0 {hem + 30:g}L-8 {who.below}H-86Z", INDIGO_DARK) if who.below > hem else ""
    )
    drawn += path(f"M-124 12C-126-56-96-88-44-100L0-66L44-100C96-88 126-56 124 12L104 {hem}H-104Z", colour)
    drawn += path("M-92 12C-92-20-90-44-84-64M92 12C92-20 90-44 84-64", "none", stroke=shade, stroke_width=3.5)
    if who.trim:  # the coloured hem of a highland jacket
        drawn += line("M-34-98L-4-60V12M34-98L4-60V12", who.trim, 9) + line("M-26-86L0-54L26-86", GOLD, 3)
    elif who.shirt in ("white", "blue"):
        drawn += path("M-46-100L0-70L-22-36ZM46-100L0-70L22-36Z", shade) + line("M0-66V12", shade, 3)
    else:
        drawn += path("M-30-98L0-70L30-98L22-92L0-78L-22-92Z", shade) + line("M0-70V12", shade, 3)
        drawn += "".join(circle(0, y, 4, GOLD_DEEP) for y in (-48, -22, 4))
    if who.badge:
        drawn += line("M-28-88L0-22L28-88", VERMILION, 6) + box(
            -20, -24, 40, 30, "#fff", rx=3, stroke="#D9CDB8", stroke_width=2
        )
        drawn += box(-14, -18, 11, 14, INDIGO, rx=1) + box(1, -16, 13, 3, "#B9AF9C") + box(1, -10, 13, 3, "#B9AF9C")
    return drawn


def _head(who: Person) -> str:
    flesh, shade = SKIN[who.skin]
    dx, dy = who.look
    drawn = "".join(oval(side * 57, -178, 10, 14, shade) for side in (-1, 1))
    drawn += path("M-59-192C-59-246-34-262 0-262S59-246 59-192C59-150 34-116 0-116S-59-150-59-192Z", flesh)
    return drawn + group(_face(who), at=(dx, dy)) + _hair_in_front(who)


def _face(who: Person) -> str:
    _, shade = SKIN[who.skin]
    drawn = "".join(circle(side * 37, -160, 11, "#D8775F", opacity=0.32) for side in (-1, 1))
    if who.eyes == "smiling":
        drawn += line("M-38-186q13-11 26 0M12-186q13-11 26 0", INK_LINE, 4.5)
    elif who.eyes == "down":
        drawn += line("M-37-184q12 8 24 0M13-184q12 8 24 0", INK_LINE, 4.5)
    else:
        drawn += "".join(oval(x, -186, 6, 7, INK_LINE) + circle(x + 2, -189, 2, "#fff") for x in (-25, 25))
    brow = "#B9AFA2" if who.hair_colour == GREY_HAIR else INK_LINE
    drawn += line("M-40-205q14-9 29-3M11-208q15-6 29 3", brow, 4)
    drawn += line("M-3-176q-6 14 4 15", shade, 3.5)
    if who.hair_colour == GREY_HAIR:  # the lines of a long life
        drawn += line("M-48-190l-7-5M-48-183l-8 1M48-190l7-5M48-183l8 1", shade, 2.5)
        drawn += line("M-32-160q-4 10 2 18M32-160q4 10-2 18", shade, 2.5)
    drawn += path("M-23-147q23 23 46 0q-23 7-46 0Z", "#8E2A22") + path("M-17-145q17 9 34 0q-17 4-34 0Z", "#fff")
    if who.beard:
        drawn += path("M-14-122q14 44 28 0q-14 8-28 0Z", GREY_HAIR) + line("M-20-153q20-8 40 0", GREY_HAIR, 5)
    if who.glasses:
        frames = "".join(
            circle(side * 26, -184, 18, "#ffffff33", stroke="#4A3B30", stroke_width=3.5) for side in (-1, 1)
        )
        drawn += frames + line("M-8-186q8-5 16 0", "#4A3B30", 3.5)
    return drawn


def _hair_behind(who: Person) -> str:
    dark = who.hair_colour
    shapes = {
        "bob": path("M-34-266c-48 8-58 62-54 108c3 28 8 40 20 44h136c12-4 17-16 20-44c4-46-6-100-54-108Z", dark),
        "long": path("M-36-266c-52 8-56 70-56 120c0 40-6 66-14 84h212c-8-18-14-44-14-84c0-50-4-112-56-120Z", dark),
        "ponytail": path("M30-258c56-6 76 36 66 92c-6 34-2 56 10 74c-34-2-52-24-54-62Z", dark),
        "bun": path("M-60-196c-6-60 26-84 60-84s66 24 60 84Z", dark),
        "headscarf": path(
            "M-66-186c-12-64 22-94 66-94s78 30 66 94c10 40 8 70-2 92c-30-14-98-14-128 0c-10-22-12-52-2-92Z",
            VERMILION_DARK,
        ),
    }
    return shapes.get(who.hair, "")


def _hair_in_front(who: Person) -> str:
    dark = who.hair_colour
    side_parted = "M-65-188c-8-54 22-86 65-86s74 32 67 82c-18-8-32-24-38-44c-22 24-58 40-94 48Z"
    if who.hair in ("bob", "long", "ponytail"):
        return path(side_parted, dark) + line("M-20-262q22-8 46 2", "#ffffff22", 6)
    if who.hair == "bun":
        knot = oval(0, -290, 34, 26, dark) + line("M-18-296q18-10 36 0", "#ffffff22", 5)
        cap = path("M-64-182c-8-62 24-92 64-92s72 30 64 92c-6-26-20-46-40-54c-24 10-66 20-88 54Z", dark)
        pin = line("M-40-300L40-276", GOLD_DEEP, 5) + circle(-42, -301, 5, GOLD)
        return cap + knot + pin + line("M-30-258q30-14 58 0", "#ffffff22", 6)
    if who.hair == "short":
        swept = path(
            "M-64-184c-10-60 22-93 66-93s73 32 62 93c-4-15-8-25-14-34c-30 3-64-7-82-29c-7 23-20 41-32 63Z",
            dark,
        )
        return swept + line("M-14-262q30-6 50 14", "#ffffff1c", 6)
    if who.hair == "crew":
        cropped = path(
            "M-63-190c-9-56 22-84 63-84s72 28 63 84c-6-16-10-24-17-32c-14-12-30-6-46-10s-34-4-46 10c-8 8-11 16-17 32Z",
            dark,
        )
        return cropped + line("M-18-264q24-4 44 12", "#ffffff1c", 6)
    if who.hair == "headscarf":  # a red scarf with a woven band, tied behind
        band = path("M-65-196c2-52 30-76 65-76s63 24 65 76c-16-30-38-38-65-38s-49 8-65 38Z", VERMILION)
        return band + line("M-62-208c10-26 34-36 62-36s52 10 62 36", GOLD, 5, stroke_dasharray="2 9")
    if who.hair == "turban":  # cloth wound around the head, hair parted below it
        cloth = path("M-68-214c-4-40 26-64 68-64s72 24 68 64c-18-18-42-24-68-24s-50 6-68 24Z", INDIGO_DARK)
        hair = path("M-60-200c6-24 26-36 60-38c34 2 54 14 60 38c-18-18-38-26-60-26s-42 8-60 26Z", dark)
        return hair + cloth + line("M-62-226c18-20 38-27 62-27s44 7 62 27M-40-262q40-14 80 0", "#3C5B8C", 4)
    if who.hair == "grey":
        return path(
            "M-62-190c-10-56 22-84 62-84s72 28 62 84c-6-18-14-30-24-38c-24-8-52-8-76 0c-10 8-18 20-24 38Z",
            dark,
        )
    return ""


def _hair_from_behind(hair: str, dark: str) -> str:
    round_head = path("M-62-186C-66-244-36-272 0-272S66-244 62-186C60-150 36-128 0-128S-60-150-62-186Z", dark)
    ears = oval(-60, -178, 8, 13, "#C48A60") + oval(60, -178, 8, 13, "#C48A60")
    if hair == "bun":
        return (
            ears
            + round_head
            + circle(0, -214, 34, dark)
            + line("M-18-228q18-10 36 0", "#ffffff2a", 5)
            + line("M-34-204L36-224", GOLD_DEEP, 5)
        )
    if hair == "long":
        return (
            ears
            + round_head
            + path("M-62-190c-8 70-6 110 4 140h116c10-30 12-70 4-140Z", dark)
            + line("M-20-262q22-8 46 2", "#ffffff2a", 6)
        )
    if hair == "headscarf":
        scarf = path(
            "M-66-190C-70-250-38-278 0-278S70-250 66-190C62-150 40-130 46-94C28-78-28-78-46-94C-40-130-62-150-66-190Z",
            VERMILION,
        )
        knot = path("M-20-132h40l10 30l-30-10l-30 10Z", VERMILION_DARK)
        return scarf + knot + line("M-64-206C-30-176 30-176 64-206", GOLD, 6, stroke_dasharray="3 10")
    if hair == "turban":
        return (
            ears
            + round_head
            + path("M-66-200C-66-250-36-280 0-280S66-250 66-200C40-182-40-182-66-200Z", INDIGO_DARK)
            + line("M-60-216c40 18 80 18 120 0M-52-240c36 14 68 14 104 0", "#3C5B8C", 4)
        )
    if hair == "hat":
        return ears + round_head + conical_hat(at=(0, -214), scale=0.82)
    nape = path("M-34-140c20 12 48 12 68 0v16c-20 10-48 10-68 0Z", "#B97F5B")
    return ears + round_head + nape
