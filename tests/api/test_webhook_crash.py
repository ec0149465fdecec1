"""A worker killed between the receiver's answer and its note: a real process, and the message again under its id."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.utils import timezone

from api.domain.webhooks import delivering, queueing, subscribing
from api.models import MessageState, WebhookMessage
from people.models import Unit
from shared.domain import outbox
from shared.models import OutboxEntry
from tests import cast as the_cast
from tests.shared.conftest import durable, durable_template  # noqa: F401 (fixtures)

ROOT = Path(__file__).resolve().parents[2]
KIND = queueing.OUTBOX_KIND


@pytest.mark.crash
def test_a_worker_killed_after_the_answer_sends_again_with_the_same_id(durable, sink, monkeypatch, tmp_path):  # noqa: F811
    monkeypatch.setattr(outbox, "_send", lambda entry_id: None)
    with transaction.atomic():
        people = the_cast.load()
        unit = Unit.objects.get(code="LG-TS")
        webhook, _secret = subscribing.create(
            "HRM", sink.url, unit, on_completion=True, on_certificate=True, actor=people["an"]
        )
        message = WebhookMessage.objects.create(
            webhook=webhook,
            uid="msg_thu",
            event="completion.recorded",
            body="{}",
            give_up_at=timezone.now() + timedelta(days=1),
        )
        outbox.enqueue(KIND, message.pk)
    entry = OutboxEntry.objects.get(kind=KIND)
    folder = tmp_path / "worker"
    (folder / "assets").mkdir(parents=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TEST_")} | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        "VAR_DIR": str(folder),
        "DATABASE_URL": durable.url,
        "SECRET_KEY": django_settings.SECRET_KEY,
        "WEBHOOK_NETWORKS": "127.0.0.0/8",
        "SINK_CA": str(sink.certificate),
    }
    with (folder / "worker.log").open("a") as log:
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.api.held", str(entry.pk)],
            cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        deadline = time.monotonic() + 120
        while not (folder / "held").exists():
            assert worker.poll() is None, (folder / "worker.log").read_text()[-3000:]
            assert time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(10)
    message.refresh_from_db()
    assert len(sink.received) == 1
    assert message.state == MessageState.WAITING, "nobody has noted that it arrived"
    assert not outbox.work_off(entry.pk), "control: as long as the lease lasts nobody else takes it"
    OutboxEntry.objects.update(leased_until=timezone.now())
    assert outbox.work_off(entry.pk)
    assert [headers["webhook-id"] for headers, _body in sink.received] == ["msg_thu", "msg_thu"]
    message.refresh_from_db()
    assert message.state == MessageState.DELIVERED
    assert not outbox.work_off(entry.pk)
    delivering.deliver(message.pk)
    assert len(sink.received) == 2, "a message that is noted as delivered is not sent again"
