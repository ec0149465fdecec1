"""A worker killed at the worst moments: nobody gets a letter twice, and nothing is lost."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from time import monotonic

import pytest

from notices.domain.letters import claiming, sending
from notices.domain.queueing import queue
from notices.enums import LetterState
from notices.models import Letter, Notice
from tests.notices.conftest import MONDAY, with_address
from tests.reports import factories as make

ROOT = Path(__file__).resolve().parents[2]
LATER = MONDAY + claiming.LEASE + timedelta(seconds=1)

# A worker of its own process: a topic that is always true, one pass, and a wish to die while reading.
WORKER = """
import os, signal, sys
from datetime import datetime
import django
django.setup()
from notices.domain import topics
from notices.domain.letters import sending
from notices.domain.topics import Line, Topic, one_by_one
topics._topics.clear()
def read(person, matters, day):
    if sys.argv[2] == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    return [Line((one.pk,), f"Việc số {one.subject_id}", "/viec-hoc/") for one in matters]
topics.register(Topic("test.required", "Bắt buộc", one_by_one(read)))
sending.send_due(now=datetime.fromisoformat(sys.argv[1]))
"""


@pytest.fixture
def people(durable):
    found = [with_address(make.make_person(name)) for name in ("Bùi Một", "Cao Hai", "Đinh Ba")]
    for person in found:
        queue(person.pk, "test.required", "once", 1, date(2026, 12, 7))
    return found


@pytest.fixture
def worker(durable, mail_server, tmp_path):
    """Starts a worker; returns its process."""
    host, port = mail_server.address
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TEST_")} | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": durable.url,
        "EMAIL_URL": f"smtp://{host}:{port}",
    }
    started = []

    def start(now, reading="lives") -> subprocess.Popen:
        command = [sys.executable, "-c", WORKER, now.isoformat(), reading]
        started.append(subprocess.Popen(command, cwd=ROOT, env=environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait(10)


@pytest.mark.crash
def test_killed_when_the_server_has_the_letter_nobody_gets_it_twice(people, worker, mail_server, required):
    """The server takes the text and the worker dies before it hears of it: the window no protocol closes."""
    running = []

    def kill_the_worker() -> bool:
        os.kill(running[0].pid, signal.SIGKILL)
        return False

    mail_server.on_text = kill_the_worker
    running.append(worker(MONDAY))
    assert running[0].wait(60) == -signal.SIGKILL
    [(recipient, _message)] = mail_server.letters
    assert recipient == people[0].work_email
    letter = Letter.objects.get(person=people[0])
    assert letter.state == LetterState.HANDING_OVER
    assert Notice.objects.filter(person=people[0]).exists(), "what it says stands on the site already"

    mail_server.on_text = lambda: True
    required.true = {1}
    assert sending.send_due(now=MONDAY) == {}, "the others of its batch are left alone while its lease lasts"
    assert sending.send_due(now=LATER) == {LetterState.UNCERTAIN: 1, LetterState.SENT: 2}
    assert sending.send_due(now=MONDAY + timedelta(days=1)) == {}
    assert sorted(to for to, _message in mail_server.letters) == sorted(one.work_email for one in people)

    # Control: without the mark set before the hand-over, the same letter goes out again.
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.CLAIMED)
    assert sending.send_due(now=LATER) == {LetterState.SENT: 1}
    assert [to for to, _message in mail_server.letters].count(people[0].work_email) == 2
    first, second = (message["Message-ID"] for to, message in mail_server.letters if to == people[0].work_email)
    assert first == second, "mail programs can at least tell that it is the same"


@pytest.mark.crash
def test_killed_in_the_middle_of_a_batch_what_went_out_before_is_not_sent_again(people, worker, mail_server, required):
    """The first letter is with the server, the second is being handed over, the third not begun."""
    running = []

    def kill_at_the_second() -> bool:
        if len(mail_server.letters) == 2:
            os.kill(running[0].pid, signal.SIGKILL)
        return len(mail_server.letters) < 2

    mail_server.on_text = kill_at_the_second
    running.append(worker(MONDAY))
    assert running[0].wait(60) == -signal.SIGKILL
    states = list(Letter.objects.order_by("person_id").values_list("state", flat=True))
    assert states == [LetterState.SENT, LetterState.HANDING_OVER, LetterState.CLAIMED]

    mail_server.on_text = lambda: True
    required.true = {1}
    assert sending.send_due(now=LATER) == {LetterState.UNCERTAIN: 1, LetterState.SENT: 1}
    assert sending.send_due(now=MONDAY + timedelta(days=1)) == {}
    assert sorted(to for to, _message in mail_server.letters) == sorted(one.work_email for one in people)


@pytest.mark.crash
def test_killed_before_the_hand_over_the_letter_goes_out_later(people, worker, mail_server, required):
    assert worker(MONDAY, "dies").wait(60) == -signal.SIGKILL
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.CLAIMED}
    assert mail_server.letters == []

    required.true = {1}
    assert sending.send_due(now=MONDAY) == {}, "those in hand are left alone while the lease lasts"
    assert sending.send_due(now=LATER) == {LetterState.SENT: 3}
    assert sending.send_due(now=LATER) == {}
    assert sorted(to for to, _message in mail_server.letters) == sorted(one.work_email for one in people)


def test_two_passes_at_once_send_each_letter_once(people, durable, mail_server, required):
    required.true = {1}
    tallies = durable.in_threads(*[lambda: sending.send_due(now=MONDAY)] * 3)
    assert sum(tally[LetterState.SENT] for tally in tallies) == 3
    assert sorted(to for to, _message in mail_server.letters) == sorted(one.work_email for one in people)


def test_a_worker_thought_dead_goes_no_further(people, mail_server, required):
    """It wakes up after another has taken its letter over, and finds that it is not its own any more."""
    slow = claiming.claim([people[0].pk], MONDAY.date(), MONDAY)
    required.true = {1}
    assert sending.send_due(now=LATER)[LetterState.SENT] == 3
    with sending.Line() as line:
        tally = Counter()
        sending._deliver(slow, line, LATER, monotonic() + 60, tally)
    assert tally == {sending.TAKEN_OVER: 1}
    assert len(mail_server.letters) == 3
