from datetime import datetime

import pytest
from django.utils import timezone

from notices.domain import topics
from notices.domain.topics import Event, Line, Topic, one_by_one
from tests.notices.sink import MailServer
from tests.reports import factories as make
from tests.shared.conftest import durable, durable_template  # noqa: F401  the database of the crash tests

MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=timezone.get_default_timezone())


class Matters:
    """A topic of the tests: what is true is in `true`, who was asked about in `asked`."""

    def __init__(self):
        self.true: set[int] = set()
        self.before_reading = lambda: None

    def read(self, person, matters, day):
        self.before_reading()
        return [
            Line((one.pk,), f"Việc số {one.subject_id}", f"/viec-hoc/?m={one.subject_id}", event=self.event(one))
            for one in matters
            if one.subject_id in self.true
        ]

    @staticmethod
    def event(matter):
        return Event(
            f"matter-{matter.subject_id}@test",
            matter.occasion,
            f"Hạn việc {matter.subject_id}; quan trọng",
            "/viec-hoc/",
        )


@pytest.fixture
def registered(monkeypatch):
    """The topics and calendars known in a test are those it registers itself."""
    monkeypatch.setattr(topics, "_topics", {})
    monkeypatch.setattr(topics, "_calendars", [])


@pytest.fixture
def required(registered) -> Matters:
    matters = Matters()
    topics.register(Topic("test.required", "Bắt buộc", one_by_one(matters.read), why="Việc phải học."))
    return matters


@pytest.fixture
def optional(registered) -> Matters:
    matters = Matters()
    topics.register(Topic("test.optional", "Tự chọn", one_by_one(matters.read), is_optional=True))
    return matters


@pytest.fixture
def person(db):
    return with_address(make.make_person("Nguyễn Thị Đoan"))


def with_address(person, address: str = ""):
    person.work_email = address or f"{person.username}@lamgiang.example"
    person.save()
    return person


@pytest.fixture
def mail_server(settings):
    """A mail server on this machine, in use instead of the tests' mailbox in memory."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.address
        settings.EMAIL_TIMEOUT = 5
        yield server
