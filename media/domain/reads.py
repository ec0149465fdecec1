"""How often stories are read: counted in memory, written down every few seconds, without cookies or names.

A process that is killed loses the reads of its last seconds; nobody is followed for them.
"""

import atexit
import threading
import time

from django.db.models import F
from django.utils import timezone

from media.models import StoryReads

EVERY_SECONDS = 10
_BOTS = ("bot", "crawl", "spider", "preview", "facebookexternalhit", "zalo-", "curl", "python", "monitor")
_lock = threading.Lock()
_counted: dict[int, int] = {}
_flushed = time.monotonic()


def is_a_reader(agent: str) -> bool:
    """Whether a person reads; programs that say so are not counted."""
    agent = agent.lower()
    return bool(agent) and not any(word in agent for word in _BOTS)


def note(story_id: int) -> None:
    """Counts one read."""
    with _lock:
        _counted[story_id] = _counted.get(story_id, 0) + 1
        due = time.monotonic() - _flushed > EVERY_SECONDS
    if due:
        flush()


def flush() -> None:
    """Writes down what was counted since the last time."""
    global _flushed
    with _lock:
        waiting = dict(_counted)
        _counted.clear()
        _flushed = time.monotonic()
    today = timezone.localdate()
    for story_id, count in waiting.items():
        StoryReads.objects.bulk_create([StoryReads(story_id=story_id, day=today)], ignore_conflicts=True)
        StoryReads.objects.filter(story=story_id, day=today).update(count=F("count") + count)


@atexit.register
def _flush_at_the_end() -> None:
    if _counted:
        try:
            flush()
        except Exception:  # the database may be gone by now; these are a few reads
            _counted.clear()
