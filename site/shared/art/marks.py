"""The smallest words of the drawings: the palette and a few SVG shapes as strings."""

INK, INK_SOFT = "#211C16", "#574E43"
PAPER, IVORY, CREAM = "#FAF7F1", "#F6EAD0", "#FFF6DE"
INDIGO, INDIGO_DARK, INDIGO_SOFT = "#1D3B66", "#142B4D", "#6B86AC"
NIGHT = "#0F2140"
VERMILION, VERMILION_DARK = "#A3201B", "#7C1713"
GOLD, GOLD_DEEP, GOLD_PALE = "#F0BC42", "#C9922B", "#FFE9B0"
LEAF, LEAF_SOFT = "#1B6440", "#2E7C53"
WOOD, WOOD_DARK, WOOD_LIGHT = "#8A5636", "#5A3321", "#A9714B"


def path(d: str, fill: str = "none", **attributes: object) -> str:
    return f'<path d="{d}" fill="{fill}"{_written(attributes)}/>'


def line(d: str, colour: str, width: float, **attributes: object) -> str:
    """A stroke with round ends: limbs, stalks, smiles."""
    ends = 'stroke-linecap="round" stroke-linejoin="round"'
    return f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width:g}" {ends}{_written(attributes)}/>'


def circle(x: float, y: float, r: float, fill: str, **attributes: object) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}"{_written(attributes)}/>'


def oval(x: float, y: float, rx: float, ry: float, fill: str, **attributes: object) -> str:
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="{fill}"{_written(attributes)}/>'


def box(x: float, y: float, width: float, height: float, fill: str, **attributes: object) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}"{_written(attributes)}/>'


def group(*parts: str, at: tuple[float, float] = (0, 0), scale: float = 1, turn: float = 0, **attributes) -> str:
    moves = f"translate({at[0]:g} {at[1]:g})"
    moves += f" rotate({turn:g})" if turn else ""
    moves += f" scale({scale:g})" if scale != 1 else ""
    return f'<g transform="{moves}"{_written(attributes)}>{"".join(parts)}</g>'


def gradient(name: str, *stops: tuple[float, str], across: bool = False) -> str:
    """A linear gradient from top to bottom, or from left to right."""
    ends = 'x1="0" y1="0" x2="1" y2="0"' if across else 'x1="0" y1="0" x2="0" y2="1"'
    colours = "".join(f'<stop offset="{place:g}" stop-color="{colour}"/>' for place, colour in stops)
    return f'<linearGradient id="{name}" {ends}>{colours}</linearGradient>'


def glow(name: str, colour: str, strength: float = 0.8) -> str:
    """Light that fades from its middle."""
    return (
        f'<radialGradient id="{name}"><stop offset="0" stop-color="{colour}" stop-opacity="{strength:g}"/>'
        f'<stop offset="1" stop-color="{colour}" stop-opacity="0"/></radialGradient>'
    )


def sheet(width: int, height: int, *parts: str) -> str:
    """The whole drawing as a standalone SVG file."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
    return head + "".join(parts) + "</svg>\n"


def _written(attributes: dict[str, object]) -> str:
    return "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
