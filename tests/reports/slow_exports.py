"""Loaded into a worker of the crash test (`celery worker --include`): a file takes as long as told.

The worker says when it is ready and when it has written some rows, by files in VAR_DIR; while there is a file named
`hold` it writes no further. Its lease is short, so that the test need not wait a minute.
"""

import time
from datetime import timedelta

from celery.signals import worker_ready
from django.conf import settings

from reports.exports import making
from shared.domain import outbox

outbox.LEASE = timedelta(seconds=3)
making.ROWS_A_STEP = 5
_step = making._step


@worker_ready.connect
def say_ready(**kwargs):
    (settings.VAR_DIR / "ready").touch()


def step_slowly(export, done, total):
    _step(export, done, total)
    (settings.VAR_DIR / "writing").touch()
    while (settings.VAR_DIR / "hold").exists():
        time.sleep(0.05)


making._step = step_slowly
