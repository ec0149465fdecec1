"""Answers with a file: parts of it on demand (video cannot be wound without), unchanged ones not sent again."""

import gzip
import re
from collections.abc import Iterator
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path

from django.http import HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.utils.cache import patch_vary_headers

CHUNK = 64 * 1024
COMPRESSED_UP_TO = 4 * 1024 * 1024
_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_TEXT_TYPES = ("text/", "application/json", "image/svg+xml")


def file_response(request, path: Path, content_type: str, cache_control: str):
    """200, 206, 304 or 416 for a file on disk. Raises FileNotFoundError.

    Several ranges in one request are answered with the whole file, as RFC 9110 allows.
    """
    about = path.stat()
    if not path.is_file():
        raise FileNotFoundError(path)
    headers = {
        "ETag": f'"{about.st_mtime_ns:x}-{about.st_size:x}"',
        "Last-Modified": formatdate(about.st_mtime, usegmt=True),
        "Cache-Control": cache_control,
        "Accept-Ranges": "bytes",
    }
    if _unchanged(request, headers["ETag"]):
        return HttpResponseNotModified(headers=headers)
    wanted = _range(request, about.st_size, headers)
    if wanted is None and content_type.startswith(_TEXT_TYPES) and about.st_size <= COMPRESSED_UP_TO:
        return compressed(request, path.read_bytes(), content_type, headers)
    if wanted == ():
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{about.st_size}"})
    first, last = wanted or (0, about.st_size - 1)
    response = StreamingHttpResponse(
        _pieces(path, first, last), status=206 if wanted else 200, content_type=content_type, headers=headers
    )
    response["Content-Length"] = str(last - first + 1)
    if wanted:
        response["Content-Range"] = f"bytes {first}-{last}/{about.st_size}"
    return response


def _unchanged(request, etag: str) -> bool:
    known = request.headers.get("If-None-Match", "")
    return known == "*" or etag in {tag.strip().removeprefix("W/") for tag in known.split(",")}


def _range(request, size: int, headers: dict) -> tuple | None:
    """First and last byte wanted; None for the whole file; () for a range that is not in it."""
    match = _ONE_RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not match or not any(match.groups()) or not _condition_holds(request, headers):
        return None
    start, end = match.groups()
    if not start:  # the last so many bytes
        first, last = max(0, size - int(end)), size - 1
    else:
        first, last = int(start), min(int(end) if end else size - 1, size - 1)
    return (first, last) if first <= last else ()


def _condition_holds(request, headers: dict) -> bool:
    """If-Range: a part is wanted only of the very file the browser has the rest of."""
    condition = request.headers.get("If-Range", "").strip()
    if not condition or condition == headers["ETag"]:
        return True
    try:
        return parsedate_to_datetime(condition) == parsedate_to_datetime(headers["Last-Modified"])
    except ValueError:  # another entity tag
        return False


def compressed(request, body: bytes, content_type: str = "text/html; charset=utf-8", headers=None) -> HttpResponse:
    """A text, with gzip for browsers that take it. The player's addresses lie outside of the site's GZipMiddleware."""
    response = HttpResponse(headers=headers, content_type=content_type)
    if len(body) > 200 and "gzip" in request.headers.get("Accept-Encoding", ""):
        body = gzip.compress(body, 6, mtime=0)
        response["Content-Encoding"] = "gzip"
        if "ETag" in response:
            response["ETag"] = f"W/{response['ETag']}"
    patch_vary_headers(response, ["Accept-Encoding"])
    response.content = body
    response["Content-Length"] = str(len(body))
    return response


def _pieces(path: Path, first: int, last: int) -> Iterator[bytes]:
    left = last - first + 1
    with path.open("rb") as file:
        file.seek(first)
        while left > 0 and (piece := file.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece
