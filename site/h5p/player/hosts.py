"""Which host plays activities: a second one, or the site's own in an opaque sandbox. Never the site's origin itself."""

from urllib.parse import urlsplit

from django.conf import settings


def has_own_host() -> bool:
    """Whether activities are served from a host of their own (H5P_CONTENT_ORIGIN)."""
    return bool(settings.H5P_CONTENT_ORIGIN)


def origin_of(request) -> str:
    """The origin a request came to: https://hoc.example.gov.vn."""
    return f"{request.scheme}://{request.get_host()}"


def is_content_host(request) -> bool:
    """Whether the request came to the activities' own host."""
    if not has_own_host():
        return False
    return same_host(request.get_host(), urlsplit(settings.H5P_CONTENT_ORIGIN).netloc)


def same_host(one: str, other: str) -> bool:
    """Whether two Host headers mean the same, a default port written or not."""
    return _without_default_port(one) == _without_default_port(other)


def sandbox() -> str:
    """The sandbox of the frame, for its attribute and its header."""
    return "allow-scripts allow-same-origin" if has_own_host() else "allow-scripts"


def _without_default_port(host: str) -> str:
    name, _colon, port = host.lower().rpartition(":")
    return name if port in {"80", "443"} else host.lower()
