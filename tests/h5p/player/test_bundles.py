"""One script and one style sheet: what is in them, what they point to, when they are made and thrown away."""

import gzip
import io
import os
import re
import time
from pathlib import Path

import brotli
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from h5p.models import Content, Library
from h5p.player import bundles, core_files, icon_fonts
from h5p.player.libraries import libraries_of
from h5p.player.preparing import prepare
from tests.h5p.packages import PIXEL, library
from tests.h5p.player.stage import activity

pytestmark = pytest.mark.django_db

STYLE = """@charset "utf-8";
.a { background: url(img/a.png) } .b { background: url("../x/b.png?v=1#c") } .c { background: url('data:image/png;base64,AA==') }
.d { background: url(https://elsewhere.example/d.png) } .e { fill: url(#gradient) }"""  # noqa: E501


@pytest.fixture
def content(tmp_path):
    needed = library("H5P.First", js="/* a remark */\nvar first = 1; // another\n//# sourceMappingURL=x.map", css="")
    js = "\ufeff/*! licence */\nvar main = 2;\n"
    main = library("H5P.Main", js=js, css=STYLE, files={"img/a.png": PIXEL}, needs=[needed])
    return activity(tmp_path, main, needed)


def made(content) -> tuple[str, str]:
    bundle = bundles.bundle_of(libraries_of(content))
    return bundle.path("js").read_text(), bundle.path("css").read_text()


def test_scripts_stand_in_order_without_remarks(content):
    script, _style = made(content)
    places = [script.index(part) for part in ("h5pHost", "frame.bundle.js", "var first", "var main", "H5P.setFinished")]
    assert places == sorted(places), "ours, the core, what others need, the main library, ours"
    assert "remark" not in script
    assert "sourceMappingURL" not in script
    assert "\ufeff" not in script
    assert "/*! licence */" in script


def test_styles_point_to_where_files_are(content):
    _script, style = made(content)
    place = Library.objects.get(machine_name="H5P.Main").build
    assert f'url("../lib/H5P.Main-1.0/{place}/img/a.png")' in style
    assert 'url("../lib/H5P.Main-1.0/x/b.png?v=1#c")' in style
    for untouched in ("data:image/png;base64,AA==", "https://elsewhere.example/d.png", "url(#gradient)"):
        assert untouched in style
    assert "@charset" not in style
    assert f"/h5p/core/{core_files.version()}/fonts/be-vietnam-pro-400.woff2" in style


def test_it_is_kept_compressed(content):
    bundle = bundles.bundle_of(libraries_of(content))
    whole = bundle.path("js").read_bytes()
    assert gzip.decompress(bundle.path("js", "gz").read_bytes()) == whole
    assert brotli.decompress(bundle.path("js", "br").read_bytes()) == whole
    assert bundle.transfer_size < len(whole) + bundle.path("css").stat().st_size


def test_it_is_made_once_and_anew_when_something_changed(content, settings):
    first = bundles.bundle_of(libraries_of(content))
    stamp = first.path("js").stat().st_mtime_ns
    assert bundles.bundle_of(libraries_of(content)).path("js").stat().st_mtime_ns == stamp
    (settings.H5P_PLAYER_DIR / core_files.CORE_SCRIPT).write_text("/*! another core */")
    second = bundles.bundle_of(libraries_of(content))
    assert second.key != first.key
    Library.objects.filter(machine_name="H5P.First").update(patch=9)
    assert bundles._key(libraries_of(content)) != second.key


def test_unused_bundles_go_and_used_ones_stay(content):
    bundle = bundles.bundle_of(libraries_of(content))
    assert bundles.remove_unused() == 0
    old = time.time() - bundles.KEPT_FOR - 60
    for path in bundle.path("js").parent.iterdir():
        os.utime(path, (old, old))
    bundles.touch(bundle)
    assert bundles.remove_unused() == 0
    for path in bundle.path("js").parent.iterdir():
        os.utime(path, (old, old))
    assert bundles.remove_unused() == 6
    assert bundles.find(bundle.key) is None


