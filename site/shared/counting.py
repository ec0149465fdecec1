"""Counters that all processes share and that begin anew after a while: for limits.

They live in the shared cache. In the database's, counting several takes one statement; elsewhere the cache's own
atomic addition is used.
"""

from django.core.cache import caches


def count(seconds: dict[str, int]) -> dict[str, int]:
    """Adds one to each counter named and returns how far each is. `seconds`: after how long each begins anew,
    reckoned from the first that was counted."""
    cache = caches["default"]
    if hasattr(cache, "count"):
        return cache.count(seconds)
    return {name: _count_one(cache, _key(name), duration) for name, duration in seconds.items()}


def _count_one(cache, key: str, duration: int) -> int:
    if cache.add(key, 1, duration):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # it ran out a moment ago
        cache.set(key, 1, duration)
        return 1


def take_back(names) -> None:
    """Subtracts one from each counter named that is there."""
    cache = caches["default"]
    if hasattr(cache, "take_back"):
        cache.take_back(names)
        return
    for key in map(_key, names):
        if cache.get(key):
            cache.decr(key)


def _key(name: str) -> str:
    """Apart from other entries of that name, which are no numbers: allauth counts other things under ours."""
    return f"counter:{name}"
