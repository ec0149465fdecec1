"""Random histories of a small tree, day by day against a plain list of facts that knows nothing of closures."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.domain import units
from people.models import Person, Posting, Unit
from people.queries import people_in_subtree, subtree_of
from shared.errors import DomainError

FIRST = date(2026, 1, 1)
DAYS = 30
UNITS, PEOPLE = 6, 5
LIFE = range(DAYS + 2)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@dataclass
class Oracle:
    """For each day: who stands under whom, and who works where. Changes rewrite all days from theirs on."""

    parent: list[dict[int, int | None]] = field(default_factory=lambda: [{} for _ in LIFE])
    place: list[dict[int, int]] = field(default_factory=lambda: [{} for _ in LIFE])

    def from_day(self, start: int):
        return zip(self.parent[start:], self.place[start:], strict=True)

    def create(self, unit, parent, start):
        for tree, _people in self.from_day(start):
            tree[unit] = parent

    def post(self, person, unit, start):
        for _tree, people in self.from_day(start):
            people[person] = unit

    def move(self, unit, parent, start):
        for tree, _people in self.from_day(start):
            tree[unit] = parent

    def hand_over(self, unit, heir, start):
        for tree, people in self.from_day(start):
            del tree[unit]
            for child in [child for child, parent in tree.items() if parent == unit]:
                tree[child] = heir
            for person in [person for person, place in people.items() if place == unit]:
                people[person] = heir

    def subtree(self, unit, number) -> set[int]:
        """Upwards from each unit, one step at a time."""
        tree, found = self.parent[number], set()
        for start in tree:
            above = start
            while above is not None:
                if above == unit:
                    found.add(start)
                above = tree[above]
        return found

    def people_in(self, unit, number) -> set[int]:
        inside = self.subtree(unit, number)
        return {person for person, place in self.place[number].items() if place in inside}


numbers = st.integers(0, UNITS + 2)
days = st.integers(1, DAYS)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("move"), numbers, st.one_of(st.none(), numbers), days),
        st.tuples(st.just("merge"), st.lists(numbers, min_size=1, max_size=3), numbers, days),
        st.tuples(st.just("close"), numbers, st.one_of(st.none(), numbers), days),
        st.tuples(st.just("split"), numbers, numbers, days, st.booleans(), st.integers(0, 7)),
        st.tuples(st.just("fresh"), st.lists(numbers, min_size=1, max_size=2), st.one_of(st.none(), numbers), days),
    ),
    max_size=8,
)
parents = st.tuples(
    *(st.one_of(st.none(), st.integers(0, number - 1)) if number else st.none() for number in range(UNITS))
)
places = st.tuples(*(st.integers(0, UNITS - 1) for _person in range(PEOPLE)))


@contextmanager
def rolled_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Story:
    """The same steps told to the domain and to the oracle."""

    def __init__(self, parents, places):
        self.oracle, self.units, self.refused, self.done = Oracle(), [], 0, 0
        for number, parent in enumerate(parents):
            above = self.units[parent] if parent is not None else None
            self.units.append(units.create_unit(f"u{number}", f"Đơn vị {number}", parent=above, active_from=day(0)))
            self.oracle.create(number, parent, 0)
        self.people = [Person.objects.create_user(f"p{number}", f"Người {number}") for number in range(PEOPLE)]
        for number, unit in enumerate(places):
            Posting.objects.create(
                person=self.people[number], unit=self.units[unit], position_title="Chuyên viên", valid_from=day(0)
            )
            self.oracle.post(number, unit, 0)

    def tell(self, step):
        verb, *rest = step
        try:
            getattr(self, verb)(*rest)
        except DomainError:
            self.refused += 1
        except IndexError:  # the story speaks of a unit that was never founded
            return
        else:
            self.done += 1

    def move(self, unit, parent, number):
        units.move_unit(self.units[unit], self._unit(parent), day(number))
        self.oracle.move(unit, parent, number)

    def merge(self, merged, heir, number):
        units.merge_units([self.units[unit] for unit in merged], self.units[heir], day(number))
        for unit in dict.fromkeys(merged):
            if unit != heir:
                self.oracle.hand_over(unit, heir, number)

    def fresh(self, merged, parent, number):
        above = self._unit(parent)
        row = units.UnitRow(f"u{len(self.units)}", "Đơn vị lập thêm", above.code if above else None, day(number))
        made = units.merge_units([self.units[unit] for unit in merged], row, day(number))
        heir = len(self.units)
        self.units.append(made)
        self.oracle.create(heir, parent, number)
        for unit in dict.fromkeys(merged):
            self.oracle.hand_over(unit, heir, number)

    def close(self, unit, heir, number):
        units.close_unit(self.units[unit], day(number), heir=self._unit(heir))
        if heir is None:
            for tree, _people in self.oracle.from_day(number):
                del tree[unit]
        else:
            self.oracle.hand_over(unit, heir, number)

    def split(self, unit, part, number, closes, chosen):
        """The postings and sub-units whose turn it is by the bits of `chosen` go to the part."""
        start, stored = day(number), self.units[unit]
        self.units[part]
        postings = [
            p for p in Posting.objects.filter(unit=stored).order_by("pk") if not p.valid_to or p.valid_to > start
        ]
        dealt = {posting.pk: 0 for place, posting in enumerate(postings) if chosen >> place & 1}
        moving = {self.people.index(posting.person) for posting in postings if posting.pk in dealt}
        tree = self.oracle.parent[number]
        below = [child for child, parent in sorted(tree.items()) if parent == unit]
        children = [child for place, child in enumerate(below) if chosen >> place & 1]
        dealing = units.Dealing(dealt, {self.units[child].pk: 0 for child in children}, 0 if closes else None)
        units.split_unit(stored, [self.units[part]], dealing, start)
        if closes:
            self.oracle.hand_over(unit, part, number)
            return
        for tree, people in self.oracle.from_day(number):
            for child in children:
                if tree.get(child) == unit:
                    tree[child] = part
            for person in moving:
                if people.get(person) == unit:
                    people[person] = part

    def _unit(self, number) -> Unit | None:
        return self.units[number] if number is not None else None


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(parents=parents, places=places, steps=steps)
def test_every_day_of_a_random_history_is_as_the_plain_list_has_it(parents, places, steps):
    with rolled_back():
        story = Story(parents, places)
        for step in steps:
            story.tell(step)
        assert_the_same(story)
        assert units.find_faults() == []


def assert_the_same(story: Story) -> None:
    known = {unit.pk: number for number, unit in enumerate(story.units)}
    known_people = {person.pk: number for number, person in enumerate(story.people)}
    for number in LIFE:
        for unit, stored in enumerate(story.units):
            below = {known[found.pk] for found in subtree_of([stored.pk], day(number))}
            assert below == story.oracle.subtree(unit, number), (unit, number)
            people = {known_people[found.pk] for found in people_in_subtree(stored, day(number))}
            assert people == story.oracle.people_in(unit, number), (unit, number)