@pytest.mark.parametrize("key", ["../../secret", "", "0" * 20, "x" * 20])
def test_only_keys_of_bundles_are_found(content, key):
    made(content)
    assert bundles.find(key) is None


def test_the_size_is_known_before_it_is_made(content):
    libraries = libraries_of(content)
    guess = bundles.size_of(libraries)
    assert guess > 0
    assert not bundles.Bundle(bundles._key(libraries)).is_there, "asking makes nothing"
    assert bundles.size_of(libraries) == guess
    exact = bundles.bundle_of(libraries).transfer_size
    assert bundles.size_of(libraries) == exact


def test_the_worker_makes_it_ahead(content):
    prepare(content.pk)
    assert bundles.Bundle(bundles._key(libraries_of(content))).is_there
    prepare(0)
    Content.objects.update(missing_libraries=["H5P.Gone 1.0"])
    prepare(content.pk)


def test_without_the_player_nothing_is_made(content, settings, tmp_path):
    settings.H5P_PLAYER_DIR = tmp_path / "nowhere"
    with pytest.raises(core_files.PlayerMissing):
        bundles.bundle_of(libraries_of(content))
    prepare(content.pk)


# --- icon fonts ---------------------------------------------------------------------------------------------

ICONS = range(0xF000, 0xF040)
SHEET = """@font-face { font-family: 'Icons'; font-weight: normal; src: url('icons.ttf?v=1') format('truetype'); }
.icon-seen:before { content: "\\f001" } .icon-never-named:before { content: "\\f002" }
.icon-put-together:before { content: '\\f003' }"""
SCRIPTS = "el.className = 'icon-seen'; el.className = 'icon-' + 'put-' + \"together\";"


@pytest.fixture
def font(tmp_path) -> Path:
    names = [".notdef", *(f"icon{point:X}" for point in ICONS)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({point: f"icon{point:X}" for point in ICONS})
    pen = TTGlyphPen(None)
    for number in range(40):
        pen.moveTo((number, 0))
        for corner in ((0, 500), (500, number), (number * 7, number * 3)):
            pen.lineTo(corner)
        pen.closePath()
    glyph = pen.glyph()
    builder.setupGlyf(dict.fromkeys(names, glyph))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Icons", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(tmp_path / "icons.ttf")
    return tmp_path / "icons.ttf"


def split(font, wanted) -> tuple[str, list[bytes]]:
    kept = []

    def keep(data: bytes) -> str:
        kept.append(data)
        return f"small-{len(kept)}.woff2"

    return icon_fonts.split_faces(SHEET, wanted, lambda url: font.parent / url, keep), kept


def test_icons_that_scripts_name_are_wanted():
    assert icon_fonts.pictures_asked_for([SHEET], SCRIPTS) == {0xF001, 0xF003}


def test_a_font_is_split_and_no_icon_is_lost(font):
    style, [small] = split(font, {0xF001, 0xF003})
    assert font.stat().st_size > icon_fonts.WORTH_IT
    assert set(TTFont(io.BytesIO(small)).getBestCmap()) == {0xF001, 0xF003}
    assert len(small) < font.stat().st_size / 3
    faces = re.findall(r"@font-face\s*\{[^}]*\}", style)
    assert len(faces) == 2
    assert "icons.ttf?v=1" in faces[0]
    assert "unicode-range:U+F000,U+F002,U+F004-F03F" in faces[0]
    assert 'url("small-1.woff2")' in faces[1]
    assert "unicode-range:U+F001,U+F003" in faces[1]
    assert "font-weight: normal" in faces[1]


def test_a_font_that_cannot_be_split_stays_as_it_is(font):
    assert split(font, set())[0] == SHEET
    assert split(font, set(ICONS))[0] == SHEET
    font.write_bytes(b"no font at all" * 1000)
    assert split(font, {0xF001})[0] == SHEET
    font.unlink()
    assert split(font, {0xF001})[0] == SHEET
