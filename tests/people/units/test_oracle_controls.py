"""Does the oracle find anything? Faults are put in, and must come out."""

from datetime import date

import pytest

from people.domain import units
from people.domain.units import closure, handing_over, placing
from people.models import Posting, Unit, UnitClosure, UnitPlacement
from tests.people.units.stage import START, province
from tests.people.units.test_oracle import Story, assert_the_same

pytestmark = pytest.mark.django_db
CHAIN = (None, 0, 1, None, None, None)


def story() -> Story:
    return Story(CHAIN, (0, 1, 2, 3, 4))


def test_the_steps_of_a_story_are_really_taken():
    told = story()
    for step in (("move", 1, 3, 5), ("merge", [3], 4, 9), ("split", 1, 5, 12, False, 7), ("close", 1, 0, 20)):
        told.tell(step)
    assert (told.done, told.refused) == (4, 0)
    assert_the_same(told)
    assert UnitClosure.objects.exclude(valid_to=None).count() > 5


def test_a_closure_that_forgets_what_stands_below_is_found_out(monkeypatch):
    def itself_only(unit_ids):
        changed = Unit.objects.filter(pk__in=unit_ids)
        closure._replace(UnitClosure.objects.filter(descendant__in=changed), closure._rows_of(changed))

    monkeypatch.setattr(placing, "keep_closure", itself_only)
    told = story()
    told.tell(("move", 1, 3, 5))
    with pytest.raises(AssertionError):
        assert_the_same(told)
    assert "closure rows missing" in {fault.kind for fault in units.find_faults()}
    assert units.rebuild_closure() > 0
    assert_the_same(told)


def test_postings_that_go_on_in_the_wrong_unit_are_found_out(monkeypatch):
    told, right = story(), handing_over._continued
    wrong = told.units[4]
    monkeypatch.setattr(handing_over, "_continued", lambda posting, heir, day: right(posting, wrong, day))
    told.tell(("close", 1, 3, 5))
    with pytest.raises(AssertionError):
        assert_the_same(told)


def test_postings_left_behind_are_found_out():
    told = story()
    told.tell(("close", 1, 3, 5))
    Posting.objects.filter(unit=told.units[1]).update(valid_to=None, is_primary=False)
    assert "postings that go on after their unit has ended" in {fault.kind for fault in units.find_faults()}


@pytest.mark.parametrize(
    ("kind", "damage"),
    [
        ("closure rows missing", lambda t: UnitClosure.objects.filter(descendant=t["XA"], depth=1).delete()),
        (
            "closure rows that should not be there",
            lambda t: UnitClosure.objects.create(ancestor=t["DU"], descendant=t["XA"], depth=1, valid_from=START),
        ),
        ("placements outside the life of a unit", lambda t: Unit.objects.filter(code="XA").update(active_to=START)),
        (
            "placements that overlap",
            lambda t: UnitPlacement.objects.create(
                unit=t["XA"], parent=t["XC"], valid_from=date(2026, 1, 1), valid_to=date(2026, 2, 1)
            ),
        ),
        ("units replaced while still open", lambda t: Unit.objects.filter(code="XA").update(replaced_by=t["XB"])),
    ],
)
def test_damage_done_past_the_domain_is_found(kind, damage):
    tree = province()
    assert units.find_faults() == []
    damage(tree)
    assert kind in {fault.kind for fault in units.find_faults()}
