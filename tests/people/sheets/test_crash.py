"""Killed workers and two officers at once: real processes, each fault with the control that shows it could happen."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from people.domain import importing
from people.domain.importing import applying, staging, undoing
from people.enums import ImportState
from people.models import PeopleImport, Person, Posting, RoleGrant, Unit
from shared.domain import outbox
from shared.models import OutboxEntry
from tests import cast as the_cast
from tests.people.sheets import books
from tests.people.sheets.conftest import SINCE
from tests.shared.conftest import durable, durable_template  # noqa: F401 (fixtures)

ROOT = Path(__file__).resolve().parents[3]
LETTERS = "ABCDEGHIKLMNOPQRSTUVXY"
ROWS = 40


@pytest.fixture
def officers(durable):  # noqa: F811
    with transaction.atomic():
        people = the_cast.load()
    return people


@pytest.fixture
def uploaded(officers, monkeypatch):
    """A list of 40 people, committed, not read yet."""
    monkeypatch.setattr(outbox, "_send", lambda entry_id: None)
    rows = [books.person(number, f"Nông Văn {LETTERS[number % 20]}ử") for number in range(1, ROWS + 1)]
    return importing.upload(
        books.plain(rows), "a.xlsx", actor=officers["hung"], unit=Unit.objects.get(code="LG-TS"), effective_on=SINCE
    )


class Worker:
    """Another process that calls one function of `held.py` and can be killed while it holds still."""

    def __init__(self, folder: Path, url: str, *arguments: str):
        self.folder = folder
        (folder / "assets").mkdir(exist_ok=True)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("TEST_")}
        environment |= {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            "VAR_DIR": str(folder),
            "DATABASE_URL": url,
            "SECRET_KEY": settings.SECRET_KEY,
        }
        self.log = (folder / "worker.log").open("a")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.people.sheets.held", *arguments],
            cwd=ROOT, env=environment, stdout=self.log, stderr=self.log, start_new_session=True,
        )  # fmt: skip

    def wait_for(self, name: str, seconds: float = 120) -> None:
        deadline = time.monotonic() + seconds
        while not (self.folder / name).exists():
            assert self.process.poll() is None, (self.folder / "worker.log").read_text()[-3000:]
            assert time.monotonic() < deadline, f"waited in vain for {name}"
            time.sleep(0.05)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)
        self.log.close()


@pytest.fixture
def worker(durable, tmp_path):  # noqa: F811
    """A function that starts a worker of this test's database and files; all are gone afterwards."""
    started = []

    def start(*arguments: str) -> Worker:
        folder = tmp_path / "worker"
        folder.mkdir(exist_ok=True)
        private = folder / "private"
        if not private.exists():
            private.symlink_to(settings.PRIVATE_ROOT)
        started.append(Worker(folder, durable.url, *arguments))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.kill()


@pytest.mark.crash
def test_a_worker_killed_while_reading_leaves_whole_batches_and_the_next_goes_on(uploaded, worker):
    killed = worker("stage", str(uploaded.pk))
    killed.wait_for("held")
    killed.kill()
    uploaded.refresh_from_db()
    assert uploaded.state == ImportState.STAGING
    assert uploaded.rows_staged == uploaded.rows.count() == 2 * staging_batch()
    assert not Person.objects.filter(staff_number__startswith="TS").exists()
    entry = OutboxEntry.objects.get(kind=staging.OUTBOX_KIND, subject_id=uploaded.pk)
    assert entry.done_at is None, "the work is not lost: the sweep sends it again"
    importing.stage(uploaded.pk)
    uploaded.refresh_from_db()
    assert (uploaded.state, uploaded.counts["create"]) == (ImportState.READY, ROWS)
    assert sorted(uploaded.rows.values_list("position", flat=True)) == list(range(ROWS))


def staging_batch() -> int:
    from tests.people.sheets import held

    return held.BATCH


@pytest.mark.crash
def test_a_process_killed_while_confirming_changes_nothing_and_it_can_be_confirmed_again(uploaded, worker):
    importing.stage(uploaded.pk)
    before = Person.objects.count(), Posting.objects.count()
    killed = worker("confirm", str(uploaded.pk))
    killed.wait_for("held")
    killed.kill()
    wait_until_free()
    uploaded.refresh_from_db()
    assert uploaded.state == ImportState.READY
    assert (Person.objects.count(), Posting.objects.count()) == before
    importing.confirm(uploaded, actor=None)
    assert Person.objects.filter(staff_number__startswith="TS").count() == ROWS
    assert Posting.objects.filter(person__staff_number__startswith="TS").count() == ROWS


