"""To which addresses we send: https, and never into our own network unless its range was opened.

Whoever may enter an address could otherwise have this server talk to what only it can reach (SSRF). The name is
looked up once for each message, every address behind it is judged, and the connection goes to the one that was
judged, so that a name cannot change in between.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from shared.errors import DomainError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class AddressRefused(DomainError):
    """An address nothing is sent to."""

    field = "url"


@dataclass(frozen=True)
class Target:
    """Host and port to speak to, and the path with its query."""

    host: str
    port: int
    path: str


def read(url: str) -> Target:
    """The parts of an https address. Raises AddressRefused in words."""
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError as fault:
        raise AddressRefused(_("This is not an address. Write it as https://host/path.")) from fault
    if parts.scheme != "https" or not parts.hostname:
        raise AddressRefused(_("Only addresses that begin with https:// are allowed."))
    if parts.username is not None or parts.password is not None:
        raise AddressRefused(_("Leave sign-in name and password out of the address; the signature proves who sends."))
    if parts.fragment or any(character.isspace() or not character.isprintable() for character in url):
        raise AddressRefused(_("This is not an address. Write it as https://host/path."))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not (path.isascii() and parts.hostname.isascii()):
        raise AddressRefused(_("Write the address in plain letters without marks."))
    return Target(parts.hostname, port, path)


def check(url: str) -> None:
    """Refuses an address we would not send to. Raises AddressRefused."""
    permitted(read(url))


def permitted(target: Target) -> str:
    """The IP address to connect to. Raises AddressRefused if the name is unknown or any of its addresses is ours."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise AddressRefused(_("The host name of this address is not known.")) from fault
    addresses = [ipaddress.ip_address(one[4][0].partition("%")[0]) for one in found]
    if not addresses or not all(_is_permitted(address) for address in addresses):
        raise AddressRefused(
            _("This address lies in a private network. The operator can open it: WEBHOOK_NETWORKS in docs/settings.md.")
        )
    return str(addresses[0])


def _is_permitted(address) -> bool:
    inner = _inside(address)
    if any(inner.version == network.version and inner in network for network in settings.WEBHOOK_NETWORKS):
        return True
    return inner.is_global and not inner.is_multicast and not inner.is_reserved


def _inside(address):
    """The IPv4 address an IPv6 one only wraps."""
    if address.version == 4:
        return address
    if address in _NAT64:
        return ipaddress.ip_address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None) or address
