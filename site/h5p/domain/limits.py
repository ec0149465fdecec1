"""How many reports one person may send, so that a wild script cannot keep the database busy."""

import threading
import time
from collections import OrderedDict

BURST = 60
PER_SECOND = 3.0
_REMEMBERED = 5000


class Bucket:
    """Tokens that come back with time, counted in this process: each web process allows as much for itself."""

    def __init__(self, burst: float = BURST, per_second: float = PER_SECOND):
        self.burst, self.per_second = burst, per_second
        self._left: OrderedDict[int, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: int, now: float | None = None) -> bool:
        """Whether one more is allowed for `key`; takes it if so."""
        now = time.monotonic() if now is None else now
        with self._lock:
            left, since = self._left.pop(key, (self.burst, now))
            left = min(self.burst, left + (now - since) * self.per_second)
            allowed = left >= 1
            self._left[key] = (left - 1 if allowed else left, now)
            if len(self._left) > _REMEMBERED:
                self._left.popitem(last=False)
            return allowed

    def clear(self) -> None:
        with self._lock:
            self._left.clear()


reports = Bucket()
