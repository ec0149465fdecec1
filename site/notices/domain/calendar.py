"""Due dates as iCalendar (RFC 5545): attached to letters and fetched by calendar programs."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.conf import settings

from notices.domain.topics import Event

MEDIA_TYPE = "text/calendar; charset=utf-8"
_LONGEST_LINE = 75  # octets


def calendar_of(events: Iterable[Event], now: datetime, name: str = "") -> bytes:
    """The events as one calendar. `now` stamps them, so that a program takes the newer of two."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Neu Guong//Due dates//VI", "METHOD:PUBLISH"]
    if name:
        lines.append(f"X-WR-CALNAME:{_escaped(name)}")
    stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines).encode()


def _event(event: Event, stamp: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{_day(event.day)}",
        f"DTEND;VALUE=DATE:{_day(event.day + timedelta(days=1))}",
        f"SUMMARY:{_escaped(event.title)}",
        f"URL:{settings.WAGTAILADMIN_BASE_URL}{event.path}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.splitlines())


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, never in the middle of a letter."""
    pieces, piece, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece += character
        size += octets
    return "\r\n".join([*pieces, piece]) + "\r\n"
