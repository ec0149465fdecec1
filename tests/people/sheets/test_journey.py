"""One list from upload to undoing."""

from datetime import date

import pytest

from people import national_id
from people.domain import importing
from people.enums import ImportState, RowKind
from people.models import AuditEntry, Person, Posting
from shared.errors import DomainError
from tests.people.sheets import books
from tests.people.sheets.conftest import SINCE, codes

pytestmark = pytest.mark.django_db


def state():
    """Everything an import may write to."""
    return (
        list(Person.objects.order_by("pk").values()),
        list(Posting.objects.order_by("pk").values()),
    )


def clean_list():
    return books.plain(
        [
            books.person(1, "Nông Văn Thử"),
            books.person(2, "Hà Thị Mẫu", gender="Nữ", unit="TTPVHCC Thượng Sơn"),
            books.person(3, "Giàng A Páo", national_id="", work_email="", unit="Phòng VH-XH"),
        ]
    )


def test_a_clean_list_creates_accounts_with_postings(staged):
    taken = staged(clean_list())
    assert taken.state == ImportState.READY
    assert {kind: taken.counts[kind] for kind in ("create", "refused", "doubtful")} == {
        "create": 3, "refused": 0, "doubtful": 0,
    }  # fmt: skip
    assert not Person.objects.filter(staff_number="TS0001").exists(), "a preview writes nothing"
    importing.confirm(taken, actor=taken.created_by)
    person = Person.objects.get(staff_number="TS0001")
    assert (person.full_name, person.username, person.phone) == ("Nông Văn Thử", "ts0001", "0100000001")
    assert person.birth_date == date(1985, 3, 2)
    assert person.national_id_hash == national_id.keyed_hash("099085000001")
    assert person.national_id_encrypted == ""
    assert not person.has_usable_password()
    fresh = Person(full_name=person.full_name, staff_number=person.staff_number)
    for field in ("sort_key", "search_key"):
        assert getattr(person, field) == Person._meta.get_field(field).pre_save(fresh, True)
    posting = person.postings.get()
    assert (posting.unit.code, posting.position_title, posting.valid_from, posting.is_primary) == (
        "LG-TS", "Chuyên viên", SINCE, True,
    )  # fmt: skip
    assert Person.objects.get(staff_number="TS0002").postings.get().unit.code == "LG-TS-PVHCC"
    assert Person.objects.get(staff_number="TS0003").postings.get().unit.code == "LG-TS-VHXH"


def test_the_same_list_twice_changes_nothing(staged):
    importing.confirm(staged(clean_list()), actor=None)
    before = state()
    again = staged(clean_list())
    assert again.counts["unchanged"] == 3, list(again.rows.values("kind", "problems", "changes"))
    with pytest.raises(DomainError):
        importing.confirm(again, actor=None)
    assert state() == before


def test_what_changed_is_changed_and_undoing_brings_it_back(staged):
    importing.confirm(staged(clean_list()), actor=None)
    before = state()
    changed = staged(
        books.plain(
            [
                books.person(1, "Nông Văn Thử", phone="0100 999 001", position_title="Phó Chủ tịch"),
                books.person(2, "Hà Thị Mẫu", gender="Nữ", unit="Phòng Văn hóa - Xã hội"),
                books.person(4, "Ma Văn Ví Dụ"),
            ]
        ),
        effective_on=date(2026, 9, 1),
    )
    kinds = list(changed.rows.values_list("number", "kind"))
    assert kinds == [(2, RowKind.CHANGE), (3, RowKind.MOVE), (4, RowKind.CREATE)]
    importing.confirm(changed, actor=None)
    person = Person.objects.get(staff_number="TS0001")
    assert person.phone == "0100999001"
    old, new = person.postings.order_by("valid_from")
    assert (old.valid_to, new.valid_from, new.position_title) == (
        date(2026, 9, 1), date(2026, 9, 1), "Phó Chủ tịch",
    )  # fmt: skip
    assert (new.is_manager, new.position_group, new.follows_id) == (True, "leader", old.pk)
    assert [posting.unit.code for posting in Person.objects.get(staff_number="TS0002").postings.order_by("pk")] == [
        "LG-TS-PVHCC", "LG-TS-VHXH",
    ]  # fmt: skip
    assert importing.preview_undo(changed) == {"undone": 2, "removed": 1}
    assert importing.undo(changed, actor=None) == {"undone": 2, "removed": 1}
    assert state() == before
    changed.refresh_from_db()
    assert changed.state == ImportState.UNDONE


def test_an_import_is_one_entry_in_the_log(staged):
    taken = staged(clean_list())
    count = AuditEntry.objects.count()
    importing.confirm(taken, actor=taken.created_by)
    entry = AuditEntry.objects.order_by("-pk").first()
    assert AuditEntry.objects.count() == count + 1
    assert entry.action == "people_import.applied"
    assert entry.details["counts"]["create"] == 3
    assert "Nông" not in str(entry.details)


def test_refused_rows_stay_out_and_say_why(staged):
    taken = staged(
        books.plain(
            [
                books.person(1, "Nông Văn Thử"),
                books.person(2, ""),
                books.person(3, "Hà Thị Mẫu", unit="UBND huyện Lam Bình"),
                books.person(4, "Ma Văn Ví Dụ", birth_date="31/02/1980", work_email="không phải thư"),
            ]
        )
    )
    rows = {row.number: row for row in taken.rows.all()}
    assert [rows[number].kind for number in (2, 3, 4, 5)] == ["create", "refused", "refused", "refused"]
    assert codes(rows[3]) == {"name_missing"}
    assert codes(rows[4]) == {"unit_abolished"}
    assert codes(rows[5]) == {"birth_date_impossible", "email_unreadable"}
    importing.confirm(taken, actor=None)
    assert list(Person.objects.filter(staff_number__startswith="TS").values_list("staff_number", flat=True)) == [
        "TS0001"
    ]
