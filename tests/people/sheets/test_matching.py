"""Whose record a row is about, what is refused, what a human decides."""

from datetime import date

import pytest

from people import national_id
from people.domain import importing
from people.domain.importing import RecordsChanged
from people.models import Person, RoleGrant, Unit
from shared.errors import DomainError
from tests.people.sheets import books
from tests.people.sheets.conftest import codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(staged):
    """Two people on record: TS0001 and TS0002."""
    importing.confirm(staged(books.plain([books.person(1, "Nông Văn Thử"), books.person(2, "Hà Thị Mẫu")])), actor=None)
    return {person.staff_number: person for person in Person.objects.filter(staff_number__startswith="TS")}


def one(staged, name, number=1, **cells):
    taken = staged(books.plain([books.person(number, name, **cells)]))
    return taken, taken.rows.get()


def test_the_keys_decide_in_their_order(known, staged):
    by_number = one(staged, "Nông Văn Thử", staff_number="ts0001", national_id="", work_email="")[1]
    by_id = one(staged, "Nông Văn Thử", staff_number="", work_email="")[1]
    by_email = one(staged, "Nông Văn Thử", staff_number="", national_id="")[1]
    assert {row.person_id for row in (by_number, by_id, by_email)} == {known["TS0001"].pk}
    assert {row.kind for row in (by_number, by_id, by_email)} == {"unchanged"}


def test_a_name_alone_never_decides(known, staged):
    taken, row = one(staged, "Nông Văn Thử", staff_number="", national_id="", work_email="", phone="")
    assert row.kind == "doubtful"
    assert row.candidates == [known["TS0001"].pk]
    with pytest.raises(DomainError):
        importing.confirm(taken, actor=None)
    assert Person.objects.filter(full_name="Nông Văn Thử").count() == 1


@pytest.mark.parametrize(
    ("answer", "kind", "people"), [("same", "change", 1), ("new", "create", 2), ("skip", "refused", 1)]
)
def test_a_human_decides(answer, kind, people, known, staged):
    taken, row = one(staged, "Nông Văn Thử", staff_number="", national_id="", work_email="", phone="0100 888 888")
    chosen = known["TS0001"].pk if answer == "same" else None
    row = importing.decide(row, answer, chosen=chosen, actor=taken.created_by)
    assert row.kind == kind
    taken.refresh_from_db()
    assert taken.counts[kind] == 1
    if kind != "refused":
        importing.confirm(taken, actor=None)
    assert Person.objects.filter(full_name="Nông Văn Thử").count() == people
    if answer == "same":
        known["TS0001"].refresh_from_db()
        assert known["TS0001"].phone == "0100888888"


def test_only_those_offered_can_be_chosen(known, staged):
    taken, row = one(staged, "Nông Văn Thử", staff_number="", national_id="", work_email="", phone="")
    with pytest.raises(DomainError):
        importing.decide(row, "same", chosen=known["TS0002"].pk, actor=taken.created_by)


def test_the_number_of_one_and_the_id_of_another_are_refused(known, staged):
    row = one(staged, "Nông Văn Thử", national_id="099085000002")[1]
    assert row.kind == "refused"
    assert {"staff_number_of_other", "national_id_of_other"} <= codes(row)


def test_an_address_that_is_somebody_elses_is_refused(known, staged):
    row = one(staged, "Ma Văn Ví Dụ", 3, work_email="ts1@lamgiang.example")[1]
    assert (row.kind, codes(row)) == ("refused", {"email_of_other"})
    assert "Nông Văn Thử" in str(row.problems)


def test_who_is_out_of_scope_is_not_named(staged, cast):
    minh = Person.objects.get(username="minh")
    row = one(staged, "Ma Văn Ví Dụ", 3, work_email=minh.work_email)[1]
    assert row.kind == "refused"
    assert minh.full_name not in str(row.problems)
    by_number = one(staged, minh.full_name, staff_number=minh.staff_number, national_id="", work_email="", phone="")[1]
    assert codes(by_number) == {"person_outside_scope"}


def test_a_unit_out_of_scope_is_told_as_such(staged):
    assert codes(one(staged, "Nông Văn Thử", unit="UBND phường Khe Luông")[1]) == {"unit_outside_scope"}


def test_a_quite_different_name_on_a_known_number_is_asked_about(known, staged):
    taken, row = one(staged, "Trần Đức Khác", national_id="", work_email="", phone="")
    assert (row.kind, codes(row)) == ("doubtful", {"other_name"})
    refused = importing.decide(row, "new", actor=taken.created_by)
    assert refused.kind == "refused"


def test_two_people_of_one_name_with_keys_are_two_people(staged):
    taken = staged(books.plain([books.person(1, "Nông Văn Thử"), books.person(2, "Nông Văn Thử")]))
    assert taken.counts["create"] == 2


