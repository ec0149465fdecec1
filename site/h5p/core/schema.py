"""h5p.json and library.json: what they must and may say, and the typed values made of them.

Where the two known validators (the PHP core and Lumi's) disagree about something harmless, it is accepted.
Numbers may be written as text ("majorVersion": "1"), as most packages do, or as 1.0. Unknown keys are ignored.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .findings import Findings
from .names import LibraryName

NUMBER = r"[0-9]{1,5}"
MACHINE_NAME = r"[\w.-]{1,255}"
LINE = r"[^\n]{1,255}"
PARAGRAPHS = r"(?s:.{1,5000})"
EMBED_TYPES = frozenset({"iframe", "div"})
LICENSES = (
    "CC BY|CC BY-SA|CC BY-ND|CC BY-NC|CC BY-NC-SA|CC BY-NC-ND|CC0 1\\.0|GNU GPL|PD|ODC PDDL|CC PDM|U|C"  # of contents
)
LIBRARY_LICENSES = "cc-by|cc-by-sa|cc-by-nd|cc-by-nc|cc-by-nc-sa|cc-by-nc-nd|pd|cr|MIT|GPL1|GPL2|GPL3|MPL|MPL2"
PATH = r"[\\/a-zA-Z0-9_\s.-]+\.{extension}"

Check = Callable[[object], bool]


def _pattern(expression: str, flags: int = 0) -> Check:
    compiled = re.compile(expression, flags | re.ASCII)

    def check(value: object) -> bool:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, str | int):
            return False
        return compiled.fullmatch(str(value)) is not None

    return check


def _options(allowed: frozenset[str]) -> Check:
    return lambda value: isinstance(value, list) and all(isinstance(one, str) and one in allowed for one in value)


def _list_of(**required: Check) -> Check:
    """A list of objects that have at least these keys; an empty list is a list."""
    return lambda value: isinstance(value, list) and all(_object(required, required)(one) for one in value)


def _object(checks: dict[str, Check], required=()) -> Check:
    def check(value: object) -> bool:
        if not isinstance(value, dict) or any(value.get(key) is None for key in required):
            return False
        return all(checks[key](found) for key, found in value.items() if key in checks)

    return check


_LIBRARIES = _list_of(machineName=_pattern(MACHINE_NAME), majorVersion=_pattern(NUMBER), minorVersion=_pattern(NUMBER))
_FLAG = _pattern("[01]")
_SIZE = _pattern("[0-9]{1,4}")

PACKAGE_REQUIRED: dict[str, Check] = {
    "title": _pattern(LINE),
    "language": _pattern(r"[-a-zA-Z]{1,10}"),
    "preloadedDependencies": _LIBRARIES,
    "mainLibrary": _pattern(r"[$a-zA-Z_][0-9a-zA-Z_.$]{1,254}"),
    "embedTypes": _options(EMBED_TYPES),
}
PACKAGE_OPTIONAL: dict[str, Check] = {
    "contentType": _pattern(LINE),
    "dynamicDependencies": _LIBRARIES,
    "author": _pattern(LINE),
    "authors": _list_of(name=_pattern(LINE), role=_pattern(r"\w+")),
    "source": _pattern(r"https?://[^\n]+"),
    "license": _pattern(LICENSES),
    "licenseVersion": _pattern(r"1\.0|2\.0|2\.5|3\.0|4\.0"),
    "licenseExtras": _pattern(PARAGRAPHS),
    "yearsFrom": _SIZE,
    "yearsTo": _SIZE,
    "changes": _list_of(
        date=_pattern(r"[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{1,2}:[0-9]{2}:[0-9]{2}"),
        author=_pattern(LINE),
        log=_pattern(PARAGRAPHS),
    ),
    "authorComments": _pattern(PARAGRAPHS),
    "w": _SIZE,
    "h": _SIZE,
    "metaKeywords": _pattern(r"[^\n]+"),
    "metaDescription": _pattern(r"[^\n]+"),
}
LIBRARY_REQUIRED: dict[str, Check] = {
    "title": _pattern(LINE),
    "majorVersion": _pattern(NUMBER),
    "minorVersion": _pattern(NUMBER),
    "patchVersion": _pattern(NUMBER),
    "machineName": _pattern(MACHINE_NAME),
    "runnable": _FLAG,
}
LIBRARY_OPTIONAL: dict[str, Check] = {
    "author": _pattern(LINE),
    "license": _pattern(LIBRARY_LICENSES),
    "description": _pattern(r"[^\n]+"),
    "metadataSettings": _object({"disable": _FLAG, "disableExtraTitleField": _FLAG}),
    "preloadedDependencies": _LIBRARIES,
    "dynamicDependencies": _LIBRARIES,
    "editorDependencies": _LIBRARIES,
    "preloadedJs": _list_of(path=_pattern(PATH.format(extension="js"), re.IGNORECASE)),
    "preloadedCss": _list_of(path=_pattern(PATH.format(extension="css"), re.IGNORECASE)),
    "dropLibraryCss": _list_of(machineName=_pattern(MACHINE_NAME)),
    "w": _SIZE,
    "h": _SIZE,
    "embedTypes": _options(EMBED_TYPES),
    "fullscreen": _FLAG,
    "coreApi": _object(
        {"majorVersion": _pattern(NUMBER), "minorVersion": _pattern(NUMBER)}, ("majorVersion", "minorVersion")
    ),
}


def check_properties(
    data: dict, required: dict[str, Check], optional: dict[str, Check], where: str, findings: Findings
) -> bool:
    """Notes every missing (missing-required-property) and every bad value (invalid-property,
    illegal-option-in-library); whether there was none. A null counts as missing where a value is required."""
    good = True
    for key, check in required.items():
        if data.get(key) is None:
            findings.error("missing-required-property", property=key, where=where)
            good = False
        elif not check(data[key]):
            _bad_value(key, data[key], where, findings)
            good = False
    for key, check in optional.items():
        if key in data and not check(data[key]):
            _bad_value(key, data[key], where, findings)
            good = False
    return good


def _bad_value(key: str, value: object, where: str, findings: Findings) -> None:
    if key == "embedTypes" and isinstance(value, list):
        illegal = [one for one in value if not isinstance(one, str) or one not in EMBED_TYPES]
        findings.error("illegal-option-in-library", option=illegal[0], property=key, where=where)
    elif _lacks_part(value):
        findings.error("missing-required-property", property=f"{key}.{_lacks_part(value)}", where=where)
    else:
        findings.error("invalid-property", property=key, where=where, value=json.dumps(value, ensure_ascii=False))


def _lacks_part(value: object) -> str:
    """The first part missing from a list of library names; "" if none is."""
    if not isinstance(value, list):
        return ""
    for one in value:
        if isinstance(one, dict) and "machineName" in one:
            for part in ("majorVersion", "minorVersion"):
                if one.get(part) is None:
                    return part
    return ""


@dataclass(frozen=True)
class LibrarySpec:
    """What library.json and its neighbours say about one library."""

    name: LibraryName
    patch: int
    title: str
    runnable: bool = False
    fullscreen: bool = False
    embed_types: tuple[str, ...] = ()
    core_api: tuple[int, int] | None = None
    js: tuple[str, ...] = ()
    css: tuple[str, ...] = ()
    drop_css: tuple[str, ...] = ()
    preloaded: tuple[LibraryName, ...] = ()
    dynamic: tuple[LibraryName, ...] = ()
    editor: tuple[LibraryName, ...] = ()
    add_to: dict | None = None
    metadata_settings: dict | None = None
    license: str = ""
    author: str = ""
    semantics: list | None = field(default=None, repr=False)

    @property
    def version(self) -> str:
        return f"{self.name.major}.{self.name.minor}.{self.patch}"


def library_spec(data: dict, semantics: list | None = None) -> LibrarySpec:
    """The typed value of a library.json that passed `check_properties`."""
    api = data.get("coreApi")
    return LibrarySpec(
        name=LibraryName(data["machineName"], int(data["majorVersion"]), int(data["minorVersion"])),
        patch=int(data["patchVersion"]),
        title=str(data["title"]),
        runnable=int(data["runnable"]) == 1,
        fullscreen=int(data.get("fullscreen", 0)) == 1,
        embed_types=tuple(data.get("embedTypes") or ()),
        core_api=(int(api["majorVersion"]), int(api["minorVersion"])) if api else None,
        js=asset_paths(data.get("preloadedJs")),
        css=asset_paths(data.get("preloadedCss")),
        drop_css=tuple(one["machineName"] for one in data.get("dropLibraryCss") or ()),
        preloaded=library_names(data.get("preloadedDependencies")),
        dynamic=library_names(data.get("dynamicDependencies")),
        editor=library_names(data.get("editorDependencies")),
        add_to=data.get("addTo") if isinstance(data.get("addTo"), dict) else None,
        metadata_settings=data.get("metadataSettings"),
        license=str(data.get("license") or ""),
        author=str(data.get("author") or ""),
        semantics=semantics,
    )


def library_names(dependencies: list[dict] | None) -> tuple[LibraryName, ...]:
    """The libraries of a checked list of dependencies; numbers may be text."""
    return tuple(
        LibraryName(one["machineName"], int(one["majorVersion"]), int(one["minorVersion"]))
        for one in dependencies or ()
    )


def asset_paths(entries: list[dict] | None) -> tuple[str, ...]:
    """Paths of scripts or styles, with forward slashes and without a leading one."""
    return tuple(str(one["path"]).replace("\\", "/").lstrip("/").removeprefix("./") for one in entries or ())
