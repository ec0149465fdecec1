"""The text of a letter, from what is true at this moment."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notices.domain import preferences, topics
from notices.domain.calendar import calendar_of
from notices.domain.topics import Line
from notices.models import Letter, Matter
from people.models import Person


@dataclass
class Content:
    """What a person is told: everything on the site, `mailed` by e-mail as well."""

    lines: list[Line] = field(default_factory=list)
    mailed: list[Line] = field(default_factory=list)
    has_optional: bool = False

    @property
    def told(self) -> set[int]:
        """The matters some line covers."""
        return {matter for line in self.lines for matter in line.matters}


def content_for(person: Person, matters: list[Matter], day: date) -> Content:
    """Asks every topic what is still true, now. Nothing for people who must not be written to any more."""
    content = Content()
    if not person.is_active or person.restricted_at or person.erased_at:
        return content
    by_topic = defaultdict(list)
    for matter in matters:
        by_topic[matter.topic].append(matter)
    unwanted: set[str] | None = None
    for key, of_topic in by_topic.items():
        topic = topics.topic(key)
        lines = topic.read(person, of_topic, day) if topic else []
        content.lines += lines
        if topic and topic.is_optional and lines:
            unwanted = preferences.without(person.pk) if unwanted is None else unwanted
            if key in unwanted:
                continue
            content.has_optional = True
        content.mailed += lines
    content.lines.sort(key=lambda line: line.place)
    content.mailed.sort(key=lambda line: line.place)
    return content


def subject_of(lines: list[Line]) -> str:
    """The only line's own sentence, or how many things there are."""
    if len(lines) == 1:
        return lines[0].title
    return ngettext("%(count)s matter of learning", "%(count)s matters of learning", len(lines)) % {"count": len(lines)}


def message_of(letter: Letter, person: Person, content: Content, now: datetime) -> EmailMultiAlternatives:
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
    headers = {"Message-ID": f"<letter-{letter.pk}@{_mail_host()}>", "Auto-Submitted": "auto-generated"}
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
