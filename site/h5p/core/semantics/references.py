"""What parameters refer to: libraries, their own files, other sites. Needs no semantics."""

import html
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ..names import LibraryName

_SOURCE = re.compile(r"""\b(?:src|poster)\s*=\s*["']?(https?://[^"'\s>]+)""", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_FOREIGN = re.compile(r"(?:\.\./){1,2}(?:.*content/)?(?:\d+|editor)/(.+)")
_PLAYED_BY_SCRIPT = ("youtube.com", "youtu.be", "youtube-nocookie.com", "vimeo.com")
_CREDITS = frozenset({"copyright", "metadata", "authors", "license", "licenseExtras"})
"""Keys under which addresses are credits: shown as text, never loaded."""


def strings(value: object) -> Iterator[str]:
    """All texts in a JSON value, keys excluded."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def nested_libraries(params: object) -> frozenset[LibraryName]:
    """The libraries named as {"library": "H5P.X 1.2", "params": …} anywhere inside."""
    return frozenset(
        name
        for one in _objects(params)
        if isinstance(one.get("params"), dict) and (name := LibraryName.parse(one.get("library"))) is not None
    )


def media_paths(params: object) -> set[str]:
    """Paths of the content's own files, as {"path": …} objects name them."""
    found = set()
    for one in _objects(params):
        path = one.get("path")
        if isinstance(path, str) and path and isinstance(one.get("mime"), str) and not _ADDRESS.match(path):
            found.add(own_path(path))
    return {path for path in found if path}


def own_path(path: str) -> str:
    """A path inside the content's folder: without the prefix of another content, the mark of a temporary file or
    escaped characters. "" if it points elsewhere."""
    path = html.unescape(path)
    foreign = _FOREIGN.fullmatch(path)
    path = (foreign[1] if foreign else path).removesuffix("#tmp")
    unsafe = path.startswith("/") or "\\" in path or ":" in path.split("/")[0] or ".." in path.split("/")
    return "" if unsafe else path


def external_hosts(params: object) -> set[str]:
    """Host names of other sites the content loads pictures, videos or frames from. Plain links do not count."""
    return {host for address in _loaded_addresses(params) if (host := _host(address))}


def needs_script(host: str) -> bool:
    """Whether films of this site play only through a script of that site, which no frame here may load."""
    return any(host == site or host.endswith(f".{site}") for site in _PLAYED_BY_SCRIPT)


def _loaded_addresses(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if _ADDRESS.fullmatch(value):
            yield value
        elif "<" in value:
            yield from _SOURCE.findall(value)
    elif isinstance(value, list):
        for one in value:
            yield from _loaded_addresses(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in _CREDITS:
                yield from _loaded_addresses(one)


def _host(address: str) -> str:
    try:
        host = urlsplit(html.unescape(address)).hostname or ""
    except ValueError:
        return ""
    return host.lower() if re.fullmatch(r"[A-Za-z0-9.-]+", host) else ""


def _objects(value: object) -> Iterator[dict]:
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from _objects(one)
    elif isinstance(value, list):
        for one in value:
            yield from _objects(one)
