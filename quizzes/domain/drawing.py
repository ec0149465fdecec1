"""Drawing questions by chance for several places at once, none twice. Pure Python.

Pools may overlap: “three easy ones” and “two about dress” can want the same question. Taking them one pool after
the other could then leave a later one short although enough are there; so a question is given up again to whoever
needs it when another can take its place (the augmenting paths of bipartite matching).
"""

from collections.abc import Sequence
from random import Random


def draw_distinct(pools: Sequence[tuple[Sequence[int], int]], rng: Random) -> list[list[int]]:
    """For each (pool, count), `count` members of the pool by chance, all different from each other.

    Where there are too few, as many places as possible are filled: a list is then shorter than its count.
    """
    places: list[int] = []  # the pool each place draws from
    shuffled = []
    for index, (pool, count) in enumerate(pools):
        order = list(pool)
        rng.shuffle(order)
        shuffled.append(order)
        places += [index] * count
    holder: dict[int, int] = {}  # question: place

    def fill(place: int, refused: set[int]) -> bool:
        order = shuffled[places[place]]
        for free in order:
            if free not in holder:
                holder[free] = place
                return True
        for question in order:
            if question not in refused:
                refused.add(question)
                if places[holder[question]] != places[place] and fill(holder[question], refused):
                    holder[question] = place
                    return True
        return False

    short: set[int] = set()
    for place, index in enumerate(places):
        if index not in short and not fill(place, set()):
            short.add(index)  # what one place of a pool cannot find, the next cannot either
    drawn: list[list[int]] = [[] for _pool in pools]
    for question, place in sorted(holder.items(), key=lambda held: held[1]):
        drawn[places[place]].append(question)
    return drawn
