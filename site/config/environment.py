"""Reads and checks the environment variables of the stable doors.

A bad value stops the start: the message names the variable, the value found and what is allowed.
The list itself is explained in docs/settings.md.
"""

import ipaddress
import os
import re
import sys
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

_HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
_PASSWORD = re.compile(r"^((?:[a-z0-9+.-]+://)?[^:@/]*):.*@", re.DOTALL)


class BadSetting(SystemExit):
    """A start refused because of one environment variable; prints its message and exits with status 2."""

    def __init__(self, name: str, value: str, allowed: str):
        self.message = f"{name}={value!r} cannot be used. Allowed: {allowed}."
        super().__init__(2)

    def __str__(self) -> str:
        return self.message


def _refuse(name: str, value: str, allowed: str):
    error = BadSetting(name, value, allowed)
    sys.stderr.write(f"Cannot start: {error.message}\nSee docs/settings.md.\n")
    raise error


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def port(name: str, default: int) -> int:
    """A TCP port number, 1 to 65535."""
    value = text(name, str(default))
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        _refuse(name, value, "a port number from 1 to 65535, for example 8000")
    return int(value)


def flag(name: str, default: bool) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value not in {"0", "1", "true", "false", "yes", "no"}:
        _refuse(name, value, "1 or 0 (also true, false, yes, no)")
    return value in {"1", "true", "yes"}


def number(name: str, default: int, lowest: int, highest: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal() or not lowest <= int(value) <= highest:
        _refuse(name, value, f"a whole number from {lowest} to {highest}")
    return int(value)


def secret(name: str, shortest: int) -> str:
    """A secret of at least `shortest` characters, or "" if none was given. A refused one is never printed."""
    value = text(name)
    if value and len(value) < shortest:
        _refuse(name, "(hidden)", f"a random text of at least {shortest} characters")
    return value


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = text(name, default)
    if value not in allowed:
        _refuse(name, value, ", ".join(allowed))
    return value


def file(name: str) -> str:
    """The path of a file that can be read; empty if not given."""
    path = text(name)
    if path and not (Path(path).is_file() and os.access(path, os.R_OK)):
        _refuse(name, path, "the path of a file that this user can read")
    return path


def networks(name: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """Networks separated by commas, such as 10.20.0.0/16,2001:db8::/32; none if not given."""
    value = text(name)
    try:
        return [ipaddress.ip_network(part.strip()) for part in value.split(",") if part.strip()]
    except ValueError:
        _refuse(name, value, "networks separated by commas, for example 10.20.0.0/16,2001:db8::/32")


def identity_provider() -> dict | None:
    """The OpenID Connect provider people may sign in with; None unless OIDC_SERVER_URL is given."""
    server = text("OIDC_SERVER_URL")
    if not server:
        return None
    parts = urlsplit(
        url("OIDC_SERVER_URL", "", {"https": "https://id.example.gov.vn", "http": "http://127.0.0.1:9000"})
    )
    client, key = text("OIDC_CLIENT_ID"), text("OIDC_CLIENT_SECRET")
    if not client:
        _refuse("OIDC_CLIENT_ID", "", "the name under which the provider knows this site, needed with OIDC_SERVER_URL")
    if not key:
        _refuse("OIDC_CLIENT_SECRET", "", "the secret the provider gave this site, needed with OIDC_SERVER_URL")
    handle = text("OIDC_ID", "sso")
    if not re.fullmatch(r"[a-z0-9-]{1,30}", handle):
        _refuse("OIDC_ID", handle, "small letters, digits and hyphens; it is part of the callback address")
    return {
        "id": handle,
        "name": text("OIDC_NAME", "SSO"),
        "server_url": server.rstrip("/"),
        "origin": f"{parts.scheme}://{parts.netloc}",
        "client_id": client,
        "client_secret": key,
        "staff_number_claim": text("OIDC_STAFF_NUMBER_CLAIM", "staff_number"),
        "creates_accounts": flag("OIDC_CREATE_ACCOUNTS", False),
        "proves_second_factor": flag("OIDC_SECOND_FACTOR", False),
    }


def mail_server() -> dict:
    """Django's settings of the mail server from EMAIL_URL. The password is never shown."""
    examples = {
        "smtp": "smtp://mail.example.gov.vn:25",
        "smtp+tls": "smtp+tls://user:password@mail.example.gov.vn:587",
        "smtps": "smtps://user:password@mail.example.gov.vn:465",
    }
    parts = urlsplit(url("EMAIL_URL", "smtp://localhost:25", examples))
    if not parts.hostname:
        _refuse("EMAIL_URL", _without_password(text("EMAIL_URL")), "; ".join(examples.values()))
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


def sender(name: str, default: str) -> str:
    """Who letters come from: an address, with or without a name before it."""
    value = text(name, default)
    if "@" not in parseaddr(value)[1] or "\n" in value:
        _refuse(name, value, "an address, for example Nêu Gương <khong-tra-loi@example.gov.vn>")
    return value


def host(name: str, default: str) -> str:
    """A host name or address to listen on, without scheme or port."""
    value = text(name, default)
    if not _is_host(value):
        _refuse(name, value, "a host name or IP address alone, for example 127.0.0.1 or 0.0.0.0")
    return value


def url(name: str, default: str, schemes: dict[str, str]) -> str:
    """A URL whose scheme is one of `schemes` (scheme → example shown when the value is refused)."""
    value = text(name, default)
    try:
        parts = urlsplit(value)
        accepted = parts.scheme in schemes and value.startswith(f"{parts.scheme}://") and parts.port != 0
    except ValueError:  # a port that is no number, an address with an open bracket
        accepted = False
    if not accepted or (parts.scheme == "sqlite" and not parts.path.startswith("//")):
        allowed = "; ".join(f"{key}: {example}" for key, example in schemes.items())
        _refuse(name, _without_password(value), allowed)
    return value


def origin(name: str) -> str:
    """A web origin such as https://h5p.example.gov.vn: scheme and host, no path. It ends up in a header."""
    value = text(name)
    if value and not _is_origin(value):
        _refuse(name, _without_password(value), "an origin without path, for example https://h5p.example.gov.vn")
    return value.rstrip("/")


def folder(name: str, default: Path) -> Path:
    """A folder that exists or can be made; relative paths count from the current folder."""
    value = text(name)
    path = Path(value).expanduser().resolve() if value else default
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        _refuse(name, str(path), f"a folder this user can write to ({problem.strerror})")
    if not os.access(path, os.W_OK):
        _refuse(name, str(path), "a folder this user can write to")
    return path


def _is_host(value: str) -> bool:
    if ":" not in value:
        return bool(_HOST_NAME.fullmatch(value))
    try:
        return bool(ipaddress.IPv6Address(value))
    except ValueError:
        return False


def _is_origin(value: str) -> bool:
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    netloc = f"[{host}]" if ":" in host else host
    plain = f"{parts.scheme}://{netloc}" + ("" if port is None else f":{port}")
    return parts.scheme in {"http", "https"} and _is_host(host) and value.lower().rstrip("/") == plain


def _without_password(value: str) -> str:
    return _PASSWORD.sub(r"\1:***@", value)
