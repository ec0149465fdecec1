"""Units and their dated tree: what belonged to what on which day, and what a move may not do."""

from datetime import date

import pytest
from django.db.models import ProtectedError

from people.domain import units
from people.models import AuditEntry, Unit, UnitClosure, UnitPlacement
from people.queries import subtree_of
from shared.errors import DomainError

START, MOVE, LATER = date(2025, 7, 1), date(2026, 3, 1), date(2026, 9, 1)
DAY_BEFORE = date(2026, 2, 28)


@pytest.fixture
def tree(db) -> dict[str, Unit]:
    """province > (a > (a1 > a11), b); another root: c."""
    made: dict[str, Unit] = {}
    for code, parent in (("p", None), ("a", "p"), ("b", "p"), ("a1", "a"), ("a11", "a1"), ("c", None)):
        made[code] = units.create_unit(code, code.upper(), parent=made.get(parent), active_from=START)
    return made


def below(unit: Unit, day: date) -> set[str]:
    return {found.code for found in subtree_of([unit.pk], day)}


def test_the_subtree_of_a_unit(tree):
    assert below(tree["p"], START) == {"p", "a", "b", "a1", "a11"}
    assert below(tree["a"], START) == {"a", "a1", "a11"}
    assert below(tree["a11"], START) == {"a11"}
    assert below(tree["c"], START) == {"c"}


def test_before_its_first_day_a_unit_belongs_to_nothing(tree):
    assert below(tree["p"], date(2025, 6, 30)) == set()


def test_a_move_counts_from_its_day_on_and_rewrites_nothing(tree):
    units.move_unit(tree["a1"], tree["b"], MOVE)
    assert below(tree["a"], DAY_BEFORE) == {"a", "a1", "a11"}
    assert below(tree["b"], DAY_BEFORE) == {"b"}
    assert below(tree["a"], MOVE) == {"a"}
    assert below(tree["b"], MOVE) == {"b", "a1", "a11"}
    assert below(tree["p"], DAY_BEFORE) == below(tree["p"], MOVE) == {"p", "a", "b", "a1", "a11"}


def test_moving_twice_keeps_every_period(tree):
    units.move_unit(tree["a1"], tree["b"], MOVE)
    units.move_unit(tree["a1"], tree["a"], LATER)
    assert ["a1" in below(tree["b"], day) for day in (DAY_BEFORE, MOVE, LATER)] == [False, True, False]
    assert ["a1" in below(tree["a"], day) for day in (DAY_BEFORE, MOVE, LATER)] == [True, False, True]


def test_a_move_out_of_a_province_takes_everything_below_along(tree):
    units.move_unit(tree["a"], tree["c"], MOVE)
    assert below(tree["c"], MOVE) == {"c", "a", "a1", "a11"}
    assert below(tree["p"], MOVE) == {"p", "b"}


@pytest.mark.parametrize(("unit", "parent"), [("a", "a"), ("a", "a1"), ("a", "a11"), ("p", "a11")])
def test_a_unit_cannot_stand_under_itself(tree, unit, parent):
    before = list(UnitPlacement.objects.values())
    with pytest.raises(DomainError, match="under itself"):
        units.move_unit(tree[unit], tree[parent], MOVE)
    assert list(UnitPlacement.objects.values()) == before


def test_nor_under_what_will_be_below_it_for_a_while(tree):
    """b stands below a1 only until LATER: in between the tree would be a circle, and no subtree would end."""
    units.move_unit(tree["b"], tree["a1"], MOVE)
    units.move_unit(tree["b"], tree["p"], LATER)
    with pytest.raises(DomainError, match="under itself"):
        units.move_unit(tree["a1"], tree["b"], date(2026, 6, 1))
    units.move_unit(tree["a1"], tree["b"], LATER)
    assert below(tree["b"], LATER) == {"b", "a1", "a11"}


def test_a_circle_written_past_the_domain_is_found_when_the_closure_is_computed(tree):
    UnitPlacement.objects.filter(unit=tree["a"]).update(parent=tree["a11"])
    with pytest.raises(DomainError, match="under itself on 01/07/2025"):
        units.rebuild_closure()


@pytest.mark.parametrize(("day", "words"), [(START, "after 01/07/2025"), (date(2025, 1, 1), "only from 01/07/2025")])
def test_a_move_cannot_be_dated_back_before_the_last_place(tree, day, words):
    with pytest.raises(DomainError, match=words):
        units.move_unit(tree["a1"], tree["b"], day)
    assert below(tree["a"], MOVE) == {"a", "a1", "a11"}


def test_a_move_is_logged_with_who_and_where(tree, cast):
    units.move_unit(tree["a1"], tree["b"], MOVE, actor=cast["an"], basis="Quyết định số 12/QĐ-UBND (minh họa)")
    entry = AuditEntry.objects.get(action="unit.moved")
    assert entry.actor == cast["an"]
    assert (entry.subject_type, entry.subject_id) == ("people.Unit", str(tree["a1"].pk))
    assert entry.details == {
        "parent": tree["b"].pk,
        "effective": "2026-03-01",
        "basis": "Quyết định số 12/QĐ-UBND (minh họa)",
    }


def test_a_refused_move_is_not_logged(tree):
    with pytest.raises(DomainError):
        units.move_unit(tree["a"], tree["a1"], MOVE)
    assert not AuditEntry.objects.filter(action="unit.moved").exists()


def test_rebuilding_the_closure_gives_the_same_closure(tree):
    units.move_unit(tree["a1"], tree["b"], MOVE)
    columns = ("ancestor", "descendant", "depth", "valid_from", "valid_to")

    def closure():
        return sorted(UnitClosure.objects.values_list(*columns), key=str)

    before = closure()
    units.rebuild_closure()
    assert closure() == before


def test_the_depth_counts_the_steps(tree):
    rows = UnitClosure.objects.filter(descendant=tree["a11"]).order_by("depth")
    assert [(row.ancestor.code, row.depth) for row in rows] == [("a11", 0), ("a1", 1), ("a", 2), ("p", 3)]


def test_a_unit_with_people_is_never_deleted(cast):
    with pytest.raises(ProtectedError):
        Unit.objects.get(code="LG-TS").delete()
