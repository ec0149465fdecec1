"""Two officers decide on one name of a list at the same moment, with the control that shows what would happen else."""

import pytest
from django.db import transaction

from people.domain import importing
from people.domain.importing import UnitChoice, staging, unit_choices
from people.domain.importing.unit_choices import unit_names_of
from people.models import PeopleImport, Person, Unit, UnitAlias
from shared.domain import outbox
from shared.errors import DomainError
from tests import cast as the_cast
from tests.people.sheets import books
from tests.people.sheets.conftest import SINCE
from tests.shared.conftest import durable, durable_template  # noqa: F401 (fixtures)

UNKNOWN = "Tổ Tiếp dân Thượng Sơn"


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def listed() -> bytes:
    return books.plain([books.person(1, "Nông Văn Thử", unit=UNKNOWN)])


@pytest.fixture
def waiting(durable, monkeypatch):  # noqa: F811
    """(the import with one name to decide on, the cast), committed."""
    monkeypatch.setattr(outbox, "_send", lambda entry_id: None)
    with transaction.atomic():
        people = the_cast.load()
    taken = importing.upload(
        listed(), "a.xlsx", actor=people["hung"], unit=unit("LG-TS"), effective_on=SINCE
    )  # fmt: skip
    staging.stage(taken.pk)
    taken.refresh_from_db()
    return taken, people


def deciding(taken: PeopleImport, actor: Person, meant: Unit):
    [name] = unit_names_of(taken)

    def work():
        choice = UnitChoice(name.reference, meant.pk, remember=True)
        importing.choose_units(taken, [choice], seen=taken.staging_round, actor=actor)
        return actor.full_name

    return work


def at_once(durable, waiting):  # noqa: F811
    taken, people = waiting
    return durable.in_threads(
        deciding(taken, people["hung"], unit("LG-TS-PVHCC")), deciding(taken, people["an"], unit("LG-TS-VHXH"))
    )


def test_of_two_officers_who_decide_at_once_one_wins_and_the_other_is_told(waiting, durable):  # noqa: F811
    answers = at_once(durable, waiting)
    [told] = [answer for answer in answers if isinstance(answer, DomainError)]
    [winner] = [answer for answer in answers if isinstance(answer, str)]
    assert winner in str(told)
    taken = PeopleImport.objects.get()
    assert taken.staging_round == 1
    [choice] = taken.unit_choices.values()
    assert Person.objects.get(pk=choice["by"]).full_name == winner
    assert UnitAlias.objects.filter(alias=UNKNOWN).count() == 1


def test_without_the_look_at_the_reading_the_second_would_win_unnoticed(waiting, durable, monkeypatch):  # noqa: F811
    """The control: both are told that it went well, and one of them is wrong."""
    monkeypatch.setattr(unit_choices, "_must_be_as_seen", lambda stored, seen: None)
    monkeypatch.setattr(staging, "remove_rows", lambda stored: None)
    answers = at_once(durable, waiting)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert PeopleImport.objects.get().staging_round == 2
    assert UnitAlias.objects.filter(alias=UNKNOWN).count() == 2
