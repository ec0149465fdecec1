"""What goes out: the list with its errors, exports, and the commands."""

import json
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from people.domain import importing
from people.domain.importing.exporting import people_table
from people.domain.importing.reporting import result_workbook
from people.models import PeopleImport, Person, Posting, Unit
from people.sheets import report
from shared.tables import to_csv, to_xlsx
from tests.people.sheets import books

pytestmark = pytest.mark.django_db


def faulty():
    return books.plain(
        [
            books.person(1, "Nông Văn Thử"),
            books.person(2, '=HYPERLINK("http://x.example","Bấm vào")'),
            books.person(3, "Hà Thị Mẫu", birth_date="31/02/1980"),
        ]
    )


@pytest.mark.parametrize("keeps_its_look", [True, False])
def test_the_list_comes_back_with_its_errors(keeps_its_look, staged, monkeypatch):
    if not keeps_its_look:
        monkeypatch.setattr(report, "KEEP_LOOK_UP_TO_ROWS", 0)
    sheet = load_workbook(BytesIO(result_workbook(staged(faulty())))).active
    assert [sheet.cell(1, column).value for column in (12, 13)] == ["Kết quả", "Lỗi"]
    assert sheet.cell(2, 13).value in (None, "")
    assert sheet.cell(4, 13).value
    name = sheet.cell(3, 2)
    assert (name.data_type, name.value[:10]) == ("s", "=HYPERLINK"), "text stays text"
    assert sheet.cell(4, 3).fill.start_color.rgb.endswith("FBEAE6"), "the faulty cell is marked"


def test_a_corrected_list_can_be_sent_in_again(staged):
    once = result_workbook(staged(faulty()))
    taken = staged(once)
    assert taken.counts["total"] == 3
    sheet = load_workbook(BytesIO(result_workbook(taken))).active
    assert sheet.max_column == 13, "the two columns are filled anew, not added again"


@pytest.mark.parametrize("write", [lambda table: to_xlsx(table), lambda table: b"".join(to_csv(table))])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_exported_and_imported_again_nothing_changes(write, language, staged, cast):
    from django.utils import translation

    person = Person.objects.get(username="lan")
    Posting.objects.filter(person=person).update(position_title="-Công chức", grade="=ngạch", job_title="@x")
    Person.objects.filter(username="minh").update(staff_number=None, work_email="")
    with translation.override(language):
        content = write(people_table(Unit.objects.all()))
    taken = staged(content, actor=None, unit=None)
    assert taken.counts["unchanged"] == taken.counts["total"] == len(cast), [
        (row.number, row.kind, row.changes, row.problems) for row in taken.rows.exclude(kind="unchanged")
    ]


def test_exports_hold_no_formula(cast):
    person = Person.objects.get(username="lan")
    Person.objects.filter(pk=person.pk).update(full_name="=1+1")
    sheet = load_workbook(BytesIO(to_xlsx(people_table(Unit.objects.all())))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=1+1" for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)
    assert "'=1+1" in b"".join(to_csv(people_table(Unit.objects.all()))).decode()


def run(tmp_path, content, *arguments):
    """(JSON, what was printed, the error or None)."""
    path, out = tmp_path / "danh-sach.xlsx", tmp_path / "out.json"
    path.write_bytes(content)
    said, error = StringIO(), None
    try:
        call_command("import_people", str(path), "--json", str(out), *arguments, stdout=said)
    except CommandError as fault:
        error = fault
    return json.loads(out.read_text()), said.getvalue(), error


def test_the_command_imports_what_can_be_and_reports_the_rest(cast, tmp_path):
    found, said, error = run(tmp_path, faulty(), "--unit", "LG-TS", "--report", str(tmp_path / "r.xlsx"))
    assert error is None
    assert found["accepted"]
    assert found["applied"]
    assert found["rows"] == {
        "total": 3, "create": 1, "change": 0, "move": 0, "unchanged": 0, "doubtful": 0, "refused": 2,
    }  # fmt: skip
    assert {(problem["row"], problem["column"], problem["code"]) for problem in found["problems"]} == {
        (3, "full_name", "name_characters"), (4, "birth_date", "birth_date_impossible"),
    }  # fmt: skip
    assert PeopleImport.objects.get().pk == found["import_id"]
    assert load_workbook(tmp_path / "r.xlsx").active.cell(1, 13).value == "Lỗi"
    assert "birth_date_impossible" in said
    assert Person.objects.filter(staff_number="TS0001").exists()


def test_a_dry_run_changes_nothing_and_keeps_nothing(cast, tmp_path):
    found, _said, error = run(tmp_path, faulty(), "--dry-run")
    assert (error, found["applied"]) == (None, False)
    assert not Person.objects.filter(staff_number="TS0001").exists()
    taken = PeopleImport.objects.get()
    assert (taken.state, taken.file, taken.rows.count()) == ("discarded", "", 0)


def test_all_or_nothing(cast, tmp_path):
    found, _said, error = run(tmp_path, faulty(), "--all-or-nothing")
    assert error is not None
    assert not found["applied"]
    assert not Person.objects.filter(staff_number="TS0001").exists()


def test_a_file_that_is_no_list_is_refused(cast, tmp_path):
    found, _said, error = run(tmp_path, b"%PDF-1.7")
    assert error is not None
    assert (found["accepted"], found["problems"][0]["code"]) == (False, "file_kind")


def test_the_command_has_the_rights_of_its_actor(cast, tmp_path):
    assert run(tmp_path, faulty(), "--actor", "hung", "--unit", "LG-KL")[2] is not None
    found, _said, error = run(tmp_path, faulty(), "--actor", "hung", "--unit", "LG-TS", "--effective", "2026-02-01")
    assert error is None
    assert Person.objects.get(staff_number="TS0001").postings.get().valid_from.isoformat() == "2026-02-01"
    assert PeopleImport.objects.get(pk=found["import_id"]).created_by.username == "hung"


def test_the_uploaded_file_lies_encrypted(staged, settings):
    from django.core.files.storage import storages

    taken = staged(books.plain([books.person(1, "Nông Văn Thử")]))
    with storages["private"].open(taken.file) as file:
        assert not file.read().startswith(b"PK")


def test_people_can_be_exported_from_the_command_line(cast, tmp_path):
    path = tmp_path / "ra.csv"
    call_command("export_people", str(path), "--unit", "LG-TS", stdout=StringIO())
    text = path.read_text("utf-8-sig")
    assert "Nông Thị Lan" in text
    assert "Đặng Quang Minh" not in text


def test_old_imports_are_forgotten_but_not_that_they_were(staged):
    from django.utils import timezone

    taken = staged(books.plain([books.person(1, "Nông Văn Thử")]))
    importing.confirm(taken, actor=None)
    assert importing.forget_closed_before(timezone.now() - timezone.timedelta(days=30)) == 0
    assert importing.forget_closed_before(timezone.now() + timezone.timedelta(days=1)) == 1
    taken.refresh_from_db()
    assert (taken.file, taken.rows.count(), taken.counts["create"]) == ("", 0, 1)
