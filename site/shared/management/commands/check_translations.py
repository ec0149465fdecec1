"""The gate of the interface language: every message id of ours is translated to Vietnamese, placeholders intact."""

import re
import subprocess
import tempfile
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

ROOT = Path(settings.ROOT)
SOURCES = ("site", "courses", "quizzes", "media")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>")
_FORBIDDEN = re.compile(r"\b(bạn|trượt)\b", re.IGNORECASE)


class Command(BaseCommand):
    help = "Fails when a message of the interface has no Vietnamese, lost a placeholder or uses a word we do not use."

    def handle(self, **options):
        problems = []
        for catalogue in sorted((ROOT / "locale").rglob("vi/LC_MESSAGES/*.po")):
            problems += _faults(catalogue)
        problems += _missing(ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po")
        if problems:
            listed = "\n".join(f"  {problem}" for problem in problems[:60])
            raise CommandError(f"{len(problems)} problems of translation:\n{listed}")
        self.stdout.write("Translations: complete")


def _faults(path: Path) -> list[str]:
    found = []
    for entry in polib.pofile(str(path)):
        if entry.obsolete:
            continue
        texts = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
        where = f"{path.relative_to(ROOT)}: {entry.msgid[:60]!r}"
        if not all(texts) or "fuzzy" in entry.flags:
            found.append(f"{where} is not translated")
        elif any(_FORBIDDEN.search(text) for text in texts):
            found.append(f"{where} uses a word that is not used here")
        elif not entry.msgid_plural and sorted(_PLACEHOLDER.findall(entry.msgid)) != sorted(
            _PLACEHOLDER.findall(entry.msgstr)
        ):
            found.append(f"{where} has other placeholders than its translation")
    return found


def _missing(catalogue: Path) -> list[str]:
    """Message ids in the code that the catalogue does not have; needs xgettext, which Debian's gettext brings."""
    known = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(catalogue)) if not entry.obsolete}
    return [
        f"not in the catalogue: {entry.msgid[:80]!r} (run: ./run manage makemessages -l vi --no-location)"
        for entry in _extracted()
        if (entry.msgctxt, entry.msgid) not in known
    ]


def _extracted() -> polib.POFile:
    """All message ids of our code, extracted by Django's template reader and polib-compatible xgettext."""
    from django.utils.translation.template import templatize

    with tempfile.TemporaryDirectory() as folder:
        files = []
        for room in SOURCES:
            for path in sorted((ROOT / room).rglob("*")):
                if path.suffix == ".py" and "migrations" not in path.parts:
                    files.append(str(path))
                elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
                    copy = Path(folder) / f"{len(files)}.py"
                    copy.write_text(templatize(path.read_text(encoding="utf-8")), encoding="utf-8")
                    files.append(str(copy))
        output = Path(folder) / "messages.po"
        keywords = ["gettext_noop", "gettext_lazy", "ngettext_lazy:1,2", "pgettext:1c,2", "npgettext:1c,2,3",
                    "pgettext_lazy:1c,2", "npgettext_lazy:1c,2,3", "_", "gettext", "ngettext:1,2"]  # fmt: skip
        try:
            subprocess.run(  # noqa: S603
                ["xgettext", "--language=Python", "--from-code=UTF-8", "--output", str(output)]
                + [f"--keyword={keyword}" for keyword in keywords] + files,
                check=True, capture_output=True,
            )  # fmt: skip
        except FileNotFoundError as missing:
            raise CommandError(
                "xgettext is needed to find messages without translation. Install: sudo apt-get install -y gettext"
            ) from missing
        return polib.pofile(str(output))
