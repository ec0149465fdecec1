"""The files of the player: its core, libraries, bundles and the media of activities.

These views are reached through `h5p.middleware` alone: no session, no cookies. What an address may open is said by
the pass in it (`player.tokens`).
"""

from pathlib import Path, PurePosixPath
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from h5p.domain.folders import content_folder
from h5p.player import bundles, core_files, hosts, tokens
from h5p.player.libraries import library_file
from h5p.player.policy import FILE_POLICY
from h5p.views.ranged import file_response

FOR_EVER = "public, max-age=31536000, immutable"
FOR_THE_PASS = f"private, max-age={tokens.PERIOD}"
# What browsers may take a file for, by its ending. Never HTML or XML: those could carry scripts of their own.
TYPES = {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "eot": "application/vnd.ms-fontobject",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "ogg": "audio/ogg",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "vtt": "text/vtt; charset=utf-8",
    "webvtt": "text/vtt; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "glb": "model/gltf-binary",
    "gltf": "model/gltf+json",
}


def permission_to_read(request):
    """The question a browser asks before a script in a nameless frame may read a file (CORS preflight)."""
    response = HttpResponse(status=204)
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = "GET, HEAD"
    response["Access-Control-Allow-Headers"] = "*"
    response["Access-Control-Max-Age"] = "86400"
    return response


@require_safe
def core_file(request, version: str, path: str):
    """A file of the player's own core; kept for ever under the version it belongs to."""
    file = core_files.path_of(path)
    if file is None or not core_files.is_there():
        raise Http404
    return _serve(request, file, FOR_EVER if version == core_files.version() else "no-cache")


@require_safe
def lasting_library_file(request, folder: str, build: str, path: str):
    """A library's file on the activities' own host: its address names the very build, so it is kept for ever."""
    if not hosts.has_own_host():
        raise Http404
    return _library_file(request, folder, build, path, FOR_EVER)


@require_safe
def library_file_by_pass(request, uuid: UUID, revision: int, files_pass: str, folder: str, build: str, path: str):
    """A library's file on the site's host, for a frame in the opaque sandbox."""
    _admit(request, uuid, revision, files_pass)
    return _library_file(request, folder, build, path, FOR_THE_PASS)


@require_safe
def content_file(request, uuid: UUID, revision: int, files_pass: str, path: str):
    """A picture, sound or film of an activity."""
    _admit(request, uuid, revision, files_pass)
    return _serve(request, _inside(content_folder(uuid, revision), path), FOR_THE_PASS)


@require_safe
def lasting_bundle(request, key: str, kind: str):
    """All scripts or all styles of an activity on the activities' own host, kept for ever."""
    if not hosts.has_own_host():
        raise Http404
    return _bundle(request, key, kind)


@require_safe
def bundle_by_pass(request, uuid: UUID, revision: int, files_pass: str, key: str, kind: str):
    """The same on the site's host, for a frame in the opaque sandbox."""
    _admit(request, uuid, revision, files_pass)
    return _bundle(request, key, kind)


def _bundle(request, key: str, kind: str):
    """A script or a style sheet, compressed beforehand, or one of the small icon fonts ("key-1")."""
    name, _dash, number = key.partition("-")
    bundle = bundles.find(name)
    if bundle is None or number.isdecimal() != (kind == "woff2"):
        raise Http404
    if number:
        return _serve(request, bundle.font(int(number)), FOR_EVER)
    bundles.touch(bundle)
    accepted = request.headers.get("Accept-Encoding", "")
    coding = next((coding for coding, name in (("br", "br"), ("gz", "gzip")) if name in accepted), "")
    response = HttpResponse(bundle.path(kind, coding).read_bytes(), content_type=TYPES[kind])
    if coding:
        response["Content-Encoding"] = {"br": "br", "gz": "gzip"}[coding]
    response["Cache-Control"] = FOR_EVER
    patch_vary_headers(response, ["Accept-Encoding"])
    return _guarded(response)


def _admit(request, uuid: UUID, revision: int, files_pass: str) -> None:
    """Only with a pass, and never for a page of the site itself: uploaded scripts must not become its scripts."""
    try:
        tokens.check_files_pass(files_pass, uuid, revision)
    except tokens.BadPass as problem:
        raise Http404 from problem
    from_the_site = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if not hosts.has_own_host() and from_the_site and request.headers.get("Sec-Fetch-Dest") != "document":
        raise Http404


def _library_file(request, folder: str, build: str, path: str, cache_control: str):
    root = library_file(f"{folder}/{build}", "")
    return _serve(request, _inside(root, path), cache_control)


def _inside(root: Path, path: str) -> Path:
    """The file below `root`; an address that climbs out of it is not found."""
    if ".." in PurePosixPath(path).parts or "\\" in path or "\0" in path or path.startswith("/"):
        raise Http404
    file = (root / path).resolve()
    if not file.is_relative_to(root.resolve()):
        raise Http404
    return file


def _serve(request, file: Path, cache_control: str):
    ending = file.suffix.lower().removeprefix(".")
    content_type = TYPES.get(ending, "application/octet-stream")
    try:
        response = file_response(request, file, content_type, cache_control)
    except OSError as problem:
        raise Http404 from problem
    if ending not in TYPES:
        response["Content-Disposition"] = "attachment"
    return _guarded(response)


def _guarded(response):
    """Readable for frames of any origin (theirs has no name), dead when opened by itself, never guessed at."""
    response["Content-Security-Policy"] = FILE_POLICY
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Content-Type-Options"] = "nosniff"
    if not hosts.has_own_host():
        patch_vary_headers(response, ["Sec-Fetch-Site"])
    return response
