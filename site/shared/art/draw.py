"""Writes every scene as SVG beside this file and as JPEG, 1600 pixels wide, into media/demo/.

After changing a drawing: `PYTHONPATH=site .venv/bin/python -m shared.art.draw` (Chromium takes the pictures).
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from shared.art.scenes import SCENES

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
PICTURES = ROOT / "media" / "demo"
WIDTH, LARGEST = 1600, 120_000
CHROMIUM = "/usr/bin/chromium"


def main(pictures: Path = PICTURES) -> None:
    pictures.mkdir(parents=True, exist_ok=True)
    for name, scene in SCENES.items():
        drawing = HERE / f"{name}.svg"
        drawing.write_text(scene())
        write_picture(drawing, pictures / f"{name}.jpg")


def write_picture(drawing: Path, picture: Path) -> None:
    """Takes a picture of the SVG in Chromium and keeps the best JPEG that is small enough."""
    height = round(WIDTH * _proportion(drawing))
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder) / "page.html", Path(folder) / "shot.png"
        page.write_text(f'<body style="margin:0"><img src="{drawing.as_uri()}" width="{WIDTH}" height="{height}">')
        # Headless Chromium keeps some of the window's height for itself: take more than is needed, then crop.
        subprocess.run(  # noqa: S603  our own file, no shell
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
             f"--screenshot={shot}", f"--window-size={WIDTH},{height + 200}", page.as_uri()],
            check=True,
            capture_output=True,
        )  # fmt: skip
        image = Image.open(shot).convert("RGB").crop((0, 0, WIDTH, height))
        for quality in range(88, 40, -4):
            image.save(picture, quality=quality, optimize=True, progressive=True)
            if picture.stat().st_size <= LARGEST:
                return


def _proportion(drawing: Path) -> float:
    _, _, width, height = drawing.read_text().split('viewBox="', 1)[1].split('"', 1)[0].split()
    return int(height) / int(width)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
