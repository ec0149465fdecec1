"""People: names in one encoding, keys that follow the name, one order on every database, one primary posting."""

from datetime import date, timedelta
from unicodedata import is_normalized, normalize

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from people.domain import persons
from people.models import Person, Posting, Unit
from people.queries import people_in, primary_posting
from shared.desk.searching import search_folded
from shared.text.names import sort_key
from tests.shared.text.test_names import FULL_NAMES_IN_ORDER, GIVEN_NAMES_IN_ORDER, shuffled

TODAY = date(2026, 11, 22)


def enter(names) -> None:
    Person.objects.bulk_create(Person(username=f"n{place}", full_name=name) for place, name in enumerate(names))


def listed() -> list[str]:
    return list(Person.objects.values_list("full_name", flat=True))


# --- Order ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [GIVEN_NAMES_IN_ORDER, FULL_NAMES_IN_ORDER], ids=["given names", "full names"])
def test_the_database_lists_people_as_vietnamese_lists_do(db, names):
    enter(shuffled(names))
    assert listed() == names


def test_control_the_database_alone_would_list_them_wrongly(db):
    enter(shuffled(FULL_NAMES_IN_ORDER))
    assert list(Person.objects.order_by("full_name").values_list("full_name", flat=True)) != FULL_NAMES_IN_ORDER


def test_namesakes_keep_a_fixed_order(db):
    enter(["Lê Văn An"] * 5)
    assert [person.username for person in Person.objects.all()] == [f"n{n}" for n in range(5)]


# --- Names and keys -------------------------------------------------------------------------------------

TYPED = "  " + normalize("NFD", "Nguyễn Thị\u00a0Ánh") + "\u200b  "
STORED = "Nguyễn Thị Ánh"


def save(name: str) -> None:
    Person(username="lan", full_name=name).save()


def bulk_create(name: str) -> None:
    Person.objects.bulk_create([Person(username="lan", full_name=name)])


def create_person(name: str) -> None:
    persons.create_person("lan", name)


def rename(name: str) -> None:
    person = Person.objects.create(username="lan", full_name="Trần Văn Bình")
    person.full_name = name
    person.save()


def rename_alone(name: str) -> None:
    person = Person.objects.create(username="lan", full_name="Trần Văn Bình")
    person.full_name = name
    person.save(update_fields=["full_name"])


@pytest.mark.parametrize("write", [save, bulk_create, create_person, rename, rename_alone])
def test_a_name_is_stored_in_one_encoding_with_its_keys(db, write):
    write(TYPED)
    person = Person.objects.get()
    assert person.full_name == STORED
    assert is_normalized("NFC", person.full_name)
    assert person.sort_key == sort_key(STORED)
    assert person.search_key == "nguyen thi anh"


def test_a_name_is_found_in_either_encoding(db):
    save(STORED)
    assert Person.objects.filter(full_name=normalize("NFD", STORED)).exists()


def test_the_search_key_knows_the_staff_number(db):
    person = Person.objects.create(username="lan", full_name="Đặng Thị Hoà", staff_number="LG-0012/TS")
    assert person.search_key == "dang thi hoa lg 0012 ts"
    person.staff_number = "LG-9"
    person.save(update_fields=["staff_number"])
    person.refresh_from_db()
    assert person.search_key == "dang thi hoa lg 9"


@pytest.mark.parametrize("typed", ["dang thi", "ĐẶNG", "hoà", "hòa", "0012"])
def test_people_are_found_without_marks(db, typed):
    Person.objects.create(username="lan", full_name="Đặng Thị Hoà", staff_number="LG-0012")
    Person.objects.create(username="minh", full_name="Trần Văn Minh")
    assert [person.username for person in search_folded(Person.objects.all(), typed)] == ["lan"]


def test_units_are_stored_in_one_encoding_too(db):
    unit = Unit.objects.create(code="X", name=normalize("NFD", "Sở Nội  vụ"), active_from=TODAY)
    unit.refresh_from_db()
    assert (unit.name, unit.search_key) == ("Sở Nội vụ", "so noi vu x")
    unit.short_name = "Sở NV"
    unit.save(update_fields=["short_name"])
    unit.refresh_from_db()
    assert unit.search_key == "so noi vu so nv x"


def test_a_person_is_called_by_the_given_name():
    person = Person(full_name="Nguyễn Thị Ánh")
    assert (person.given_name, person.last_name, person.initials) == ("Ánh", "Nguyễn", "TA")


# --- Accounts -------------------------------------------------------------------------------------------


def test_an_account_without_a_password_cannot_be_signed_in_to(db, client):
    persons.create_person("lan", "Nông Thị Lan")
    assert not Person.objects.get().has_usable_password()
    assert not client.login(username="lan", password="")


def test_work_emails_belong_to_one_person_and_may_be_missing(db):
    for name in ("a", "b"):
        persons.create_person(name, "Lê An")
    persons.create_person("c", "Lê An", work_email="an@lamgiang.example")
    for address in ("an@lamgiang.example", "An@LamGiang.example"):
        with pytest.raises(IntegrityError), transaction.atomic():
            persons.create_person("d", "Lê An", work_email=address)


def test_a_person_with_records_is_never_deleted(cast):
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        cast["lan"].delete()


# --- Postings -------------------------------------------------------------------------------------------


def test_a_new_primary_posting_ends_the_former_one(cast):
    lan, ward = cast["lan"], Unit.objects.get(code="LG-KL")
    persons.post(lan, ward, "Chuyên viên", since=TODAY)
    former, present = Posting.objects.filter(person=lan).order_by("valid_from")
    assert former.valid_to == present.valid_from == TODAY
    assert primary_posting(lan, TODAY - timedelta(days=1)).unit.code == "LG-TS-PVHCC"
    assert primary_posting(lan, TODAY).unit.code == "LG-KL"


def test_a_second_posting_leaves_the_primary_one_alone(cast):
    lan, ward = cast["lan"], Unit.objects.get(code="LG-KL")
    persons.post(lan, ward, "Kiêm nhiệm", since=TODAY, is_primary=False)
    assert primary_posting(lan, TODAY).unit.code == "LG-TS-PVHCC"
    assert lan not in people_in(Unit.objects.filter(pk=ward.pk), TODAY)


def test_two_open_primary_postings_are_impossible(cast):
    lan = cast["lan"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(person=lan, unit=Unit.objects.first(), position_title="x", valid_from=TODAY)


def test_who_has_left_is_not_counted_in_the_unit(cast):
    centre = Unit.objects.filter(code="LG-TS-PVHCC")
    assert cast["lan"] in people_in(centre)
    Person.objects.filter(username="lan").update(is_active=False)
    assert cast["lan"] not in people_in(centre)
    assert timezone.localdate() >= primary_posting(cast["lan"]).valid_from
