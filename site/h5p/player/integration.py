"""The object H5PIntegration: everything the player's core reads before it starts."""

import json
from dataclasses import dataclass

from h5p.models import Content
from h5p.player import hosts
from h5p.player.libraries import Loaded
from h5p.player.overlay import with_site_words
from h5p.player.strings import core_strings

CONTENT_ID = "1"  # one activity in a frame; the real id never enters it
SAVE_EVERY = 10  # seconds, for types that do not tell when something changed
_SHOWN_METADATA = (
    *("license", "licenseVersion", "licenseExtras", "authors"),
    *("source", "changes", "yearFrom", "yearTo", "a11yTitle"),
)
# Whoever learns, the frame knows one and the same name: the server writes down who it was.
PSEUDONYM = {"name": "learner", "mail": "learner@h5p.invalid"}


@dataclass(frozen=True)
class Addresses:
    """Where a frame finds things, all on its own host, without a slash at the end."""

    origin: str
    files: str
    libraries: str
    bundles: str
    core: str


def addresses(origin: str, content: Content, files_pass: str, core_version: str) -> Addresses:
    """On a host of their own libraries have lasting addresses; in the opaque sandbox they need the pass."""
    base = f"/h5p/c/{content.uuid}/{content.revision}/{files_pass}"
    shared = "/h5p" if hosts.has_own_host() else base
    return Addresses(origin, base, f"{shared}/lib", f"{shared}/b", f"/h5p/core/{core_version}")


def integration(content: Content, libraries: list[Loaded], where: Addresses, site: str, language: str) -> dict:
    """H5PIntegration for one activity. It holds nothing about a person: saved answers come from the page."""
    return {
        "baseUrl": where.origin,
        "url": where.files,
        "urlLibraries": where.libraries,
        "libraryDirectories": {one.library.folder_name: one.place for one in libraries},
        "siteUrl": site,
        "postUserStatistics": True,
        "ajax": {"setFinished": "", "contentUserData": ""},
        "saveFreq": SAVE_EVERY,
        "user": PSEUDONYM,
        "hubIsEnabled": False,
        "reportingIsEnabled": True,
        "fullscreenDisabled": 0,
        "crossorigin": None if hosts.has_own_host() else "anonymous",
        "libraryConfig": {},
        "l10n": {"H5P": core_strings()},
        "loadedJs": [],
        "loadedCss": [],
        "contents": {f"cid-{CONTENT_ID}": _content(content, where, site, language)},
    }


def _content(content: Content, where: Addresses, site: str, language: str) -> dict:
    library = content.main_library
    return {
        "library": library.name,
        "jsonContent": json.dumps(with_site_words(content, language), ensure_ascii=False),
        "fullScreen": "1" if library.fullscreen else "0",
        "url": f"{site}/h5p/activity/{content.uuid}",
        "contentUrl": f"{where.files}/f",
        "title": content.title,
        "exportUrl": "",
        "embedCode": "",
        "resizeCode": "",
        "mainId": CONTENT_ID,
        "displayOptions": {
            "frame": content.show_frame,
            "copyright": content.show_copyright,
            "export": False,
            "embed": False,
            "copy": False,
            "icon": False,
        },
        "metadata": _metadata(content),
        "contentUserData": {},
    }


def _metadata(content: Content) -> dict:
    """What the dialog “Rights of use” shows and what types read: title, licence, authors, changes."""
    metadata = {name: content.metadata[name] for name in _SHOWN_METADATA if content.metadata.get(name)}
    return metadata | {"title": content.title, "defaultLanguage": content.language}
