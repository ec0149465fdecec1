"""Land, light, houses and furniture. Every shape is drawn from a fixed seed, so a new run gives the same lines."""

import math
import random
from itertools import pairwise

from shared.art.marks import (
    GOLD,
    GOLD_PALE,
    INDIGO,
    IVORY,
    LEAF,
    LEAF_SOFT,
    VERMILION,
    WOOD,
    WOOD_DARK,
    WOOD_LIGHT,
    box,
    circle,
    group,
    line,
    oval,
    path,
)


def peaks(y: float, height: float, seed: int, count: int, width: float, base: float, x0: float = 0) -> str:
    """The outline of karst mountains: narrow rounded towers side by side."""
    chance = random.Random(seed)  # noqa: S311  shapes, not secrets
    x, drawn = x0 - 40, f"M{x0} {base}L{x0 - 40} {y:.0f}"
    while x < x0 + width:
        wide = width / count * (0.6 + chance.random() * 0.9)
        tall = height * (0.35 + chance.random() * 0.75)
        top = x + wide * (0.38 + chance.random() * 0.2)
        drawn += (
            f"C{x + wide * 0.16:.0f} {y - tall * 0.1:.0f} {top - wide * 0.17:.0f} {y - tall:.0f}"
            f" {top:.0f} {y - tall:.0f}"
            f"S{x + wide * 0.86:.0f} {y - tall * 0.22:.0f} {x + wide:.0f} {y:.0f}"
        )
        x += wide
    return drawn + f"L{x0 + width} {base}Z"


def hills(y: float, height: float, seed: int, count: int, width: float, base: float, x0: float = 0) -> str:
    """A soft line of hills or the edge of a terrace."""
    chance = random.Random(seed)  # noqa: S311
    points = [(x0 + width * i / count, y + height * (chance.random() - 0.5) * 2) for i in range(count + 1)]
    drawn = f"M{x0} {base}L{points[0][0]:.0f} {points[0][1]:.0f}"
    for (x1, y1), (x2, y2) in pairwise(points):
        middle = (x1 + x2) / 2
        drawn += f"C{middle:.0f} {y1:.0f} {middle:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
    return drawn + f"L{x0 + width} {base}Z"


def terraces(y: float, rows: int, step: float, seed: int, width: float, base: float, x0: float = 0) -> str:
    """Rice fields, one step below the other, with a gold edge where the water catches the light."""
    greens = (LEAF, "#226B47", LEAF_SOFT, "#3E8A5C")
    drawn = ""
    for row in range(rows):
        outline = hills(y + row * step, 5 + row * 0.9, seed + row, 6, width, base, x0)
        drawn += path(outline, greens[row % 4])
        edge = outline[outline.index("L") + 1 : outline.rindex("L")]
        drawn += line("M" + edge, GOLD if row % 3 == 0 else "#5FA37A", 2.5, opacity=0.55)
    return drawn


def sun(x: float, y: float, r: float) -> str:
    return circle(x, y, r * 2.6, "url(#halo)") + circle(x, y, r, GOLD)


def stars(count: int, width: float, height: float, seed: int) -> str:
    chance = random.Random(seed)  # noqa: S311
    return "".join(
        circle(
            chance.random() * width,
            chance.random() * height,
            0.8 + chance.random() * 1.5,
            "#F6EAD0",
            opacity=f"{0.35 + chance.random() * 0.6:.2f}",
        )
        for _ in range(count)
    )


def drum(x: float, y: float, r: float, colour: str, opacity: float) -> str:
    """The rings and the sun of a bronze drum, as on the site's panels."""
    spikes = "".join(
        f"{'L' if k else 'M'}{(34 if k % 2 == 0 else 12) * math.sin(math.pi * k / 14):.1f} "
        f"{-(34 if k % 2 == 0 else 12) * math.cos(math.pi * k / 14):.1f}"
        for k in range(28)
    )
    rings = (
        (41, 1, ""),
        (48, 5, "2 3.03"),
        (55, 1, ""),
        (66, 12, "9 8.28"),
        (77, 1, ""),
        (83, 6, "1.5 4.02"),
        (89, 1, ""),
    )
    rings += ((101, 13, "16 5.15"), (112, 1, ""), (117, 3, "2 2.9"))
    drawn = path(spikes + "Z", colour)
    for radius, width, dashes in rings:
        dashed = {"stroke_dasharray": dashes} if dashes else {}
        drawn += circle(0, 0, radius, "none", stroke=colour, stroke_width=width, **dashed)
    return group(drawn, at=(x, y), scale=r / 120, opacity=opacity)


