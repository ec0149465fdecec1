"""A worker killed with `kill -9` in the middle of a file: nothing half-done is offered, and one whole file comes."""

import csv
import hashlib
import signal
import time
from io import StringIO

import pytest
from django.utils import timezone

from reports.enums import ExportState, ExportWhat
from reports.exports import keeping, ordering
from reports.models import Export
from shared.models import OutboxEntry
from tests.reports import factories as make
from tests.shared.conftest import durable, durable_template, sent  # noqa: F401  fixtures
from tests.shared.test_outbox_crash import Installation, kill

PEOPLE = 23


@pytest.fixture
def installation(durable, tmp_path):  # noqa: F811
    installed = Installation(tmp_path, durable.url, "tests.reports.slow_exports")
    yield installed
    installed.stop()


@pytest.fixture
def export(durable, sent) -> Export:  # noqa: F811
    """Asked for and committed; no message sent yet."""
    unit = make.make_unit("Sở Nội vụ")
    for number in range(PEOPLE):
        make.make_person(f"Nguyễn Văn An {number}", unit)
    make.assign(make.make_course("Văn hóa công vụ"), unit, make.in_days(9))
    asked = {"report": "danh-sach", "don_vi": str(unit.pk), "ngay": make.today().isoformat()}
    return ordering.order(make.make_hr(unit), ExportWhat.REPORT, asked, "csv")


@pytest.mark.crash
@pytest.mark.filterwarnings("ignore::celery.exceptions.AlwaysEagerIgnored")
def test_a_file_is_made_although_its_worker_was_killed(export, installation):
    order = OutboxEntry.objects.get(kind=ordering.OUTBOX_KIND, subject_id=export.pk)

    def stored() -> list:
        return list((installation.folder / "private").rglob("*.csv"))

    hold = installation.folder / "hold"
    hold.touch()
    first = installation.start_worker()
    installation.send("work_off_entry", order.pk)
    installation.wait_for((installation.folder / "writing").exists, "some rows are written")
    kill(first)
    assert first.returncode == -signal.SIGKILL
    export.refresh_from_db()
    assert (export.state, export.file, export.done) == (ExportState.MAKING, "", 5)
    assert stored() == []
    assert not keeping.can_download(export.asked_by, export)

    hold.unlink()
    installation.start_worker()
    order.refresh_from_db()
    installation.wait_for(lambda: timezone.now() > max(order.leased_until, order.due_at), "the lease is over")
    time.sleep(1.5)
    assert stored() == [], "control: without the sweep it never comes"

    installation.send("sweep_outbox")
    installation.wait_for(lambda: OutboxEntry.objects.filter(pk=order.pk, done_at__isnull=False), "it is done")
    installation.send("sweep_outbox")
    installation.send("work_off_entry", order.pk)
    installation.wait_until_nothing_is_queued()

    [file] = stored()
    export.refresh_from_db()
    assert (export.state, export.attempt) == (ExportState.READY, 2)
    assert export.file == str(file.relative_to(installation.folder / "private"))
    assert hashlib.sha256(file.read_bytes()).hexdigest() == export.sha256
    rows = list(csv.reader(StringIO(file.read_text("utf-8-sig"))))[1:]
    assert [row[0] for row in rows] == [str(number) for number in range(1, PEOPLE + 1)]
    left = list((installation.folder / "private" / "unfinished").iterdir())
    assert all(not list(folder.iterdir()) for folder in left)  # an empty folder at most, which goes after a day
