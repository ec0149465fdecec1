"""Draw the illustrations of the demo stories and courses.

    python draw.py            draw, render and convert everything
    python draw.py counter    only the named pictures

Writes the SVG sources beside this file, the JPEGs to ../pictures/ and the covers beside their courses.
Needs Chromium for rendering and Pillow for the conversion.
"""

import io
import pathlib
import subprocess
import sys
import tempfile

from collective import collective
from community_house import community_house
from counter import counter, officer_portrait
from covers import cover_conduct, cover_culture, cover_digital
from mountains import mountains

HERE = pathlib.Path(__file__).resolve().parent
PICTURES = HERE.parent / "pictures"
COURSES = HERE.parents[2] / "courses" / "library"
# Covers stand with their courses.
COVERS = {
    "cover-culture": "van-hoa-cong-vu-1847",
    "cover-digital": "ky-nang-so-cbccvc",
    "cover-conduct": "quy-tac-ung-xu-cong-so",
}
CHROMIUM = "/usr/bin/chromium"
MAX_BYTES = 120_000


ALL = {
    "counter": counter,
    "officer-portrait": officer_portrait,
    "mountains": mountains,
    "community-house": community_house,
    "collective": collective,
    "cover-culture": cover_culture,
    "cover-digital": cover_digital,
    "cover-conduct": cover_conduct,
}


def _screenshot(source, w, h):
    """Rendered at twice the size and reduced, for clean edges."""
    from PIL import Image

    with tempfile.TemporaryDirectory() as tmp:
        page, shot = pathlib.Path(tmp, "p.html"), pathlib.Path(tmp, "p.png")
        page.write_text(f'<!doctype html><body style="margin:0">{source}</body>', encoding="utf-8")
        subprocess.run(
            [
                CHROMIUM,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--force-device-scale-factor=2",
                f"--window-size={w},{h + 120}",
                f"--screenshot={shot}",
                str(page),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return Image.open(shot).convert("RGB").crop((0, 0, 2 * w, 2 * h)).resize((w, h), Image.LANCZOS)


def render(name):
    """Writes the picture's SVG and its JPEG, as good as fits the budget."""
    source, (w, h) = ALL[name]()
    target = HERE / f"{name}.svg"
    target.write_text(source, encoding="utf-8")
    image = _screenshot(source, w, h)
    for quality in range(92, 40, -3):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= MAX_BYTES:
            break
    place = COURSES / COVERS[name] / "cover.jpg" if name in COVERS else PICTURES / f"{name}.jpg"
    place.write_bytes(out.getvalue())
    print(f"{name}.jpg {w}x{h} {out.tell() // 1000} kB, quality {quality}")


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    for chosen in sys.argv[1:] or ALL:
        render(chosen)
