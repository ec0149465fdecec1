"""The HR desk for people: who reaches whom, by page, search, filter, file and form; two officers at once; speed."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from people.domain import persons, postings
from people.enums import PositionGroup, Role
from people.models import AuditEntry, Person, Posting, RoleGrant, Unit
from tests.reports import factories as make

LIST, ADD = "/nhan-su/nguoi/", "/nhan-su/nguoi/them/"


@pytest.fixture
def north(province):
    return make.make_person("Nông Thị Ánh", province.north, position_title="Chuyên viên Bắc")


@pytest.fixture
def south(province):
    person = make.make_person("Đặng Quang Bí Mật", province.south, position_title="Chuyên viên Nam")
    Person.objects.filter(pk=person.pk).update(work_email="bimat@lamgiang.example", phone="0100999888")
    return Person.objects.get(pk=person.pk)


def names(response) -> list[str]:
    return re.findall(r'<th scope="row" class="column-name"><a [^>]*>([^<]*)</a>', response.content.decode())


# --- Scope ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["", "?q=bi+mat", "?q=bimat@lamgiang.example", "?q=0100999888", "?cong_tac=tat-ca", "?cong_tac=da-thoi",
     "?nhom=professional", "?tai_khoan=chua-dang-nhap", "?trang=999", "?quan_ly=khong&cong_tac=sap-nhan"],
)  # fmt: skip
def test_nobody_outside_the_scope_by_search_filter_or_page(desk, province, north, south, query):
    shown = desk(province.hr_north).get(LIST + query)
    assert "Đặng Quang Bí Mật" not in names(shown)
    assert south.full_name not in shown.content.decode()
    assert "Chuyên viên Nam" not in shown.content.decode()
    assert "Nông" in desk(province.hr_north).get(LIST).content.decode()


@pytest.mark.parametrize("query", ["?q=bi+mat", "?q=bimat@lamgiang.example", "?q=0100 999 888", "?q=%2B84100999888"])
def test_control_whoever_keeps_the_unit_finds_them(desk, province, south, query):
    assert names(desk(province.hr_south).get(LIST + query)) == ["Đặng Quang Bí Mật"]


@pytest.mark.parametrize("name", ["xuat.csv", "xuat.xlsx"])
def test_files_hold_what_the_page_holds(desk, province, north, south, name):
    answer = desk(province.hr_north).get(LIST + name)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if name.endswith("csv"):
        assert "Nông Thị Ánh" in content.decode()
        assert "Bí Mật" not in content.decode()
    else:
        cells = [
            str(cell) for row in load_workbook(BytesIO(content)).active.iter_rows(values_only=True) for cell in row
        ]
        assert "Nông Thị Ánh" in cells
        assert not any("Bí Mật" in cell for cell in cells)


def test_a_unit_outside_the_scope_is_not_found(desk, province):
    assert desk(province.hr_north).get(LIST, {"don_vi": province.south.pk}).status_code == 404
    assert desk(province.hr_north).get(LIST, {"don_vi": province.office.pk}).status_code == 200


def test_every_address_of_somebody_outside_is_not_found(desk, province, south):
    posting = south.postings.get()
    addresses = [
        reverse("people:person", args=[south.pk]),
        reverse("people:change_person", args=[south.pk]),
        reverse("people:add_posting", args=[south.pk]),
        reverse("people:cancel_planned", args=[south.pk, "2027-01-01"]),
        *(reverse("people:account_act", args=[south.pk, act]) for act in ("dong", "mo", "kich-hoat-lai", "ma-moi")),
        *(reverse("people:posting_step", args=[posting.pk, step]) for step in ("thay-doi", "dieu-dong", "xoa")),
    ]
    client = desk(province.hr_north)
    for address in addresses:
        assert client.get(address).status_code == 404, address
        if "ho-so/sua" in address or "ho-so" not in address:
            assert client.post(address, {"confirm": "1"}).status_code == 404, address


def test_a_posting_beside_the_scope_shows_when_and_where_and_no_more(desk, province, north):
    postings.start(north, province.south, "Chức vụ kín", since=timezone.localdate(), actor=None, grade="Ngạch kín")
    text = desk(province.hr_north).get(reverse("people:person", args=[north.pk])).content.decode()
    assert "Posting outside your scope" in text
    assert "Chức vụ kín" not in text
    assert "Ngạch kín" not in text


def test_an_inspector_reads_and_changes_nothing(desk, province, north):
    inspector = make.make_hr(province.north, "Đinh Hải Sơn", Role.INSPECTOR)
    client = desk(inspector)
    assert client.get(reverse("people:person", args=[north.pk])).status_code == 200
    assert client.get(LIST).status_code == 200
    assert client.get(ADD).status_code == 403
    assert client.post(reverse("people:change_person", args=[north.pk])).status_code == 403
    assert "ho-so/sua" not in client.get(reverse("people:person", args=[north.pk])).content.decode()


def test_a_number_that_is_taken_elsewhere_tells_nothing_about_whose_it_is(desk, province, north, south):
    with pytest.raises(persons.RecordRefused) as refusal:
        persons.change_person(north, actor=province.hr_north, staff_number=south.staff_number)
    assert south.full_name not in str(refusal.value)
    other = make.make_person("Nông Văn Hai", province.north)
    with pytest.raises(persons.RecordRefused) as refusal:
        persons.change_person(north, actor=province.hr_north, staff_number=other.staff_number)
    assert other.full_name in str(refusal.value)


def test_what_a_person_with_a_role_signs_in_with_is_closed_to_hr_officers(province, north):
    RoleGrant.objects.create(person=north, role=Role.PRESS_OFFICER, unit=province.root)
    with pytest.raises(persons.RecordRefused):
        persons.change_person(north, actor=province.hr_north, work_email="khac@lamgiang.example")
    with pytest.raises(persons.RecordRefused):
        persons.set_active(north, False, actor=province.hr_north)
    persons.change_person(north, actor=province.hr_north, gender="female")  # control: the rest is theirs to keep


# --- List -----------------------------------------------------------------------------------------------


def test_sorted_by_given_name_and_fifty_a_page(desk, province):
    given = ["Yên", "Ân", "An", "Đức", "Bình", "Ánh"]
    for number in range(60):
        make.make_person(f"Lê Văn {given[number % 6]}", province.north)
    first = names(desk(province.hr_north).get(LIST))
    second = names(desk(province.hr_north).get(LIST + "?trang=2"))
    assert (len(first), len(second)) == (50, 10)
    order = [name.rsplit(" ", 1)[1] for name in first + second]
    assert list(dict.fromkeys(order)) == ["An", "Ánh", "Ân", "Bình", "Đức", "Yên"]


@pytest.mark.parametrize("address", [LIST, LIST + "xuat.csv", LIST + "?q=le&nhom=leader"])
def test_no_query_more_for_three_than_for_one(desk, province, address):
    def queries_with(rows: int) -> int:
        for _ in range(rows):
            make.make_person("Lê An", province.north, position_group=PositionGroup.LEADER)
        client = desk(province.hr_north)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            answer = client.get(address)
            if answer.streaming:
                b"".join(answer.streaming_content)
        return len(captured)

    queries_with(1)
    assert queries_with(0) == queries_with(2)


def test_account_states_filter(desk, province, north):
    south_of_north = make.make_person("Lê Đã Dùng", province.north)
    Person.objects.filter(pk=south_of_north.pk).update(last_login=timezone.now())
    closed = make.make_person("Lê Đã Đóng", province.north)
    Person.objects.filter(pk=closed.pk).update(is_active=False)
    client = desk(province.hr_north)
    states = ("chua-dang-nhap", "dang-dung", "da-dong", "tam-ngung")
    found = {state: names(client.get(LIST, {"tai_khoan": state})) for state in states}
    assert found == {
        "chua-dang-nhap": ["Nông Thị Ánh"], "dang-dung": ["Lê Đã Dùng"], "da-dong": ["Lê Đã Đóng"], "tam-ngung": []
    }  # fmt: skip


# --- Forms ----------------------------------------------------------------------------------------------


def seen_in(response) -> str:
    return re.search(r'name="seen" value="([^"]*)"', response.content.decode())[1]


def record(person, **changes) -> dict:
    return {
        "full_name": person.full_name,
        "staff_number": person.staff_number or "",
        "work_email": person.work_email,
        "phone": person.phone,
        "form_of_address": person.form_of_address,
    } | changes


def test_the_second_officer_is_told_what_the_first_changed(desk, province, north):
    address = reverse("people:change_person", args=[north.pk])
    client = desk(province.hr_all)
    token = seen_in(client.get(address))
    persons.change_person(north, actor=province.hr_north, phone="0100123456")
    answer = client.post(address, record(north, full_name="Nông Thị Ánh Nguyệt", seen=token))
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "0100123456" in text
    assert "Nông Thị Ánh Nguyệt" in text
    north.refresh_from_db()
    assert (north.full_name, north.phone) == ("Nông Thị Ánh", "0100123456")
    answer = client.post(address, record(north, full_name="Nông Thị Ánh Nguyệt", seen=seen_in(answer)))
    assert answer.status_code == 302
    north.refresh_from_db()
    assert (north.full_name, north.phone) == ("Nông Thị Ánh Nguyệt", "0100123456")


def test_control_without_the_token_the_first_change_would_be_lost(province, north):
    stale = Person.objects.get(pk=north.pk)
    persons.change_person(north, actor=province.hr_north, phone="0100123456")
    persons.change_person(stale, actor=province.hr_all, phone=stale.phone, full_name="Nông Thị Ánh Nguyệt")
    north.refresh_from_db()
    assert north.phone == ""


def test_a_form_sent_without_a_token_saves_nothing(desk, province, north):
    address = reverse("people:change_person", args=[north.pk])
    assert desk(province.hr_all).post(address, record(north, full_name="Khác")).status_code == 409
    north.refresh_from_db()
    assert north.full_name == "Nông Thị Ánh"


def step(posting, name: str) -> str:
    return reverse("people:posting_step", args=[posting.pk, name])


def test_a_step_shows_what_follows_and_waits_for_the_word(desk, province, north):
    posting = north.postings.get()
    client, day = desk(province.hr_all), timezone.localdate() + timedelta(days=9)
    data = {
        "on": day.isoformat(), "unit": province.south.pk, "position_title": "Chuyên viên", "is_manager": "",
        "position_group": "professional", "employment_type": "civil_servant",
        "seen": seen_in(client.get(step(posting, "dieu-dong"))),
    }  # fmt: skip
    shown = client.post(step(posting, "dieu-dong"), data)
    assert "Nothing is recorded yet." in shown.content.decode()
    assert str(province.south) in shown.content.decode()
    assert north.postings.count() == 1
    assert client.post(step(posting, "dieu-dong"), data | {"confirm": "1"}).status_code == 302
    assert north.postings.count() == 2


def test_a_step_is_not_taken_on_postings_that_have_changed(desk, province, north):
    posting = north.postings.get()
    client = desk(province.hr_all)
    token = seen_in(client.get(step(posting, "ket-thuc")))
    postings.change(posting, on=timezone.localdate(), actor=province.hr_north, grade="A1")
    data = {"on": (timezone.localdate() + timedelta(days=3)).isoformat(), "seen": token, "confirm": "1"}
    answer = client.post(step(posting, "ket-thuc"), data)
    assert "have changed since this form was opened" in answer.content.decode()
    assert Posting.objects.get(person=north, grade="A1").valid_to is None


def test_a_refusal_stands_beside_its_field(desk, province, north):
    posting = north.postings.get()
    client = desk(province.hr_all)
    token = seen_in(client.get(step(posting, "ket-thuc")))
    answer = client.post(step(posting, "ket-thuc"), {"on": "2020-01-01", "seen": token})
    assert answer.status_code == 422
    assert answer.context["form"].errors["on"]


def new_person(province, **changes) -> dict:
    return {
        "full_name": "Nông Thị Ánh", "unit": province.north.pk, "position_title": "Chuyên viên",
        "form_of_address": "formal", "position_group": "professional", "employment_type": "civil_servant",
        "since": timezone.localdate().isoformat(),
    } | changes  # fmt: skip


def test_a_namesake_is_asked_about_and_never_merged(desk, province, north):
    client = desk(province.hr_north)
    shown = client.post(ADD, new_person(province))
    assert north.staff_number in shown.content.decode()
    assert client.post(ADD, new_person(province, confirm="1")).status_code == 200  # unanswered
    assert Person.objects.filter(full_name="Nông Thị Ánh").count() == 1
    assert client.post(ADD, new_person(province, confirm="1", not_the_same="1")).status_code == 302
    added = Person.objects.get(full_name="Nông Thị Ánh", username="anhnt")
    assert not added.has_usable_password()
    assert added.postings.get().unit == province.north
    assert AuditEntry.objects.filter(action="person.created", subject_id=added.pk).exists()


def test_a_namesake_outside_the_scope_is_not_told_of(desk, province, south):
    shown = desk(province.hr_north).post(
        ADD, new_person(province, full_name="Dang Quang Bi Mat", birth_date="1985-03-05")
    )
    assert south.staff_number not in shown.content.decode()


def test_nobody_is_added_to_a_unit_outside_the_scope(desk, province):
    answer = desk(province.hr_north).post(ADD, new_person(province, unit=province.south.pk, confirm="1"))
    assert answer.status_code == 422
    assert province.south.name not in answer.content.decode()
    assert not Person.objects.filter(full_name="Nông Thị Ánh").exists()


def test_the_national_id_is_shown_masked_only_where_the_unit_keeps_it(desk, province, north):
    Unit.objects.filter(pk=province.north.pk).update(keeps_national_ids=True)
    persons.set_national_id(north, "099085123456", actor=province.hr_north)
    address = reverse("people:person", args=[north.pk])
    assert "••• 456" in desk(province.hr_north).get(address).content.decode()
    inspector = make.make_hr(province.north, "Đinh Hải Sơn", Role.INSPECTOR)
    assert "456" not in re.sub(
        r"<dt>Staff.*?</dd>", "", desk(inspector).get(address).content.decode().split("National ID")[1][:80]
    )
    elsewhere = make.make_person("Lê Ở Nam", province.south)
    persons.set_national_id(elsewhere, "099085123457", actor=province.hr_south)
    elsewhere.refresh_from_db()
    assert elsewhere.national_id_hash
    assert elsewhere.national_id_encrypted == ""


def test_an_account_is_closed_and_opened_after_asking(desk, province, north):
    client = desk(province.hr_north)
    for act, active in (("dong", False), ("mo", True)):
        address = reverse("people:account_act", args=[north.pk, act])
        assert client.get(address).status_code == 200
        north.refresh_from_db()
        assert north.is_active is not active
        assert client.post(address).status_code == 302
        north.refresh_from_db()
        assert north.is_active is active
