"""What people can be told about. A room registers its topics in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Event:
    """A whole day for a calendar. The same `uid` with another day moves the entry instead of adding one."""

    uid: str
    day: date
    title: str
    path: str


@dataclass(frozen=True)
class Line:
    """One thing told, in the reader's language. It covers the matters whose ids it names.

    `title` is one sentence that can stand alone: it is the notice on the site, and the subject of a letter with
    nothing else in it. `path` leads to where something can be done about it; `names` are listed below the text, in
    letters only. The smaller `place`, the earlier it comes. Without `is_on_site` the line is for letters alone: the
    site shows it already.
    """

    matters: tuple[int, ...]
    title: str
    path: str
    text: str = ""
    action: str = ""
    names: tuple[str, ...] = ()
    place: int = 50
    event: Event | None = None
    is_on_site: bool = True


@dataclass(frozen=True)
class Topic:
    """Something people are told about.

    `read(asked, day)` looks at the state of things now, on the local `day`. It is given people with the matters that
    wait for each, all of whom read the language in force, and gives for each person's id the lines for what is still
    true; a matter no line covers is dropped. It is called just before the letters are handed over, for some dozen of
    them at a time. Only optional topics can be unsubscribed from, and then they are still shown on the site.
    """

    key: str
    label: Any
    read: Callable[[list[tuple[Any, list]], date], dict[int, list[Line]]]
    is_optional: bool = False
    why: Any = ""  # for required topics: why there is no choice


def one_by_one(read: Callable[[Any, list, date], list[Line]]) -> Callable:
    """A topic's `read` from one that answers for a single person: for topics that are told to few."""

    def read_each(asked: list[tuple[Any, list]], day: date) -> dict[int, list[Line]]:
        return {person.pk: read(person, matters, day) for person, matters in asked}

    return read_each


_topics: dict[str, Topic] = {}
_calendars: list[Callable[[Any], list[Event]]] = []


def register(topic: Topic) -> None:
    _topics[topic.key] = topic


def register_calendar(events_of: Callable[[Any], list[Event]]) -> None:
    """`events_of(person)` gives what stands in the person's calendar as of now."""
    _calendars.append(events_of)


def topic(key: str) -> Topic | None:
    """None for a topic nobody tells about any more."""
    return _topics.get(key)


def all_topics() -> list[Topic]:
    return sorted(_topics.values(), key=lambda one: (one.is_optional, str(one.label)))


def events_of(person) -> list[Event]:
    return [event for source in _calendars for event in source(person)]
