"""A worker killed in the middle of a certificate: the broker has lost the message, the sweep has not."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from kombu import Connection

from config.celery import app
from courses.models import Certificate
from shared.models import OutboxEntry
from tests import cast

ROOT = Path(__file__).resolve().parents[2]


class Installation:
    """A folder and a database of their own, the embedded broker, and workers that can be killed."""

    def __init__(self, folder: Path, database_url: str, slowed_by: str = "tests.shared.slow_rendering"):
        self.folder, self.slowed_by = folder, slowed_by
        self.messages = folder / "queue" / "messages"
        for part in (self.messages, folder / "queue" / "control"):
            part.mkdir(parents=True)
        (folder / "assets").symlink_to(settings.ASSETS_DIR)
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("TEST_")}
        self.environment |= {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            "VAR_DIR": str(folder),
            "DATABASE_URL": database_url,
            "CELERY_BROKER_URL": "filesystem://",
        }
        self.workers: list[subprocess.Popen] = []

    def start_worker(self) -> subprocess.Popen:
        celery = [sys.executable, "-m", "celery", "--app", "config", "worker", "--loglevel", "WARNING"]
        threads = ["--pool", "threads", "--concurrency", "2", "--include", self.slowed_by]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        (self.folder / "ready").unlink(missing_ok=True)
        with (self.folder / "worker.log").open("a") as log:
            worker = subprocess.Popen(
                [*celery, *threads, *quiet],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.workers.append(worker)
        self.wait_for((self.folder / "ready").exists, "the worker is ready")
        return worker

    def send(self, task: str, *arguments) -> None:
        """Puts a message where the workers look, as `delay` does in the site's own processes."""
        queue = {"data_folder_in": str(self.messages), "data_folder_out": str(self.messages)}
        options = queue | {"control_folder": str(self.folder / "queue" / "control")}
        with Connection("filesystem://", transport_options=options) as broker:
            app.send_task(f"shared.tasks.{task}", arguments, connection=broker)

    def wait_for(self, condition, what: str, seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            log = (self.folder / "worker.log").read_text()[-3000:]
            assert time.monotonic() < deadline, f"waited in vain until {what}\n{log}"
            time.sleep(0.1)

    def wait_until_nothing_is_queued(self) -> None:
        self.wait_for(lambda: not list(self.messages.iterdir()), "the messages are taken")
        time.sleep(0.7)

    def pdfs(self) -> list[Path]:
        return list((self.folder / "private").rglob("*.pdf"))

    def stop(self) -> None:
        for worker in self.workers:
            kill(worker)


def kill(worker: subprocess.Popen) -> None:
    """kill -9 of the worker and everything it started."""
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait(10)


@pytest.fixture
def installation(durable, tmp_path):
    installed = Installation(tmp_path, durable.url)
    yield installed
    installed.stop()


@pytest.fixture
def certificate(durable, sent) -> Certificate:
    """In the register and committed; the order for its PDF is written, no message sent yet."""
    from home.domain.site_setup import set_up_site

    with transaction.atomic():
        set_up_site()
        people = cast.load()
        [course] = cast.load_courses("quy-tac-ung-xu-cong-so").values()
    cast.complete(people["lan"], course)
    return Certificate.objects.get()


@pytest.mark.crash
@pytest.mark.filterwarnings("ignore::celery.exceptions.AlwaysEagerIgnored")
def test_a_certificate_is_drawn_although_its_worker_was_killed(certificate, installation):
    order = OutboxEntry.objects.get(kind="courses.certificate_pdf", subject_id=certificate.pk)
    hold = installation.folder / "hold"
    hold.touch()
    first = installation.start_worker()
    installation.send("work_off_entry", order.pk)
    installation.wait_for((installation.folder / "drawing").exists, "the certificate is being drawn")
    kill(first)
    assert first.returncode == -signal.SIGKILL
    assert list(installation.messages.iterdir()) == [], "the broker does not have the message any more"
    assert installation.pdfs() == []

    hold.unlink()
    installation.start_worker()
    order.refresh_from_db()
    installation.wait_for(lambda: timezone.now() > max(order.leased_until, order.due_at), "the lease is over")
    time.sleep(1.5)
    assert installation.pdfs() == [], "control: without the sweep it never comes"

    installation.send("sweep_outbox")
    installation.wait_for(lambda: OutboxEntry.objects.filter(pk=order.pk, done_at__isnull=False), "it is done")
    installation.send("sweep_outbox")
    installation.send("work_off_entry", order.pk)
    installation.wait_until_nothing_is_queued()

    [pdf] = installation.pdfs()
    certificate.refresh_from_db()
    assert certificate.rendered_at
    assert certificate.pdf.name == str(pdf.relative_to(installation.folder / "private"))
    assert hashlib.sha256(pdf.read_bytes()).hexdigest() == certificate.pdf_sha256
    order.refresh_from_db()
    assert (order.attempts, order.last_error) == (2, "")
