"""The units an officer may say a name of a list stands for: the nearest by name, and those searched for.

Offered are units that exist on the list's effective date and that both the import and the officer may speak of.
"""

from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cached_property
from math import log

from django.utils import timezone

from people.domain.importing.scope import Scope
from people.domain.importing.staging import lookup_of
from people.models import PeopleImport, Person
from people.sheets.unit_names import key_of
from shared.text.fold import fold
from shared.text.names import text_key

_LEAST_LIKE = 0.3  # of 1: what is less like the name is no help
_WITHIN = 0.25  # what standing within the agency named counts for
_COMPARED = 40  # of those that share words; letter by letter is dear


class UnitOffers:
    """Three queries for the units and two for the scopes, then everything is in memory."""

    def __init__(self, people_import: PeopleImport, actor: Person):
        today = timezone.localdate()
        self.lookup = lookup_of(people_import, Scope(people_import.created_by, people_import.unit, today))
        mine = Scope(actor, people_import.unit, today).unit_ids
        self.units = {pk: unit for pk, unit in self.lookup.inside.units.items() if pk in mine}

    def __contains__(self, pk: int) -> bool:
        return pk in self.units

    def label(self, pk: int) -> str:
        """The unit's name with that of the unit above it."""
        return self.lookup.name_of(pk)

    def near(self, text: str, below: int | None, most: int) -> list[int]:
        """The units most like a name: those it may abbreviate or was once, then by common words and letters."""
        known = [pk for pk in self._meant(text) if pk in self.units]
        known.sort(key=lambda pk: (not self._is_within(pk, below), self._place(pk)))
        like = [pk for pk in self._alike(text, below) if pk not in known]
        return [*known, *like][:most]

    def search(self, text: str, most: int) -> list[int]:
        """The units in whose names, codes or superior unit's name all the words stand, without regard to marks."""
        words = fold(text).split()
        if not words:
            return []
        found = [pk for pk in self.units if all(word in self._searched[pk] for word in words)]
        return sorted(found, key=self._place)[:most]

    def _meant(self, text: str) -> Iterable[int]:
        """What the name fits, and what took the place of a closed unit of this name."""
        successors = (self.lookup.active[pk][2] for pk in self.lookup.all.exactly(text))
        found = self.lookup.inside.exactly(text) | set(self.lookup.inside.guessed(text))
        return {pk for pk in (*successors, *found) if pk is not None}

    def _is_within(self, pk: int, below: int | None) -> bool:
        return below is not None and (pk == below or self.lookup.inside.is_below(pk, below))

    def _place(self, pk: int) -> str:
        return text_key(self.label(pk))

    def _alike(self, text: str, below: int | None) -> list[int]:
        key = key_of(text)
        words = set(key.split())
        shared = {pk: self._common(words, pk) + _WITHIN * self._is_within(pk, below) for pk in self.units}
        best = sorted(shared, key=lambda pk: (-shared[pk], pk))[:_COMPARED]
        likeness = {pk: 0.5 * shared[pk] + 0.5 * self._by_letters(key, pk) for pk in best}
        near = [pk for pk in best if likeness[pk] >= _LEAST_LIKE]
        return sorted(near, key=lambda pk: (-likeness[pk], self._place(pk)))

    def _common(self, words: set[str], pk: int) -> float:
        """How much of both names their common words are; words that many units have count little."""
        own = self._words[pk]
        all_of_it = sum(map(self._weight, words | own))
        return sum(map(self._weight, words & own)) / all_of_it if all_of_it else 0.0

    def _by_letters(self, key: str, pk: int) -> float:
        unit = self.units[pk]
        names = (self.label(pk), *unit.names)
        return max(SequenceMatcher(None, key, key_of(name), autojunk=False).ratio() for name in names)

    def _weight(self, word: str) -> float:
        return log(1 + len(self.units) / self._frequency.get(word, 1))

    @cached_property
    def _words(self) -> dict[int, set[str]]:
        return {pk: set(key_of(self.label(pk)).split()) for pk in self.units}

    @cached_property
    def _frequency(self) -> Counter:
        return Counter(word for words in self._words.values() for word in words)

    @cached_property
    def _searched(self) -> dict[int, str]:
        return {pk: fold(" ".join((self.label(pk), unit.code, *unit.names))) for pk, unit in self.units.items()}
