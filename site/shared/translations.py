"""Compiles .po files to .mo without gettext's own tools, which a fresh machine may not have."""

from pathlib import Path

import polib


def compile_translations(roots: list[Path]) -> int:
    """Compiles every catalogue under `roots` that is newer than its .mo file; returns how many were compiled."""
    compiled = 0
    for root in roots:
        for source in root.glob("*/LC_MESSAGES/*.po"):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            unfinished = target.with_suffix(".mo.part")
            polib.pofile(str(source)).save_as_mofile(str(unfinished))
            unfinished.replace(target)
            compiled += 1
    return compiled
