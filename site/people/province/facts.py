"""The facts of province.yaml, and drawing from weights."""

from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

import yaml

FILE = Path(__file__).with_name("province.yaml")


@cache
def facts() -> dict:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def marks() -> dict:
    """What tells these people from real ones: e-mail domain, prefixes of numbers, the banner of files."""
    return facts()["marks"]


def sizes() -> dict[str, dict]:
    return facts()["sizes"]


class Weighted:
    """Things to draw from, each with its weight."""

    def __init__(self, weights: Mapping):
        self._things = list(weights)
        self._sums = list(accumulate(weights.values()))

    def draw(self, random: Random):
        return random.choices(self._things, cum_weights=self._sums)[0]


def shares(total: int, weights: list[float], least: int | list[int] = 0) -> list[int]:
    """`total` dealt out by weight in whole numbers, nobody under `least` (largest remainders get the rest).

    Where the least of all is more than the total, everybody gets the least.
    """
    lowest = [least] * len(weights) if isinstance(least, int) else least
    free = total - sum(lowest)
    if free <= 0 or not weights:
        return list(lowest)
    over = [max(weight, 0.0) for weight in weights]
    whole = sum(over) or 1.0
    exact = [free * weight / whole for weight in over]
    dealt = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: (dealt[index] - exact[index], index))
    for index in by_remainder[: free - sum(dealt)]:
        dealt[index] += 1
    return [low + part for low, part in zip(lowest, dealt, strict=True)]
