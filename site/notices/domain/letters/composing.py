"""The text of a letter, from what is true at this moment."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notices.domain import preferences, topics
from notices.domain.calendar import calendar_of
from notices.domain.topics import Line
from notices.models import Matter
from people.models import Person


@dataclass
class Content:
    """What a person is told: everything on the site, `mailed` by e-mail as well."""

    lines: list[Line] = field(default_factory=list)
    mailed: list[Line] = field(default_factory=list)
    has_optional: bool = False

    @property
    def shown(self) -> list[Line]:
        """What the log of letters says was told."""
        return self.mailed or self.lines

    @property
    def told(self) -> set[int]:
        """The matters some line covers."""
        return {matter for line in self.lines for matter in line.matters}


def contents_for(asked: list[tuple[Person, list[Matter]]], day: date) -> dict[int, Content]:
    """Asks every topic what is still true, now, for several people at a time; each is answered in their language.

    Nothing for people who must not be written to any more.
    """
    contents = {person.pk: Content() for person, _matters in asked}
    by_language = defaultdict(list)
    for person, matters in asked:
        if person.is_active and not person.restricted_at and not person.erased_at:
            by_language[language_of(person)].append((person, matters))
    for language, some in by_language.items():
        with translation.override(language):
            _read_topics(contents, some, day)
    for content in contents.values():
        content.lines.sort(key=lambda line: line.place)
        content.mailed.sort(key=lambda line: line.place)
    return contents


def language_of(person: Person) -> str:
    """The language a person is written to in."""
    return person.language or settings.LANGUAGE_CODE


def _read_topics(contents: dict[int, Content], asked: list[tuple[Person, list[Matter]]], day: date) -> None:
    for key, of_topic in _by_topic(asked).items():
        topic = topics.topic(key)
        found = topic.read(of_topic, day) if topic else {}
        unwanted = preferences.without_of(found) if found and topic.is_optional else {}
        for person_id, lines in found.items():
            content = contents[person_id]
            content.lines += lines
            if topic.is_optional and lines:
                if key in unwanted.get(person_id, ()):
                    continue
                content.has_optional = True
            content.mailed += lines


def _by_topic(asked: list[tuple[Person, list[Matter]]]) -> dict[str, list[tuple[Person, list[Matter]]]]:
    """For each topic the people it concerns, with their matters of it."""
    found: dict[str, list[tuple[Person, list[Matter]]]] = defaultdict(list)
    for person, matters in asked:
        mine = defaultdict(list)
        for matter in matters:
            mine[matter.topic].append(matter)
        for key, of_topic in mine.items():
            found[key].append((person, of_topic))
    return found


def subject_of(lines: list[Line]) -> str:
    """The only line's own sentence, or how many things there are."""
    if len(lines) == 1:
        return lines[0].title
    return ngettext("%(count)s matter of learning", "%(count)s matters of learning", len(lines)) % {"count": len(lines)}


def message_of(letter_id: int, person: Person, content: Content, now: datetime) -> EmailMultiAlternatives:
    """The letter as it is handed over: text, HTML and, for due dates, a calendar. No picture, no tracking."""
    origin = settings.WAGTAILADMIN_BASE_URL
    stop = preferences.unsubscribing_path(person.pk) if content.has_optional else ""
    values = {
        "person": person,
        "salutation": person.get_form_of_address_display(),
        "lines": content.mailed,
        "origin": origin,
        "site_name": settings.SITE_NAME,
        "demo": settings.DEMO_CONTENT,
        "stop": stop,
    }
    headers = {"Message-ID": f"<letter-{letter_id}@{_mail_host()}>", "Auto-Submitted": "auto-generated"}
    if stop:
        headers["List-Unsubscribe"] = f"<{origin}{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        subject_of(content.mailed), _TEXT.render(values), to=[person.work_email], headers=headers
    )
    message.attach_alternative(_HTML.render(values), "text/html")
    events = [line.event for line in content.mailed if line.event]
    if events:
        message.attach(_("due-dates.ics"), calendar_of(events, now).decode(), "text/calendar")
    return message


def _mail_host() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"


class _Template:
    """A template found when it is first needed, then kept."""

    def __init__(self, name: str):
        self.name, self.found = name, None

    def render(self, values: dict) -> str:
        self.found = self.found or get_template(self.name)
        return self.found.render(values)


_TEXT = _Template("notices/letter.txt")
_HTML = _Template("notices/letter.html")