def window(x: float, y: float, width: float, height: float, view: str) -> str:
    """A wooden window with two panes; `view` is drawn in the coordinates of the page and clipped by the frame."""
    middle = x + width / 2
    clip = f'<clipPath id="pane"><rect x="{x}" y="{y}" width="{width}" height="{height}"/></clipPath>'
    frame = (
        f"M{x - 12} {y - 12}h{width + 24}v{height + 24}h-{width + 24}Z"
        f"M{x} {y}v{height}h{middle - x - 8}v-{height}ZM{middle + 8} {y}v{height}h{middle - x - 8}v-{height}Z"
    )
    sill = box(x - 30, y + height + 10, width + 60, 18, WOOD_DARK, rx=3)
    return clip + f'<g clip-path="url(#pane)">{view}</g>' + path(frame, "#6B3F2A", fill_rule="evenodd") + sill


def clock(x: float, y: float, r: float) -> str:
    drawn = circle(0, 0, r, "#FFFDF7", stroke="#6B3F2A", stroke_width=9)
    for hour in range(12):
        sine, cosine = math.sin(math.radians(hour * 30)), math.cos(math.radians(hour * 30))
        drawn += line(
            f"M{r * 0.78 * sine:.1f} {-r * 0.78 * cosine:.1f}L{r * 0.7 * sine:.1f} {-r * 0.7 * cosine:.1f}",
            "#8C8272",
            3,
        )
    return group(
        drawn + line(f"M0 0L{-r * 0.4:.0f} {-r * 0.3:.0f}M0 0L{-r * 0.36:.0f} {r * 0.48:.0f}", "#231B17", 6),
        at=(x, y),
    )


def bookshelf(x: float, y: float, width: float) -> str:
    chance, drawn, left = random.Random(4), box(x, y, width, 12, "#6B3F2A", rx=2), x + 12  # noqa: S311
    colours = (VERMILION, INDIGO, "#B5851B", LEAF, INDIGO, "#7F97B8", VERMILION, "#B5851B")
    for colour in colours:
        thick, tall = chance.randint(18, 26), chance.randint(80, 98)
        if left + thick > x + width - 8:
            break
        drawn += box(left, y - tall, thick, tall, colour) + box(
            left + 4, y - tall + 14, thick - 8, 10, IVORY, opacity=0.8
        )
        left += thick + 4
    return drawn


def lotus_vase(x: float, y: float, scale: float = 1) -> str:
    stalks = line("M0-36C-4-70-8-88-20-112M2-36C4-64 12-82 28-98", LEAF, 5)
    leaf = path("M4-44C30-62 52-58 62-44C46-34 24-32 4-44Z", LEAF_SOFT)
    vase = path("M0 0c-20 0-27-18-22-38h44c5 20-2 38-22 38Z", VERMILION) + line("M-18-26h36", GOLD, 3)
    return group(stalks, leaf, lotus(-20, -112, 1), lotus(30, -100, 0.8), vase, at=(x, y), scale=scale)


def lotus(x: float, y: float, scale: float) -> str:
    back = path(
        "M0 6C-30 2-38-14-40-28c16 2 26 8 32 16c-2-14 2-26 8-36c6 10 10 22 8 36c6-8 16-14 32-16C38-14 30 2 0 6Z",
        "#D98C93",
    )
    return group(back, path("M0 6C-12-8-10-30 0-46C10-30 12-8 0 6Z", "#F1C4C1"), at=(x, y), scale=scale)


def chair(x: float, y: float, scale: float = 1) -> str:
    """A plain wooden chair from behind, the kind people have at home."""
    back = line("M-58 0V-190M58 0V-190", WOOD_DARK, 16) + line("M-52-166H52M-52-128H52M-52-90H52", WOOD_LIGHT, 14)
    seat = box(-74, -44, 148, 20, WOOD, rx=5) + box(-74, -44, 148, 7, WOOD_LIGHT, rx=3)
    return group(back, seat, line("M-62-26V90M62-26V90", WOOD_DARK, 15), at=(x, y), scale=scale)


