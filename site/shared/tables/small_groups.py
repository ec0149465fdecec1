"""Figures about groups of people from which nothing about a few people follows, not even by subtraction.

For readers who may know how many, but not who. A line is a group (such as a unit) with how many people it counts and
how many of them are done. Three things are done to the lines, in this order:

1. Lines of fewer than `SMALLEST` people are put together into one, with further small lines where needed, until the
   sum is large enough that each part of it might be a group that would have been shown.
2. Where fewer than `SMALLEST` people of a line are done, or are not, the number is replaced by bounds ("fewer than
   5", "all but at most 4"): otherwise the few would follow by subtraction, and of groups where nobody or everybody
   is done each single person would be known.
3. The total of those done is exact only if every bound stays as wide as it is for whoever subtracts all exact
   numbers from it; otherwise it is the sum of the bounds.

The lines must not overlap, and one reader must not get two tables whose lines can be subtracted from each other.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

SMALLEST = 5


@dataclass(frozen=True)
class Group:
    """A group as counted: `done` of its `size` people. Raises ValueError for counts that cannot be."""

    key: Hashable
    size: int
    done: int

    def __post_init__(self):
        if not 0 <= self.done <= self.size:
            raise ValueError(f"{self.done} of {self.size} cannot be.")


@dataclass(frozen=True)
class Line:
    """What may be shown: exactly `size` people in the groups `keys`, of whom between `low` and `high` are done."""

    keys: tuple[Hashable, ...]
    size: int
    low: int
    high: int

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def is_hidden(self) -> bool:
        """Nothing is said of how many are done."""
        return self.low == 0 and self.high == self.size

    @property
    def is_merged(self) -> bool:
        return len(self.keys) > 1


@dataclass(frozen=True)
class Figures:
    """`lines` in the order of the groups, put-together ones last. `total` is None where too few people are counted."""

    lines: list[Line]
    total: Line | None


def protect(groups: Iterable[Group], smallest: int = SMALLEST) -> Figures:
    """The figures that may be shown of `groups`. Groups without people are left out: they have nobody to protect."""
    peopled = [group for group in groups if group.size]
    alone, together = _divided(peopled, smallest)
    if together and not _is_safe_together(together, smallest):
        return Figures([], None)
    lines = [_line([group], smallest) for group in alone]
    if together:
        lines.append(_line(together, smallest))
    if not lines:
        return Figures([], None)
    return Figures(lines, _total(lines, sum(group.done for group in peopled), smallest))


def _divided(groups: Sequence[Group], smallest: int) -> tuple[list[Group], list[Group]]:
    """The groups shown alone, and those put together: the small ones, and the smallest others as far as needed."""
    together = [group for group in groups if group.size < smallest]
    alone = [group for group in groups if group.size >= smallest]
    for helper in sorted(alone, key=lambda group: group.size):
        if not together or _is_safe_together(together, smallest):
            break
        together.append(helper)
        alone.remove(helper)
    return alone, [group for group in groups if group in together]


def _is_safe_together(together: Sequence[Group], smallest: int) -> bool:
    """Whether each of the groups might have `smallest` people for all that their sum tells, the others having at
    least one each; a group alone is not hidden by being called otherwise."""
    return len(together) > 1 and sum(group.size for group in together) - (len(together) - 1) >= smallest


def _line(groups: Sequence[Group], smallest: int) -> Line:
    size, done = sum(group.size for group in groups), sum(group.done for group in groups)
    return Line(tuple(group.key for group in groups), size, *_bounds(size, done, smallest))


def _bounds(size: int, done: int, smallest: int) -> tuple[int, int]:
    """What may be said of `done`. In groups of fewer than twice `smallest` either part may be small: nothing."""
    if size < 2 * smallest:
        return 0, size
    if done < smallest:
        return 0, smallest - 1
    if size - done < smallest:
        return size - smallest + 1, size
    return done, done


def _total(lines: Sequence[Line], done: int, smallest: int) -> Line:
    keys = tuple(key for line in lines for key in line.keys)
    size = sum(line.size for line in lines)
    lowest, highest = sum(line.low for line in lines), sum(line.high for line in lines)
    low, high = _bounds(size, done, smallest)
    gives_away = any(
        not line.is_exact and (done - (highest - line.high) > line.low or done - (lowest - line.low) < line.high)
        for line in lines
    )
    if gives_away or low != high:
        low, high = lowest, highest
    return Line(keys, size, low, high)