@pytest.mark.crash
def test_without_the_one_transaction_a_killed_process_would_leave_half_an_import(uploaded, worker):
    """The control: the same kill at the same place, with every statement committed by itself."""
    importing.stage(uploaded.pk)
    killed = worker("confirm-in-pieces", str(uploaded.pk))
    killed.wait_for("held")
    killed.kill()
    wait_until_free()
    assert Person.objects.filter(staff_number__startswith="TS").count() == ROWS
    assert not Posting.objects.filter(person__staff_number__startswith="TS").exists()


def wait_until_free(seconds: float = 30) -> None:
    """Until the database has noticed that the killed process is gone and has taken its transaction back."""
    deadline = time.monotonic() + seconds
    while connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
                "AND state LIKE '%in transaction%'"
            )
            if not cursor.fetchone()[0]:
                return
        assert time.monotonic() < deadline
        time.sleep(0.1)


def confirming(uploaded: PeopleImport, actor: Person):
    def work():
        importing.confirm(PeopleImport.objects.get(pk=uploaded.pk), actor=actor)
        return "imported"

    return work


def test_of_two_officers_who_confirm_at_once_one_wins_and_the_other_is_told(uploaded, officers, durable):  # noqa: F811
    importing.stage(uploaded.pk)
    answers = durable.in_threads(confirming(uploaded, officers["hung"]), confirming(uploaded, officers["an"]))
    assert answers.count("imported") == 1
    [told] = [str(answer) for answer in answers if answer != "imported"]
    uploaded.refresh_from_db()
    assert uploaded.applied_by.full_name in told
    assert Person.objects.filter(staff_number__startswith="TS").count() == ROWS
    assert Posting.objects.filter(person__staff_number__startswith="TS").count() == ROWS


def test_without_the_look_at_the_state_the_second_would_apply_it_again(uploaded, officers, durable, monkeypatch):  # noqa: F811
    """The control: then only the keys of the records stand in the way, and the officer is told something else."""
    importing.stage(uploaded.pk)
    monkeypatch.setattr(applying, "_must_be_ready", lambda stored: None)
    answers = durable.in_threads(confirming(uploaded, officers["hung"]), confirming(uploaded, officers["an"]))
    assert answers.count("imported") == 1
    [told] = [str(answer) for answer in answers if answer != "imported"]
    assert officers["hung"].full_name not in told
    assert officers["an"].full_name not in told


def test_a_second_worker_at_the_same_import_gives_up(uploaded, durable):  # noqa: F811
    outcomes = durable.in_threads(*[lambda: importing.stage(uploaded.pk)] * 2)
    assert outcomes == [None, None]
    uploaded.refresh_from_db()
    assert uploaded.state == ImportState.READY
    assert sorted(uploaded.rows.values_list("position", flat=True)) == list(range(ROWS))


def test_a_lease_is_renewed_while_a_long_list_is_read(uploaded):
    entry = OutboxEntry.objects.get(kind=staging.OUTBOX_KIND, subject_id=uploaded.pk)
    soon = timezone.now() + timezone.timedelta(seconds=1)
    OutboxEntry.objects.filter(pk=entry.pk).update(leased_until=soon)
    outbox.still_at_it(staging.OUTBOX_KIND, uploaded.pk)
    entry.refresh_from_db()
    assert entry.leased_until > soon


def test_an_account_that_came_into_use_before_it_was_deleted_stays_and_the_others_go(uploaded, officers, monkeypatch):
    monkeypatch.setattr(undoing, "AT_ONCE", 3)
    importing.stage(uploaded.pk)
    importing.confirm(uploaded, actor=officers["hung"])
    importing.undo(uploaded, actor=officers["hung"])
    used = uploaded.rows.order_by("position")[1].person_id
    RoleGrant.objects.create(person_id=used, unit=uploaded.unit, role="observer")
    undoing.remove_put_away(uploaded.pk)
    left = Person.objects.get(full_name__startswith="Nông Văn")
    assert left.pk == used
    assert (left.is_active, left.restricted_at) == (False, None)
    assert undoing.outcome_of(uploaded) == {"removed": ROWS - 1, "closed": 1}