def monitor(x: float, y: float, scale: float = 1) -> str:
    """A screen turned so that whoever stands at the desk reads along."""
    drawn = path("M-14 0h28l6 44h-40Z", "#3A3F4A") + oval(0, 46, 56, 10, "#2B2F38")
    drawn += path("M-104-136L96-150V-2L-104 6Z", "#23262E") + path("M-95-126L87-139V-10L-95-3Z", "#F4F8FC")
    drawn += path("M-95-126L87-139V-113L-95-101Z", INDIGO)
    drawn += line("M-78-80L30-86M-78-58L60-65M-78-36L6-40", "#B9C6DA", 8) + path("M22-40L66-43V-22L22-19Z", GOLD)
    return group(drawn, at=(x, y), scale=scale)


def stilt_house(x: float, y: float, scale: float = 1, lit: bool = False) -> str:
    """A house on stilts, far off; lit in the evening."""
    pane = GOLD if lit else "#7A5A3A"
    drawn = line("M-56 0V-30M-20 0V-30M20 0V-30M56 0V-30", WOOD_DARK, 6) + box(-66, -64, 132, 36, WOOD_DARK)
    drawn += path("M-92-60L-52-112H52L92-60Z", "#3E2A20") + box(-46, -56, 20, 18, pane) + box(-8, -56, 18, 26, pane)
    return group(drawn + box(28, -56, 20, 18, pane), at=(x, y), scale=scale)


def tree(x: float, y: float, scale: float, colour: str = LEAF) -> str:
    drawn = line("M0 0V-60", WOOD_DARK, 10) + circle(0, -96, 46, colour) + circle(-34, -72, 32, colour)
    return group(drawn + circle(34, -74, 34, colour), at=(x, y), scale=scale)


def lantern(x: float, y: float, r: float = 15) -> str:
    """A bare bulb on its wire, and the light around it."""
    return line(f"M{x} {y - 70}V{y - r}", "#3E2A20", 3) + circle(x, y, r * 7, "url(#lamp)") + circle(x, y, r, GOLD_PALE)


def bronze_frieze(y: float, width: float, step: float) -> str:
    """Small drum stars in a row, for the front of a counter."""
    drawn, x = "", step / 2
    while x < width:
        star = path("M0-11L3-3L11 0L3 3L0 11L-3 3L-11 0L-3-3Z", GOLD)
        rings = circle(0, 0, 26, "none", stroke=GOLD, stroke_width=2) + circle(
            0, 0, 17, "none", stroke=GOLD, stroke_width=2, stroke_dasharray="3 4"
        )
        drawn += group(rings, star, at=(x, y), opacity=0.42)
        x += step
    return drawn


def table(x: float, y: float, width: float) -> str:
    """A round table with a cloth down to the floor."""
    half = width / 2
    cloth = path(
        f"M{x - half} {y}L{x - half + 10} {y + 70}Q{x} {y + 96} {x + half - 10} {y + 70}L{x + half} {y}Z",
        INDIGO,
    )
    hem = line(f"M{x - half + 9} {y + 58}Q{x} {y + 84} {x + half - 9} {y + 58}", GOLD, 4)
    return cloth + hem + oval(x, y + 6, half, 24, WOOD_DARK) + oval(x, y, half, 24, WOOD_LIGHT)


def tea(x: float, y: float, scale: float = 1) -> str:
    pot = path("M-22-30h44c10 8 8 26-2 30h-40c-10-4-12-22-2-30Z", "#EDE3CF") + line(
        "M22-22q16 2 14-12M-22-20q-16 0-12 12", "#EDE3CF", 6
    )
    lid = oval(0, -31, 16, 5, "#D9CDB8") + circle(0, -37, 4, VERMILION)
    cups = "".join(path(f"M{cx - 9}-10h18l-3 12h-12Z", "#fff", stroke="#D9CDB8") for cx in (52, 80))
    return group(pot, lid, cups, at=(x, y), scale=scale)
