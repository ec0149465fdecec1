"""Which messages of the packages we run have no Vietnamese: neither the package's own nor ours in locale/upstream.

What a package says it tells itself: its English catalogues list every message and where it stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation

LANGUAGE = "vi"
DOMAINS = ("django", "djangojs")
_CONTEXT = "\x04"  # between context and message, in gettext's own files


@dataclass(frozen=True)
class PackageMessage:
    """One message of a package; `places` are files of the package with line numbers."""

    package: str
    domain: str
    entry: polib.POEntry

    @property
    def places(self) -> str:
        return ", ".join(f"{file}:{line}" for file, line in self.entry.occurrences[:3])


def messages() -> Iterator[PackageMessage]:
    """Every message of the installed packages' English catalogues, ours left out."""
    for package, folder in _packages():
        for domain in DOMAINS:
            catalogue = folder / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
            if catalogue.exists():
                for entry in polib.pofile(str(catalogue)):
                    if not entry.obsolete:
                        yield PackageMessage(package, domain, entry)


def untranslated() -> list[PackageMessage]:
    """The messages readers of Vietnamese would see in English."""
    known = {domain: _known(domain) for domain in DOMAINS}
    return [message for message in messages() if not _is_in(known[message.domain], message.entry)]


def add_to_catalogues(missing: list[PackageMessage]) -> None:
    """Appends the messages to locale/upstream, still without Vietnamese; `check_translations` then asks for it."""
    for domain in DOMAINS:
        ours = Path(settings.ROOT) / "locale" / "upstream" / LANGUAGE / "LC_MESSAGES" / f"{domain}.po"
        catalogue = polib.pofile(str(ours), wrapwidth=100)
        present = {(entry.msgctxt, entry.msgid) for entry in catalogue}
        for message in missing:
            entry = message.entry
            if message.domain != domain or (entry.msgctxt, entry.msgid) in present:
                continue
            present.add((entry.msgctxt, entry.msgid))
            plural = {"msgid_plural": entry.msgid_plural, "msgstr_plural": {0: ""}} if entry.msgid_plural else {}
            catalogue.append(polib.POEntry(msgctxt=entry.msgctxt, msgid=entry.msgid, flags=list(entry.flags), **plural))
        catalogue.save()


def _packages() -> Iterator[tuple[str, Path]]:
    import django

    yield "django", Path(django.__file__).parent / "conf"
    for app in apps.get_app_configs():
        folder = Path(app.path)
        if not folder.is_relative_to(settings.ROOT) or ".venv" in folder.parts:
            yield app.name, folder


def _known(domain: str) -> dict:
    """What Django itself finds for Vietnamese: packages, then ours over them."""
    if domain == "django":
        return DjangoTranslation(LANGUAGE)._catalog
    folders = [str(folder / "locale") for _package, folder in _packages() if (folder / "locale").is_dir()]
    return DjangoTranslation(LANGUAGE, domain=domain, localedirs=[*folders, *settings.LOCALE_PATHS])._catalog


def _is_in(known, entry: polib.POEntry) -> bool:
    message = f"{entry.msgctxt}{_CONTEXT}{entry.msgid}" if entry.msgctxt else entry.msgid
    return any(known.get(key) for key in (message, (message, 0), (message, False)))
