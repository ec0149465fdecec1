"""Units created one by one and in bulk."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.domain import units
from people.domain.units import creating
from people.models import AuditEntry, Unit, UnitClosure, UnitName
from people.queries import subtree_of
from shared.errors import DomainError

START = date(2025, 7, 1)


def row(code: str, parent: str | None, **fields) -> units.UnitRow:
    return units.UnitRow(code, f"Đơn vị {code}", parent, fields.pop("active_from", START), **fields)


def province(communes: int) -> list[units.UnitRow]:
    rows = [row("T", None)]
    for number in range(communes):
        rows += [row(f"X{number}", "T", kind="commune"), row(f"X{number}-P", f"X{number}", aliases=["Phòng", "PHONG"])]
    return rows


@pytest.mark.django_db
def test_many_at_once_stand_as_if_created_one_by_one(monkeypatch):
    monkeypatch.setattr(creating, "BATCH", 4)
    made = units.create_units(province(5))
    assert len(made) == 11 and Unit.objects.count() == 11
    assert units.find_faults() == []
    assert {unit.code for unit in subtree_of([made["X3"].pk])} == {"X3", "X3-P"}
    assert UnitClosure.objects.count() == 1 + 5 * 2 + 5 * 3
    assert UnitName.objects.count() == 11
    assert [alias.alias for alias in made["X0-P"].aliases.all()] == ["PHONG"] or made["X0-P"].aliases.count() == 1
    assert AuditEntry.objects.get(action="units.created").details["count"] == 11


@pytest.mark.django_db
def test_the_statements_grow_with_the_batches_not_with_the_units():
    def asked(rows):
        with CaptureQueriesContext(connection) as captured:
            units.create_units(rows)
        return len(captured)

    few = asked(province(2))
    assert asked([row(f"Y{number}", "T") for number in range(60)]) <= few + 2


MISTAKES = {
    "a code in use": ([row("T", None)], "never used twice"),
    "a code given twice": ([row("A", "T"), row("A", "T")], "given to two units"),
    "an unknown parent": ([row("A", "KHONG")], "no unit KHONG"),
    "a child before its parent": ([row("A", "B"), row("B", "T")], "no unit B"),
    "before the stored parent began": ([row("A", "T", active_from=date(2024, 1, 1))], "only from 01/07/2025"),
    "before the given parent began": (
        [row("A", "T", active_from=date(2026, 1, 1)), row("B", "A", active_from=date(2025, 8, 1))],
        "no unit A",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_anywhere_and_nothing_is_created(case):
    units.create_units([row("T", None)])
    rows, words = MISTAKES[case]
    with pytest.raises(DomainError, match=words):
        units.create_units([row("FIRST", "T"), *rows])
    assert Unit.objects.count() == 1


@pytest.mark.django_db
def test_no_rows_no_entry():
    assert units.create_units([]) == {}
    assert not AuditEntry.objects.exists()
