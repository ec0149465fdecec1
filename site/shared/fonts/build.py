"""Builds the web and PDF fonts from the pinned PyPI font packages; fonts are never committed.

Web faces are subset to Vietnamese (10–15 KB each) and get the tabular digits that Be Vietnam Pro lacks.
"""

from importlib.resources import files
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent
from fontTools.varLib import instancer

_LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
VIETNAMESE = frozenset(_LETTERS + _LETTERS.upper())
_SIGNS = "\u00a0–—‘’“”…•·×−←→°§½₫«»©›≥≤"
_WEB_CHARACTERS = sorted({ord(c) for c in VIETNAMESE} | set(range(0x20, 0x7F)) | {ord(c) for c in _SIGNS})
# All text is NFC when it reaches a page, so no combining marks and none of their positioning.
_FEATURES = ["kern", "locl"]
_LEAST_KERNING = 0.03  # of an em, a pixel of a heading: single pairs moved by less cost 6 KB and are not missed
_DIGIT_WIDTHS = {"be-vietnam-pro-400": 672, "be-vietnam-pro-600": 690}


def build_fonts(target: Path) -> list[Path]:
    """Builds what is missing under `target` and returns the files made (none the second time)."""
    made = []
    for name, build in _BUILDERS.items():
        path = target / name
        if path.exists() and path.stat().st_mtime >= Path(__file__).stat().st_mtime:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(path.name + ".part")
        font = build()
        font.save(unfinished)
        unfinished.replace(path)
        made.append(path)
    return made


def missing_vietnamese(path: Path) -> set[str]:
    """The Vietnamese letters and signs of the currency and quotes that a font file cannot draw."""
    characters = TTFont(path).getBestCmap()
    return {c for c in VIETNAMESE | set("₫“”–…") if ord(c) not in characters}


def _be_vietnam_pro(weight: str) -> TTFont:
    return TTFont(str(files("fontpkg_be_vietnam_pro") / "files" / f"BeVietnamPro-{weight}.ttf"))


def _newsreader() -> TTFont:
    font = TTFont(str(files("fontpkg_newsreader") / "files" / "Newsreader[opsz,wght].ttf"))
    return instancer.instantiateVariableFont(font, {"opsz": 36, "wght": 600})


def _for_web(font: TTFont, features: list[str]) -> TTFont:
    options = subset.Options(
        layout_features=features,
        hinting=False,
        desubroutinize=True,
        notdef_outline=True,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
    )
    options.drop_tables += ["DSIG", "STAT", "MVAR", "meta"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=_WEB_CHARACTERS)
    subsetter.subset(font)
    _drop_small_kerning(font)
    font.flavor = "woff2"
    return font


def _drop_small_kerning(font: TTFont) -> None:
    """Leaves out kerning pairs too small to be seen; every first visit on a poor line pays for them."""
    least = _LEAST_KERNING * font["head"].unitsPerEm
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            for pairs in getattr(table, "PairSet", ()):
                pairs.PairValueRecord = [
                    pair
                    for pair in pairs.PairValueRecord
                    if pair.Value1 and abs(getattr(pair.Value1, "XAdvance", 0)) >= least
                ]
                pairs.PairValueCount = len(pairs.PairValueRecord)


def _web_sans(name: str, weight: str) -> TTFont:
    return _with_tabular_digits(_for_web(_be_vietnam_pro(weight), _FEATURES), _DIGIT_WIDTHS[name])


def _with_tabular_digits(font: TTFont, width: int) -> TTFont:
    """Adds a `tnum` feature: copies of the digits, all `width` units wide, so that columns of numbers line up."""
    characters, order, pairs = font.getBestCmap(), font.getGlyphOrder()[:], []
    for digit in "0123456789":
        plain = characters[ord(digit)]
        tabular = f"{plain}.tf"
        advance, bearing = font["hmtx"][plain]
        part = GlyphComponent()
        part.glyphName, part.flags, part.x, part.y = plain, 0x0203, (width - advance) // 2, 0
        glyph = Glyph()
        glyph.numberOfContours, glyph.components = -1, [part]
        font["glyf"].glyphs[tabular] = glyph
        font["hmtx"].metrics[tabular] = (width, bearing + part.x)
        order.append(tabular)
        pairs.append((plain, tabular))
    font.setGlyphOrder(order)
    font["glyf"].setGlyphOrder(order)
    font["maxp"].numGlyphs = len(order)
    _add_substitution(font["GSUB"].table, "tnum", dict(pairs))
    return font


def _add_substitution(table, tag: str, mapping: dict[str, str]) -> None:
    """Appends a single-substitution feature to a GSUB table, for every script and language."""
    single = otTables.SingleSubst()
    single.mapping, single.Format = mapping, 2
    lookup = otTables.Lookup()
    lookup.LookupType, lookup.LookupFlag, lookup.SubTable, lookup.SubTableCount = 1, 0, [single], 1
    table.LookupList.Lookup.append(lookup)
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    record = otTables.FeatureRecord()
    record.FeatureTag, record.Feature = tag, otTables.Feature()
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex, record.Feature.LookupCount = [len(table.LookupList.Lookup) - 1], 1
    table.FeatureList.FeatureRecord.append(record)
    table.FeatureList.FeatureCount = len(table.FeatureList.FeatureRecord)
    index = table.FeatureList.FeatureCount - 1
    for script in table.ScriptList.ScriptRecord:
        systems = [script.Script.DefaultLangSys, *(r.LangSys for r in script.Script.LangSysRecord)]
        for system in filter(None, systems):
            system.FeatureIndex.append(index)
            system.FeatureCount = len(system.FeatureIndex)


_BUILDERS = {
    "be-vietnam-pro-400.woff2": lambda: _web_sans("be-vietnam-pro-400", "Regular"),
    "be-vietnam-pro-600.woff2": lambda: _web_sans("be-vietnam-pro-600", "SemiBold"),
    "newsreader-600.woff2": lambda: _for_web(_newsreader(), [*_FEATURES, "lnum"]),
    "pdf/BeVietnamPro-Regular.ttf": lambda: _be_vietnam_pro("Regular"),
    "pdf/BeVietnamPro-SemiBold.ttf": lambda: _be_vietnam_pro("SemiBold"),
    "pdf/Newsreader-SemiBold.ttf": _newsreader,
}
