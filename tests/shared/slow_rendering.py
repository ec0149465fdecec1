"""Loaded into a worker of the crash test (`celery worker --include`): drawing a certificate takes as long as told.

The worker says when it is ready and when it has begun to draw, by files in VAR_DIR; while there is a file named
`hold` it goes on drawing. Its lease is short, so that the test need not wait a minute.
"""

import time
from datetime import timedelta

from celery.signals import worker_ready
from django.conf import settings

from courses.domain import certificates
from shared.domain import outbox

outbox.LEASE = timedelta(seconds=3)
_draw = certificates.render


@worker_ready.connect
def say_ready(**kwargs):
    (settings.VAR_DIR / "ready").touch()


def draw_slowly(text, fonts):
    (settings.VAR_DIR / "drawing").touch()
    while (settings.VAR_DIR / "hold").exists():
        time.sleep(0.05)
    return _draw(text, fonts)


certificates.render = draw_slowly