def test_repeated_keys_in_one_file(staged):
    taken = staged(
        books.plain(
            [
                books.person(1, "Nông Văn Thử"),
                books.person(1, "Nông Văn Thử"),
                books.person(3, "Hà Thị Mẫu", staff_number="TS0001"),
                books.person(4, "Ma Văn Ví Dụ", work_email="ts1@lamgiang.example"),
            ]
        )
    )
    found = {row.number: (row.kind, codes(row)) for row in taken.rows.all()}
    assert found[2][0] == "create"
    assert found[3][0] == "refused"
    assert "repeated_row" in found[3][1]
    assert found[4][0] == "refused"
    assert "staff_number_twice" in found[4][1]
    assert found[5][0] == "refused"
    assert "email_twice" in found[5][1]


def test_lost_zeros_wait_for_a_confirmation(staged):
    content = books.plain([books.person(1, "Nông Văn Thử", national_id=99085000001, phone=100000001)])
    taken = staged(content)
    row = taken.rows.get()
    assert (row.kind, codes(row), taken.counts["lost_zeros"]) == (
        "refused", {"national_id_lost_zero", "phone_lost_zero"}, 1,
    )  # fmt: skip
    importing.read_again(taken, accept_lost_zeros=True)
    importing.stage(taken.pk)
    row = taken.rows.get()
    assert (row.kind, row.phone) == ("create", "0100000001")
    assert row.national_id_hash == national_id.keyed_hash("099085000001")


def test_the_number_itself_is_kept_only_where_the_unit_keeps_it(staged, scope):
    assert one(staged, "Nông Văn Thử")[1].national_id_encrypted == ""
    Unit.objects.filter(pk=scope.pk).update(keeps_national_ids=True)
    taken, row = one(staged, "Nông Văn Thử")
    assert national_id.decrypt(row.national_id_encrypted) == "099085000001"
    assert "099085000001" not in str([row.cells, row.given, row.problems])
    importing.confirm(taken, actor=None)
    assert one(staged, "Nông Văn Thử")[1].kind == "unchanged"


def test_what_changed_after_the_preview_stops_the_whole_import(known, staged):
    taken = staged(
        books.plain([books.person(1, "Nông Văn Thử", phone="0100 777 000"), books.person(5, "Ma Văn Ví Dụ")])
    )
    Person.objects.filter(pk=known["TS0001"].pk).update(gender="female")
    with pytest.raises(RecordsChanged) as refusal:
        importing.confirm(taken, actor=None)
    assert refusal.value.rows == [("Danh sách", 2)]
    assert not Person.objects.filter(staff_number="TS0005").exists()
    importing.read_again(taken)
    importing.stage(taken.pk)
    importing.confirm(taken, actor=None)
    assert Person.objects.filter(staff_number="TS0005").exists()


def test_a_key_taken_after_the_preview_stops_the_whole_import(staged):
    taken = one(staged, "Nông Văn Thử")[0]
    Person.objects.create_user("khac", "Người Khác", staff_number="TS0001")
    with pytest.raises(RecordsChanged):
        importing.confirm(taken, actor=None)


def test_sign_in_data_of_people_with_rights_is_not_changed_by_an_import(known, staged, cast, scope):
    RoleGrant.objects.create(person=known["TS0001"], role="clerk", unit=scope)
    row = one(staged, "Nông Văn Thử", work_email="mine@lamgiang.example")[1]
    assert (row.kind, codes(row)) == ("refused", {"account_protected"})
    assert (
        staged(books.plain([books.person(1, "Nông Văn Thử", work_email="mine@lamgiang.example")]), actor="an")
        .rows.get()
        .kind
        == "change"
    )


def test_undoing_keeps_what_changed_since_and_closes_used_accounts(known, staged):
    from django.utils import timezone

    taken = staged(
        books.plain(
            [
                books.person(1, "Nông Văn Thử", phone="0100 777 000"),
                books.person(2, "Hà Thị Mẫu", phone="0100 777 001"),
                books.person(3, "Ma Văn Ví Dụ"),
                books.person(4, "Bế Văn Ví Dụ"),
            ]
        ),
        effective_on=date(2026, 4, 1),
    )
    importing.confirm(taken, actor=None)
    Person.objects.filter(staff_number="TS0001").update(phone="0100777999")
    Person.objects.filter(staff_number="TS0003").update(last_login=timezone.now())
    assert importing.undo(taken, actor=None) == {"undo_changed_since": 1, "undone": 1, "closed": 1, "removed": 1}
    assert Person.objects.get(staff_number="TS0001").phone == "0100777999"
    assert Person.objects.get(staff_number="TS0002").phone == "0100000002"
    assert not Person.objects.get(staff_number="TS0003").is_active
    assert not Person.objects.filter(staff_number="TS0004").exists()


def test_an_empty_cell_changes_nothing(known, staged):
    row = one(staged, "Nông Văn Thử", birth_date="", gender="", phone="", position_title="", employment_type="")[1]
    assert (row.kind, row.changes) == ("unchanged", [])


def test_a_name_without_marks_or_in_capitals_does_not_replace_the_one_on_record(known, staged):
    assert one(staged, "NONG VAN THU")[1].kind == "unchanged"
    assert one(staged, "NÔNG VĂN THỬ")[1].kind == "unchanged"
