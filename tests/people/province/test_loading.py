"""Writing the province into a database: once, completely, in short transactions, and never among real people."""

import json

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from people import national_id
from people.domain import persons
from people.domain.units import closure_faults
from people.enums import UnitKind
from people.models import Person, Posting, Unit, UnitAlias
from people.province import loading
from people.province.facts import sizes
from people.province.loading import AnotherSeed, load_province
from people.province.persons import plan_people
from people.province.units import plan_units
from shared.errors import DomainError


def rows() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed}


def people() -> list[tuple]:
    fields = ("staff_number", "full_name", "birth_date", "work_email", "phone", "national_id_hash")
    return list(Person.objects.order_by("staff_number").values_list(*fields))


def postings() -> list[tuple]:
    fields = ("person__staff_number", "unit__code", "position_title", "is_primary", "valid_from")
    return list(Posting.objects.order_by(*fields).values_list(*fields))


@pytest.fixture
def tiny(db):
    return load_province("tiny", 1)


def test_everybody_planned_is_there_with_their_postings(tiny):
    planned = list(plan_people(plan_units("tiny"), "tiny", 1))
    assert tiny.people_created == Person.objects.count() == len(planned) == sizes()["tiny"]["people"]
    assert tiny.postings_created == Posting.objects.count() == sum(len(one.postings) for one in planned)
    one = planned[0]
    stored = Person.objects.get(staff_number=one.staff_number)
    assert (stored.full_name, stored.birth_date, stored.gender) == (one.full_name, one.birth_date, one.gender)
    assert stored.national_id_hash == national_id.keyed_hash(one.national_id)
    assert stored.national_id_encrypted == ""
    assert stored.sort_key and stored.search_key
    assert Posting.objects.filter(is_primary=True, valid_to=None).count() == len(planned)


def test_nobody_can_sign_in(tiny):
    assert not any(person.has_usable_password() for person in Person.objects.all())
    assert not Person.objects.filter(is_staff=True).exists()


def test_units_have_places_aliases_and_heads(tiny):
    assert not any(closure_faults())
    counted = {unit.code for unit in plan_units("tiny") if unit.is_counted}
    assert not Unit.objects.filter(code__in=counted, head=None).exists()
    assert UnitAlias.objects.filter(unit__code="LG-TS", alias="UBND xã T.Sơn").exists()
    assert Unit.objects.filter(kind=UnitKind.COMMUNE).count() == 2


def test_again_changes_nothing(tiny):
    before = rows()
    again = load_province("tiny", 1)
    assert again.unchanged
    assert rows() == before


def test_what_was_interrupted_is_finished_by_starting_again(db, monkeypatch):
    monkeypatch.setattr(loading, "PEOPLE_AT_ONCE", 20)
    load_province("tiny", 1)
    whole = people(), postings(), Unit.objects.filter(head=None).count()
    Unit.objects.update(head=None)
    Posting.objects.all().delete()
    Person.objects.all().delete()
    monkeypatch.setattr(loading, "_has", lambda *asked: False)
    write = loading._write

    def broken(planned, units, done):
        if done.people_created >= 40:
            raise KeyboardInterrupt
        return write(planned, units, done)

    monkeypatch.setattr(loading, "_write", broken)
    with pytest.raises(KeyboardInterrupt):
        load_province("tiny", 1)
    assert Person.objects.count() == 40
    monkeypatch.setattr(loading, "_write", write)
    rest = load_province("tiny", 1)
    assert rest.people_created == 20
    assert (people(), postings(), Unit.objects.filter(head=None).count()) == whole


def test_no_transaction_writes_more_than_five_hundred_people_and_postings(db, monkeypatch):
    written = []
    write = loading._write

    def watched(planned, units, done):
        before = done.people_created + done.postings_created
        result = write(planned, units, done)
        written.append(done.people_created + done.postings_created - before)
        return result

    monkeypatch.setattr(loading, "_write", watched)
    load_province("small", 1)
    assert len(written) == 3
    assert max(written) <= 500


def test_another_seed_is_refused(tiny):
    before = rows()
    with pytest.raises(AnotherSeed, match="--seed 1"):
        load_province("tiny", 2)
    assert rows() == before


def test_two_sizes_stand_beside_each_other(tiny):
    load_province("small", 2)
    assert Person.objects.count() == sizes()["tiny"]["people"] + sizes()["small"]["people"]
    assert not any(closure_faults())


def test_real_people_keep_the_province_out(db):
    persons.create_person("nguoi.that", "Người Có Thật", staff_number="NS-001", work_email="that@example.gov.vn")
    before = rows()
    with pytest.raises(DomainError, match="1"):
        load_province("tiny", 1)
    assert rows() == before
    assert load_province("tiny", 1, into_existing=True).people_created == sizes()["tiny"]["people"]


def test_an_installation_with_only_its_technical_account_counts_as_empty(db):
    Person.objects.create_superuser("quan-tri", "Quản Trị", "mat-khau-rat-dai-1")
    assert load_province("tiny", 1).people_created == sizes()["tiny"]["people"]


def test_where_nothing_would_be_marked_nothing_is_written(db, settings):
    settings.DEMO_CONTENT = False
    before = rows()
    with pytest.raises(DomainError):
        load_province("tiny", 1)
    assert rows() == before


# --- The command ------------------------------------------------------------------------------------


def test_the_command_reports_what_it_did(db, tmp_path, capsys):
    report = tmp_path / "report.json"
    call_command("make_province", size="tiny", seed=1, json=report)
    written = json.loads(report.read_text())
    assert (written["people_created"], written["size"], written["seed"]) == (sizes()["tiny"]["people"], "tiny", 1)
    call_command("make_province", size="tiny", seed=1, json=report)
    assert json.loads(report.read_text())["unchanged"]
    assert "unchanged" in capsys.readouterr().out


def test_the_command_refuses_in_words(tiny):
    with pytest.raises(CommandError, match="--seed 1"):
        call_command("make_province", size="tiny", seed=2)
    with pytest.raises(CommandError, match="--xlsx"):
        call_command("make_province", files_only=True)


def test_units_alone_or_files_alone(db, tmp_path, capsys):
    before = rows()
    call_command("make_province", size="tiny", files_only=True, xlsx=tmp_path)
    assert rows() == before
    assert (tmp_path / "key.json").exists()
    call_command("make_province", size="tiny", units_only=True)
    assert Unit.objects.exists()
    assert not Person.objects.exists()
    call_command("make_province", size="tiny")
    assert Person.objects.count() == sizes()["tiny"]["people"]
