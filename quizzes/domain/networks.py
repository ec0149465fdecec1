"""From where a quiz may be taken: ranges of addresses, one a line. Knows no database."""

import ipaddress
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def validate_networks(text: str) -> None:
    """Raises ValidationError naming the lines that are no network."""
    wrong = [line for line in _lines(text) if _network(line) is None]
    if wrong:
        raise ValidationError(
            _("Not a network: %(lines)s. Write for example 10.20.0.0/16 or 192.0.2.7."),
            params={"lines": ", ".join(wrong)},
        )


@lru_cache(maxsize=4096)
def is_inside(address: str, networks: str) -> bool:
    """Whether the address lies in one of the networks; without networks everything does, else "" never does."""
    ranges = [found for line in _lines(networks) if (found := _network(line))]
    if not ranges:
        return not networks.strip()
    try:
        asked = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(asked.version == one.version and asked in one for one in ranges)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.replace(",", "\n").splitlines() if line.strip()]


def _network(line: str):
    try:
        return ipaddress.ip_network(line, strict=False)
    except ValueError:
        return None
