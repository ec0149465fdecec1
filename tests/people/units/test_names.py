"""What units are called on which day, how names of the future come into effect, and what imports know."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from people.domain import units
from people.models import AuditEntry, Unit, UnitName
from people.queries.unit_tree import unit_tree
from people.tasks import settle_units
from shared.errors import DomainError
from tests.people.units.stage import province

DAY = date(2026, 3, 1)


@pytest.fixture
def tree(db) -> dict[str, Unit]:
    return province()


def called_on(day: date) -> set[str]:
    return {node.name for root in unit_tree(day) for node in root.walk()}


def test_each_day_has_its_name(tree):
    units.rename_unit(tree["XA"], "Xã Mới", "", actor=None, effective=DAY)
    assert "Đơn vị XA" in called_on(DAY - timedelta(days=1)) and "Xã Mới" not in called_on(DAY - timedelta(days=1))
    assert "Xã Mới" in called_on(DAY) and "Đơn vị XA" not in called_on(DAY)
    unit = Unit.objects.get(code="XA")
    assert unit.name == "Xã Mới" and "xa moi" in unit.search_key
    assert [alias.alias for alias in unit.aliases.all()] == ["Đơn vị XA"]


def test_a_name_of_the_future_comes_into_effect_by_the_nightly_task(tree, monkeypatch):
    today = timezone.localdate()
    day = today + timedelta(days=30)
    units.rename_unit(tree["XA"], "Xã Mai Sau", "", actor=None, effective=day)
    assert Unit.objects.get(code="XA").name == "Đơn vị XA" and "Xã Mai Sau" in called_on(day)
    settle_units()
    assert Unit.objects.get(code="XA").name == "Đơn vị XA" and not tree["XA"].aliases.exists()
    monkeypatch.setattr(timezone, "localdate", lambda *args: day)
    settle_units()
    settle_units()
    assert Unit.objects.get(code="XA").name == "Xã Mai Sau"
    assert [alias.alias for alias in tree["XA"].aliases.all()] == ["Đơn vị XA"]


def test_two_names_settled_late_end_with_the_last(tree, monkeypatch):
    today = timezone.localdate()
    units.rename_unit(tree["XA"], "Tên Một", "", actor=None, effective=today + timedelta(days=5))
    units.rename_unit(tree["XA"], "Tên Hai", "", actor=None, effective=today + timedelta(days=9))
    units.settle_due(today + timedelta(days=30))
    assert Unit.objects.get(code="XA").name == "Tên Hai"
    assert {alias.alias for alias in tree["XA"].aliases.all()} == {"Đơn vị XA", "Tên Một"}


def test_on_its_first_day_a_name_is_corrected(tree):
    units.rename_unit(tree["XA"], "Xã Móii", "", actor=None, effective=DAY)
    units.rename_unit(tree["XA"], "Xã Mới", "", actor=None, effective=DAY)
    names = UnitName.objects.filter(unit=tree["XA"]).values_list("name", "valid_from", "valid_to")
    assert set(names) == {("Đơn vị XA", date(2025, 7, 1), DAY), ("Xã Mới", DAY, None)}
    assert Unit.objects.get(code="XA").name == "Xã Mới"
    assert not tree["XA"].aliases.filter(alias="Xã Móii").exists()


def test_a_later_name_is_not_lost(tree):
    units.rename_unit(tree["XA"], "Xã Mới", "", actor=None, effective=DAY)
    with pytest.raises(DomainError, match="on 01/03/2026 or later"):
        units.rename_unit(tree["XA"], "Xã Khác", "", actor=None, effective=DAY - timedelta(days=1))


def test_the_same_name_again_changes_and_logs_nothing(tree):
    units.rename_unit(tree["XA"], " Đơn  vị XA ", "", actor=None, effective=DAY)
    assert UnitName.objects.filter(unit=tree["XA"]).count() == 1
    assert not AuditEntry.objects.filter(action="unit.renamed").exists()
