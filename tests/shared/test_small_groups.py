"""No number that is not shown follows from those that are: an attacker tries on random tables."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.tables.small_groups import SMALLEST, Figures, Group, Line, protect

sizes_and_done = st.integers(0, 40).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size)))
tables = st.lists(sizes_and_done, max_size=12).map(
    lambda rows: [Group(place, size, done) for place, (size, done) in enumerate(rows)]
)


# --- The attacker ----------------------------------------------------------------------------------------


def determined(equations: list[tuple[dict, int]]) -> dict:
    """The unknowns that a system of linear equations fixes, with their values: Gauss-Jordan over the rationals."""
    unknowns = sorted({name for left, _right in equations for name in left}, key=str)
    rows = [[Fraction(left.get(name, 0)) for name in unknowns] + [Fraction(right)] for left, right in equations]
    pivots, top = [], 0
    for column in range(len(unknowns)):
        found = next((place for place in range(top, len(rows)) if rows[place][column]), None)
        if found is None:
            continue
        rows[top], rows[found] = rows[found], rows[top]
        rows[top] = [value / rows[top][column] for value in rows[top]]
        for place, row in enumerate(rows):
            if place != top and row[column]:
                rows[place] = [value - row[column] * base for value, base in zip(row, rows[top], strict=True)]
        pivots.append(column)
        top += 1
    fixed = {}
    for row, column in zip(rows, pivots, strict=False):
        if all(not row[other] for other in range(len(unknowns)) if other != column):
            fixed[unknowns[column]] = row[-1]
    return fixed


def equations_of(shown: Figures) -> list[tuple[dict, int]]:
    """Everything the figures say, as sums of what each group holds: people, done, not done."""
    known = []
    for line in [*shown.lines, *([shown.total] if shown.total else [])]:
        known.append(({("size", key): 1 for key in line.keys}, line.size))
        if line.is_exact:
            known.append(({("done", key): 1 for key in line.keys}, line.low))
    groups = {key for line in shown.lines for key in line.keys}
    known += [({("done", key): 1, ("open", key): 1, ("size", key): -1}, 0) for key in groups]
    return known


def naive(groups: list[Group]) -> Figures:
    """What is often done: leave out the small groups and give the exact total. For the control."""
    lines = [Line((group.key,), group.size, group.done, group.done) for group in groups if group.size >= SMALLEST]
    every = tuple(group.key for group in groups if group.size)
    size, done = sum(group.size for group in groups), sum(group.done for group in groups)
    return Figures(lines, Line(every, size, done, done))


def exposed(groups: list[Group], shown: Figures) -> list:
    """Numbers of 1 to 4 people (or nobody, everybody) in one group that the attacker has worked out."""
    fixed = determined(equations_of(shown))
    found = []
    for group in groups:
        parts = {"size": group.size, "done": group.done, "open": group.size - group.done}
        if not group.size:
            continue
        if ("size", group.key) in fixed and group.size < SMALLEST:
            found.append(("size", group.key))
        found += [
            (part, group.key) for part in ("done", "open") if (part, group.key) in fixed and parts[part] < SMALLEST
        ]
    return found


# --- What must hold --------------------------------------------------------------------------------------


@given(tables)
@example([Group("a", 3, 1), Group("b", 30, 20)])
@example([Group("a", 10, 10), Group("b", 30, 20)])
@example([Group(place, 1, 1) for place in range(6)])
def test_the_attacker_finds_no_small_group(groups):
    assert exposed(groups, protect(groups)) == []


def test_the_attacker_is_no_fool():
    """The control: what is usually done gives a group of three away, and a line of ten the one not done."""
    groups = [Group("a", 3, 1), Group("b", 30, 20), Group("c", 10, 9)]
    assert set(exposed(groups, naive(groups))) >= {("size", "a"), ("done", "a"), ("open", "c")}


def test_merging_without_a_helper_would_give_it_away():
    """The control for the second step: one small group alone under another name is still itself."""
    groups = [Group("a", 3, 1), Group("b", 30, 20)]
    bare = Figures([Line(("b",), 30, 20, 20), Line(("a",), 3, 1, 1)], Line(("a", "b"), 33, 21, 21))
    assert exposed(groups, bare)


@given(tables)
def test_what_is_shown_is_true(groups):
    shown = protect(groups)
    by_key = {group.key: group for group in groups}
    for line in [*shown.lines, *([shown.total] if shown.total else [])]:
        assert line.size == sum(by_key[key].size for key in line.keys)
        assert line.low <= sum(by_key[key].done for key in line.keys) <= line.high


@given(tables)
def test_lines_do_not_overlap_and_leave_nobody_out(groups):
    shown = protect(groups)
    keys = [key for line in shown.lines for key in line.keys]
    assert len(keys) == len(set(keys))
    assert set(keys) in (set(), {group.key for group in groups if group.size})
    assert all(line.size >= SMALLEST for line in shown.lines)


@given(tables)
def test_each_hidden_group_might_have_been_large_enough(groups):
    """Counting cleverly instead of solving: the others have at least one person each."""
    for line in protect(groups).lines:
        if line.is_merged:
            assert line.size - (len(line.keys) - 1) >= SMALLEST


@given(st.lists(sizes_and_done, max_size=4))
def test_the_total_narrows_no_bound(rows):
    """Every table that would look the same is tried: each number inside a line's bounds still occurs."""
    groups = [Group(place, size, done) for place, (size, done) in enumerate(rows)]
    shown = protect(groups)
    if shown.total is None or not shown.total.is_exact:
        return
    open_lines = [line for line in shown.lines if not line.is_exact]
    rest = shown.total.low - sum(line.low for line in shown.lines if line.is_exact)
    ways = (
        [way for way in product(*(range(line.low, line.high + 1) for line in open_lines)) if sum(way) == rest]
        if len(open_lines) < 4
        else []
    )
    for place, line in enumerate(open_lines if ways else []):
        assert {way[place] for way in ways} == set(range(line.low, line.high + 1))


@pytest.mark.parametrize(
    ("size", "done", "low", "high"),
    [(20, 10, 10, 10), (20, 3, 0, 4), (20, 0, 0, 4), (20, 18, 16, 20), (20, 20, 16, 20), (9, 5, 0, 9), (10, 5, 5, 5)],
)
def test_bounds_of_one_line(size, done, low, high):
    (line,) = protect([Group("a", size, done)]).lines
    assert (line.low, line.high) == (low, high)


def test_too_few_people_are_not_shown_at_all():
    assert protect([Group("a", 4, 2)]) == Figures([], None)
    assert protect([Group("a", 1, 1), Group("b", 3, 0)]) == Figures([], None)
    assert protect([]) == Figures([], None)


def test_large_groups_stay_exact():
    shown = protect([Group("a", 100, 60), Group("b", 50, 20)])
    assert [(line.size, line.low, line.is_exact) for line in shown.lines] == [(100, 60, True), (50, 20, True)]
    assert shown.total.is_exact and shown.total.low == 80


def test_many_nearly_finished_units_still_have_an_exact_total():
    shown = protect([Group(place, 60, 58) for place in range(20)])
    assert not any(line.is_exact for line in shown.lines)
    assert shown.total.is_exact and shown.total.low == 1160


def test_counts_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="3 of 2"):
        Group("a", 2, 3)
