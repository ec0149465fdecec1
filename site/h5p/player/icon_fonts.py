"""Icon fonts in small: of the hundreds of pictures in one, a page shows ten.

An icon font is split in two: the pictures that styles and scripts of the bundle are likely to ask for become a small
font of their own, all others stay in the library's file. Browsers fetch either only if one of its pictures is shown.
"""

import io
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont, TTLibError

log = logging.getLogger(__name__)
logging.getLogger("fontTools.subset").setLevel(logging.ERROR)  # tables it drops, font by font

WORTH_IT = 8 * 1024  # bytes; smaller fonts are left as they are
_FACE = re.compile(r"@font-face\s*\{([^}]*)\}")
_FAMILY = re.compile(r"font-family\s*:\s*[\"']?([^;\"']+)")
_SOURCE = re.compile(r"""url\(\s*["']?([^)"']+?\.(woff2|woff|ttf))(?:[?#][^)"']*)?["']?\s*\)""")
_OTHERS = re.compile(r"(font-style|font-weight|font-display)\s*:\s*[^;]+")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CONTENT = re.compile(r"content\s*:\s*[\"']\\([0-9a-fA-F]{3,6})\s?[\"']")
_CLASS = re.compile(r"\.([A-Za-z_][\w-]*)")
_QUOTED = re.compile(r"""["']([\w-]+)["']""")
_PRIVATE_USE = range(0xE000, 0xF900)


def pictures_asked_for(styles: Iterable[str], scripts: str) -> set[int]:
    """Code points of `content` rules whose classes the scripts name, whole or by their ends: icons likely shown."""
    wanted = set()
    quoted = set(_QUOTED.findall(scripts))
    for style in styles:
        for selectors, body in _RULE.findall(style):
            found = _CONTENT.search(body)
            if found and any(_may_match(selector, scripts, quoted) for selector in selectors.split(",")):
                wanted.add(int(found[1], 16))
    return wanted


def split_faces(
    style: str, wanted: set[int], file_of: Callable[[str], Path | None], keep: Callable[[bytes], str]
) -> str:
    """The style sheet with its icon fonts split.

    `file_of` finds the file behind an address in it; `keep` stores a small font (WOFF2) and gives its address.
    """
    return _FACE.sub(lambda face: _split(face, wanted, file_of, keep), style)


def _may_match(selector: str, scripts: str, quoted: set[str]) -> bool:
    """Scripts put names of classes together: `"h5p-question-" + "check-answer"`."""
    return all(name in scripts or any(end in quoted for end in _ends(name)) for name in _CLASS.findall(selector))


def _ends(name: str) -> Iterator[str]:
    while "-" in name:
        name = name.partition("-")[2]
        yield name


def _split(
    face: re.Match, wanted: set[int], file_of: Callable[[str], Path | None], keep: Callable[[bytes], str]
) -> str:
    body = face[1]
    family = _FAMILY.search(body)
    sources = sorted(_SOURCE.findall(body), key=lambda source: ("woff2", "woff", "ttf").index(source[1]))
    file = file_of(sources[0][0]) if sources and family and "unicode-range" not in body else None
    if file is None or not file.is_file() or file.stat().st_size < WORTH_IT:
        return face[0]
    try:
        with TTFont(file) as font:
            pictures = {point for point in font.getBestCmap() or {} if point in _PRIVATE_USE}
            inside, outside = pictures & wanted, pictures - wanted
            if len(pictures) < len(font.getBestCmap()) / 2 or not inside or not outside:
                return face[0]
            small = _subset(font, inside)
    except (TTLibError, subset.Subsetter.SubsettingError, OSError, AssertionError, KeyError) as problem:
        log.warning("Icon font %s is left whole: %s", file.name, type(problem).__name__)
        return face[0]
    others = "".join(f"{rule[0]};" for rule in _OTHERS.finditer(body))
    return (
        f"@font-face{{{body.rstrip().rstrip(';')};unicode-range:{_ranges(outside)}}}\n"
        f'@font-face{{font-family:"{family[1].strip()}";{others}'
        f'src:url("{keep(small)}") format("woff2");unicode-range:{_ranges(inside)}}}'
    )


def _subset(font: TTFont, points: set[int]) -> bytes:
    options = subset.Options(flavor="woff2", hinting=False, layout_features=[], name_IDs=[], notdef_outline=False)
    worker = subset.Subsetter(options)
    worker.populate(unicodes=points)
    worker.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _ranges(points: set[int]) -> str:
    """As CSS writes them: U+E600-E612,U+F00C."""
    ranges: list[list[int]] = []
    for point in sorted(points):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in ranges)
