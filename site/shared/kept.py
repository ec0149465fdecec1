"""Process memory for what never changes once it is read: published revisions, editions taken, question versions."""

from collections.abc import Callable
from functools import lru_cache

_memories: list = []


def kept(entries: int) -> Callable:
    """Decorator: keeps the last `entries` results of a function of ids. Its results are shared: never change them."""

    def keep(function):
        memory = lru_cache(maxsize=entries)(function)
        _memories.append(memory)
        return memory

    return keep


def forget_everything() -> None:
    """Empties all such memories: for tests, whose databases give the same ids to other rows."""
    from shared.templatetags.kept import forget_pieces

    for memory in _memories:
        memory.cache_clear()
    forget_pieces()
