"""The pages of the HR desk: what is seen, by whom, and with how many queries."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.domain import importing
from people.enums import ImportState
from people.models import PeopleImport, Person
from tests.people.sheets import books

pytestmark = pytest.mark.django_db
NAMES = ("", "Nông Văn Thử", "Hà Thị Mẫu", "Ma Văn Ví Dụ", "Bế Thị Minh Họa")


@pytest.fixture
def hung(signed_in):
    return signed_in("hung")


def upload(client, content, unit, name="danh-sach.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("people:new_import"), {"file": file, "unit": unit.pk, "effective_on": "2026-03-02"})


def several(count: int):
    return books.plain([books.person(number, NAMES[number]) for number in range(1, count + 1)])


def test_from_upload_to_undoing_without_a_script(hung, scope):
    answer = upload(hung, several(2), scope)
    taken = PeopleImport.objects.get()
    page = reverse("people:import", args=[taken.pk])
    assert answer.url == page
    waiting = hung.get(page).content.decode()
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert hung.get(reverse("people:import_progress", args=[taken.pk])).json()["is_done"] is False
    importing.stage(taken.pk)
    preview = hung.get(page).content.decode()
    assert NAMES[1] in preview
    assert reverse("people:import_confirm", args=[taken.pk]) in preview
    hung.post(reverse("people:import_confirm", args=[taken.pk]))
    assert Person.objects.filter(staff_number="TS0002").exists()
    assert hung.get(reverse("people:import_undo", args=[taken.pk])).status_code == 200
    assert Person.objects.filter(staff_number="TS0002").exists(), "looking changes nothing"
    hung.post(reverse("people:import_undo", args=[taken.pk]))
    assert not Person.objects.filter(staff_number="TS0002").exists()
    taken.refresh_from_db()
    assert taken.state == ImportState.UNDONE
    assert hung.get(page).status_code == 200


def test_other_officers_do_not_find_it(staged, signed_in):
    taken = staged(several(1))
    client = signed_in("binh")
    row = taken.rows.get()
    for name, extra, method in (
        ("import", (), "get"), ("import_progress", (), "get"), ("import_result", (), "get"), ("import_undo", (), "get"),
        ("import_confirm", (), "post"), ("import_discard", (), "post"), ("import_sheets", (), "post"),
        ("import_read_again", (), "post"), ("import_units", (), "post"), ("import_decide", (row.pk,), "post"),
    ):  # fmt: skip
        assert getattr(client, method)(reverse(f"people:{name}", args=[taken.pk, *extra])).status_code == 404, name
    assert "danh-sach.xlsx" not in client.get(reverse("people:imports")).content.decode()
    taken.refresh_from_db()
    assert taken.state == ImportState.READY


@pytest.mark.parametrize("who", ["lan", "mai", "son"])
def test_only_those_who_keep_records_come_in(who, signed_in):
    client = signed_in(who)
    for name in ("imports", "new_import", "import_template", "import_export_xlsx", "import_export_csv"):
        assert client.get(reverse(f"people:{name}")).status_code == 403


def test_a_unit_outside_the_scope_cannot_be_chosen(hung, cast):
    from people.models import Unit

    answer = upload(hung, several(1), Unit.objects.get(code="LG-KL"))
    assert answer.status_code == 422
    assert not PeopleImport.objects.exists()


def test_a_refused_file_is_told_at_the_field(hung, scope):
    answer = upload(hung, b"%PDF-1.7 nothing", scope, "a.pdf")
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_preview_asks_a_constant_number_of_queries(rows, staged, signed_in, django_assert_num_queries):
    first = staged(several(3))
    importing.confirm(first, actor=None)
    changed = [books.person(number, NAMES[number], phone=f"0100 77{number} 000") for number in range(1, rows + 1)]
    changed += [
        books.person(number, NAMES[number], staff_number="", national_id="", work_email="", phone="")
        for number in range(1, rows + 1)
    ]
    taken = staged(books.plain(changed))
    assert taken.counts["change"] == rows
    assert taken.counts["doubtful"] == rows
    client = signed_in("hung")
    page = reverse("people:import", args=[taken.pk])
    client.get(page)
    with django_assert_num_queries(QUERIES_OF_A_PREVIEW):
        client.get(page)


QUERIES_OF_A_PREVIEW = 6


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_imports_asks_a_constant_number_of_queries(count, staged, signed_in, django_assert_num_queries):
    for _number in range(count):
        staged(several(1))
    client = signed_in("hung")
    client.get(reverse("people:imports"))
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        client.get(reverse("people:imports"))


QUERIES_OF_THE_LIST = 3


def test_refused_rows_are_told_in_groups(hung, staged, django_assert_num_queries):
    """One fault on many rows is one thing to correct; names of units are asked about beside."""

    def rows(count):
        letters = [books.person(number, NAMES[1], work_email="không phải thư") for number in range(1, count + 1)]
        other = [books.person(number, NAMES[2], unit="UBND phường Khe Luông") for number in range(40, 43)]
        days = [books.person(number, NAMES[3], birth_date=f"{number}/02/1980") for number in (31, 30)]
        asked = [books.person(60, NAMES[4], unit="UBND huyện Cũ")]
        return books.plain([*letters, *other, *days, *asked, books.person(50, NAMES[4])])

    page = reverse("people:import", args=[staged(rows(4)).pk])
    hung.get(page)
    with CaptureQueriesContext(connection) as few:
        findings = hung.get(page).context["findings"]
    queries = len(few)
    assert [(finding.count, finding.label, finding.is_example) for finding in findings] == [
        ("4", "Thư điện tử công vụ", False), ("3", "Đơn vị", False), ("2", "Ngày sinh", True),
    ]  # fmt: skip
    assert "Khe Luông" in findings[1].message
    shown = [hung.get(f"{page}?{finding.address}") for finding in findings]
    assert [{row.row.full_name for row, _answers in answer.context["rows"]} for answer in shown] == [
        {NAMES[1]}, {NAMES[2]}, {NAMES[3]},
    ]  # fmt: skip
    assert [finding.is_current for finding in shown[1].context["findings"]] == [False, True, False]
    found = hung.get(f"{page}?{findings[2].address}&q=30")
    assert [row.row.staff_number or row.row.cells["staff_number"] for row, _a in found.context["rows"]] == []
    nonsense = hung.get(f"{page}?vi_sao=' OR 1=1&noi_dung=x")
    assert len(nonsense.context["rows"]) == 11
    more = reverse("people:import", args=[staged(rows(12)).pk])
    with django_assert_num_queries(queries):
        hung.get(more)


def test_a_few_refused_rows_need_no_summary(hung, staged):
    taken = staged(books.plain([books.person(1, NAMES[1], unit="Phòng Thử nghiệm")]))
    assert hung.get(reverse("people:import", args=[taken.pk])).context["findings"] == []
