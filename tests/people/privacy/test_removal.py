"""What is over goes at night, class by class, in small batches, by the settings' times."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notices.models import Notice
from people import personal_data
from people.domain.audit import verifying
from people.domain.privacy import removal, requests
from people.enums import RequestKind
from people.models import AuditEntry, DataRequest, Session
from people.tasks import remove_what_is_over
from tests.log_triggers import unprotected_log


def days_ago(days: int):
    return timezone.now() - timedelta(days=days)


def test_old_notices_go_and_young_ones_stay(cast):
    for number, age in enumerate((200, 190, 10)):
        notice = Notice.objects.create(person=cast["lan"], kind="x", subject="x", path="/", key=str(number))
        Notice.objects.filter(pk=notice.pk).update(created_at=days_ago(age))
    assert removal.remove_everything_over(batch=1)["notices"] == 2
    assert Notice.objects.get().key == "2"


def test_the_settings_say_how_long(cast, settings):
    notice = Notice.objects.create(person=cast["lan"], kind="x", subject="x", path="/", key="1")
    Notice.objects.filter(pk=notice.pk).update(created_at=days_ago(10))
    settings.RETENTION_DAYS = {"notices": 9}
    assert removal.remove_everything_over()["notices"] == 1


def test_answered_requests_go_and_open_ones_stay(cast):
    old = requests.make(cast["lan"], RequestKind.SEE, actor=cast["lan"])
    requests.answer(old, True, "Đã gửi.", actor=cast["an"])
    waiting = requests.make(cast["minh"], RequestKind.SEE, actor=cast["minh"])
    DataRequest.objects.update(received_at=days_ago(800))
    DataRequest.objects.filter(pk=old.pk).update(answered_at=days_ago(740))
    assert removal.remove_everything_over()["requests"] == 1
    assert DataRequest.objects.get() == waiting


def test_sessions_that_ended_go(db):
    Session.objects.create(session_key="old", session_data="", expire_date=days_ago(1))
    Session.objects.create(session_key="new", session_data="", expire_date=timezone.now() + timedelta(hours=1))
    assert removal.remove_everything_over()["sessions"] == 1
    assert Session.objects.get().pk == "new"


def test_the_log_goes_after_its_time_and_the_rest_verifies(cast, monkeypatch):
    from people.domain.audit.content import digest_of

    count = AuditEntry.objects.count()
    with unprotected_log(connection):
        for entry in AuditEntry.objects.all():
            entry.at = days_ago(400)
            AuditEntry.objects.filter(pk=entry.pk).update(at=entry.at, digest=digest_of(entry))
    requests.make(cast["lan"], RequestKind.SEE, actor=cast["lan"])
    remove_what_is_over()
    assert AuditEntry.objects.count() == 1 < count
    assert verifying.verify().problems == []


def test_one_class_that_fails_does_not_stop_the_others(cast, monkeypatch, caplog):
    class Broken:
        retention = personal_data.Retention("broken", 1, lambda moment, limit: 1 / 0)

    real = personal_data.classes()
    monkeypatch.setattr(personal_data, "classes", lambda: [Broken, *real])
    Session.objects.create(session_key="old", session_data="", expire_date=days_ago(1))
    assert removal.remove_everything_over()["sessions"] == 1
    assert "broken could not be removed" in caplog.text


def test_a_batch_takes_as_many_statements_for_three_as_for_one(cast):
    counts = []
    for number in (1, 3):
        for key in range(number):
            notice = Notice.objects.create(person=cast["lan"], kind="x", subject="x", path="/", key=str(key))
            Notice.objects.filter(pk=notice.pk).update(created_at=days_ago(200))
        with CaptureQueriesContext(
            connection,
        ) as counted:
            next(one for one in personal_data.classes() if one.key == "notices").retention.remove(days_ago(183), 100)
        counts.append(len(counted))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("key", ["log", "notices", "sessions", "requests", "imports"])
def test_these_classes_have_a_time(key):
    assert key in {one.retention.key for one in personal_data.classes() if one.retention}


def test_the_night_is_planned():
    schedule = django_settings.CELERY_BEAT_SCHEDULE
    assert schedule["remove-what-is-over"]["task"] == "people.tasks.remove_what_is_over"
    assert schedule["seal-log"]["task"] == "people.tasks.seal_log"
