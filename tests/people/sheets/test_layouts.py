"""Lists as strangers make them: where the heading stands, what the rows are, which encoding the text has."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from openpyxl import Workbook as OpenpyxlBook

from people.domain import importing
from people.models import Person, Unit
from people.sheets.header import find_header
from people.sheets.refusal import FileRefused
from people.sheets.workbook import open_file
from people.sheets.zip_guard import inspect
from tests.people.sheets import books
from tests.people.sheets.conftest import codes

pytestmark = pytest.mark.django_db
NAMES = ("Nông Văn Thử", "Hà Thị Mẫu", "Ma Văn Ví Dụ")


def commune_list(sheet):
    """Quốc hiệu above, a heading of two rows with merged cells, sections, sums and signatures."""
    sheet.merge_range(0, 0, 0, 3, "UBND XÃ THƯỢNG SƠN")
    sheet.merge_range(0, 4, 0, 9, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    sheet.merge_range(1, 4, 1, 9, "Độc lập - Tự do - Hạnh phúc")
    sheet.merge_range(3, 0, 3, 9, "DANH SÁCH CÁN BỘ, CÔNG CHỨC, NGƯỜI LAO ĐỘNG NĂM 2026")
    for column, label in (
        (0, "STT"),
        (5, "Số hiệu CBCCVC"),
        (6, "Chức vụ"),
        (7, "Ngạch"),
        (8, "Đối tượng"),
        (9, "SĐT"),
    ):
        sheet.merge_range(5, column, 6, column, label)
    sheet.merge_range(5, 1, 5, 2, "Họ và tên")
    sheet.merge_range(5, 3, 5, 4, "Ngày, tháng, năm sinh")
    for column, label in ((1, "Họ đệm"), (2, "Tên"), (3, "Nam"), (4, "Nữ")):
        sheet.write(6, column, label)
    books.put(sheet, 7, [f"({number})" for number in range(1, 11)])
    sheet.merge_range(8, 0, 8, 9, "I. Phòng Văn hóa - Xã hội (02 người)")
    books.put(sheet, 9, [1, "Nông Văn", "Thử", "5/3/1985", None, "TS0001", "Trưởng phòng", "CVC", "CC", "0100.111.001"])
    books.put(sheet, 10, [2, "Hà Thị", "Mẫu", None, date(1990, 12, 1), "TS0002", None, "Chuyên viên", "CC", 100111002])
    books.put(sheet, 12, ["II", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"])
    books.put(sheet, 13, [3, "MA VĂN", "VÍ DỤ", "05/03/85", None, "TS0003", "Nhân viên", None, "NLĐ", None])
    books.put(sheet, 14, [None, "Tổng cộng: 03 người"])
    books.put(sheet, 16, [None, "Người lập biểu", None, None, None, None, "Thượng Sơn, ngày 05 tháng 01 năm 2026"])
    books.put(sheet, 17, [None, "(Ký, ghi rõ họ tên)", None, None, None, None, "CHỦ TỊCH"])
    books.put(sheet, 20, [None, "Vũ Mạnh Hùng", None, None, None, None, "Ma Thị Hòa"])


def test_a_commune_list_with_everything_around_the_table(staged, cast):
    taken = staged(books.workbook(("Danh sách", commune_list)), accept_lost_zeros=True)
    rows = {row.number: row for row in taken.rows.all()}
    assert sorted(rows) == [10, 11, 14], "sections, sums, numbering and signatures are no people"
    assert all(row.kind == "create" for row in rows.values()), [(row.number, row.problems) for row in rows.values()]
    importing.confirm(taken, actor=None)
    thu, mau, vidu = (Person.objects.get(staff_number=f"TS000{number}") for number in (1, 2, 3))
    assert (thu.full_name, thu.birth_date, thu.gender, thu.phone) == (
        "Nông Văn Thử", date(1985, 3, 5), "male", "0100111001",
    )  # fmt: skip
    assert (mau.gender, mau.birth_date, mau.phone) == ("female", date(1990, 12, 1), "0100111002")
    assert (vidu.full_name, vidu.birth_date) == ("Ma Văn Ví Dụ", date(1985, 3, 5))
    assert [person.postings.get().unit.code for person in (thu, mau, vidu)] == [
        "LG-TS-VHXH", "LG-TS-VHXH", "LG-TS-PVHCC",
    ]  # fmt: skip
    assert mau.postings.get().position_title == "Chuyên viên"
    assert thu.postings.get().is_manager
    [layout] = taken.layout
    assert (layout["heading_row"], layout["skipped"]["section"], layout["skipped"]["sum"]) == (6, 2, 1)
    assert layout["skipped"]["signature"] >= 3


def test_a_merged_unit_counts_for_all_its_rows(staged):
    def write(sheet):
        books.table([books.person(number, name) for number, name in ((1, "Nông Văn Thử"), (2, "Hà Thị Mẫu"))])(sheet)
        sheet.merge_range(1, 6, 2, 6, "Phòng VH-XH")

    taken = staged(books.workbook(("A", write)))
    assert set(taken.rows.values_list("unit__code", flat=True)) == {"LG-TS-VHXH"}


def test_columns_in_any_order_without_marks(staged):
    heading = ("So hieu cbccvc", "EMAIL", "don vi cong tac", "HO VA TEN", "chuc vu", "Loai cb")
    row = ("TS0001", "thu@lamgiang.example", "ubnd xa thuong son", "Nông Văn Thử", "Văn thư", "cc")
    taken = staged(books.plain([row], heading))
    found = taken.rows.get()
    assert (found.kind, found.staff_number, found.unit.code, found.position_group) == (
        "create", "TS0001", "LG-TS", "support",
    )  # fmt: skip


def text_list(separator=","):
    lines = [
        ("STT", "Họ và tên", "Ngày sinh", "Số hiệu", "Đơn vị", "Chức vụ", "Loại"),
        ("1", "Nguyễn Thị Thử Nghiệm", "5/3/1985", "TS0001", "UBND xã Thượng Sơn", "Chuyên viên", "CC"),
        ("2", "Đặng Văn Ưởng", "1/12/1990", "TS0002", "UBND xã Thượng Sơn", "Chuyên viên", "CC"),
    ]
    return "".join(separator.join(line) + "\r\n" for line in lines)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_in_any_usual_encoding_and_separator(encoding, separator, staged):
    text = text_list(separator)
    if encoding == "cp1258":
        text = combining_tones(text)
    taken = staged(text.encode(encoding), name="danh-sach.csv")
    assert list(taken.rows.values_list("full_name", "kind")) == [
        ("Nguyễn Thị Thử Nghiệm", "create"), ("Đặng Văn Ưởng", "create"),
    ]  # fmt: skip


def combining_tones(text: str) -> str:
    """As the old code page writes it: letters of the alphabet, tones as marks after them."""
    import unicodedata

    tones = "\u0300\u0301\u0303\u0309\u0323"
    found = []
    for char in unicodedata.normalize("NFC", text):
        marks = [mark for mark in unicodedata.normalize("NFD", char) if mark in tones]
        bare = unicodedata.normalize("NFC", "".join(m for m in unicodedata.normalize("NFD", char) if m not in tones))
        found.append(bare + "".join(marks))
    return "".join(found)


def test_line_breaks_inside_quotes_stay_in_their_cells(staged):
    """As Excel saves a heading that was wrapped."""
    text = (
        '"Họ và\ntên";"Số\nhiệu";"Đơn\nvị";"Ghi\nchú"\n'
        '"Nông Văn\nThử";TS0001;"UBND xã\nThượng Sơn";"a; b\nc"\nHà Thị Mẫu;TS0002;"UBND xã ""Thượng Sơn""";\n'
    )
    taken = staged(text.encode("utf-8-sig"), name="danh-sach.csv")
    assert list(taken.rows.values_list("full_name", "staff_number", "unit__code")) == [
        ("Nông Văn Thử", "TS0001", "LG-TS"), ("Hà Thị Mẫu", "TS0002", "LG-TS"),
    ]  # fmt: skip


def test_two_sheets_are_chosen_from_and_a_hidden_one_is_left_out(cast, scope):
    content = books.workbook(
        ("Phòng A", books.table([books.person(1, "Nông Văn Thử")])),
        ("Phòng B", books.table([books.person(2, "Hà Thị Mẫu")])),
        ("Cũ", books.table([books.person(3, "Ma Văn Ví Dụ")])),
        hidden=("Cũ",),
    )
    taken = importing.upload(content, "a.xlsx", actor=cast["hung"], unit=scope, effective_on=date(2026, 3, 2))
    assert (taken.state, taken.sheets) == ("choosing", ["Phòng A", "Phòng B"])
    importing.choose_sheets(taken, ["Phòng B"])
    importing.stage(taken.pk)
    taken.refresh_from_db()
    assert list(taken.rows.values_list("sheet", "full_name")) == [("Phòng B", "Hà Thị Mẫu")]


def test_a_formula_counts_with_its_stored_result_and_is_told_without_one(staged):
    book = OpenpyxlBook()
    book.active.append(list(books.COMMUNE_HEADING))
    book.active.append(
        [1, "Nông Văn Thử", date(1985, 3, 5), "Nam", "", '="TS"&"0001"', "", "Chuyên viên", "CC", "", ""]
    )
    buffer = BytesIO()
    book.save(buffer)
    row = staged(buffer.getvalue()).rows.get()
    assert row.kind == "refused"
    assert codes(row) == {"formula_without_value"}

    def with_result(sheet):
        books.table([books.person(1, "Nông Văn Thử")])(sheet)
        sheet.write_formula(1, 5, '="TS"&"0001"', None, "TS0001")

    assert staged(books.workbook(("A", with_result))).rows.get().staff_number == "TS0001"


def test_an_error_of_excel_is_told_at_its_cell(staged):
    def write(sheet):
        books.table([books.person(1, "Nông Văn Thử")])(sheet)
        sheet.write_formula(1, 5, "=NA()", None, "#N/A")

    assert ["cell_error", "staff_number", {"found": "#N/A"}] in staged(books.workbook(("A", write))).rows.get().problems


def packed(*names: str) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"%PDF-1.7", "file_kind"),
        (b"PK\x03\x04 broken", "file_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "file_damaged"),
        (b"<html><table><tr><td>STT", "file_is_html"),
        (b"a,b\n1,2\n", "no_header"),
        ("Họ và tên,Số hiệu\n".encode(), "no_rows"),
        (b"x" * (20 * 1024 * 1024 + 1), "file_too_large"),
        (b"x", "no_header"),
        (packed("[Content_Types].xml", "word/document.xml"), "file_other_office"),
        (packed("danh-sach.xlsx"), "file_archive"),
        ('Họ và tên,Số hiệu,Đơn vị\n"Nông Văn Thử,TS1,A\nHà Thị Mẫu,TS2,A\n'.encode(), "quote_open"),
        ('Họ và tên,Số hiệu,Đơn vị\n"Nông Văn Thử,TS1,A\nHà Thị Mẫu,"TS2",A\nMa Văn,TS3,A\n'.encode(), "quote_open"),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(content, code, cast, scope):
    with pytest.raises(FileRefused) as refusal:
        taken = importing.upload(content, "a.xlsx", actor=cast["hung"], unit=scope, effective_on=date(2026, 3, 2))
        importing.stage(taken.pk)
        taken.refresh_from_db()
        raise FileRefused(taken.problem["code"], **taken.problem["params"])
    assert refusal.value.code == code
    assert "{" not in str(refusal.value)


def test_a_workbook_that_unpacks_to_gigabytes_is_not_opened(monkeypatch):
    from people.sheets import zip_guard

    content = books.plain([books.person(1, "Nông Văn Thử")])
    inspect(content)
    monkeypatch.setattr(zip_guard, "MAX_UNPACKED_BYTES", 5000)
    with pytest.raises(FileRefused, match=r"file_bomb|unpack|giải nén"):
        inspect(content)


def test_a_cell_in_the_last_corner_does_not_cost_the_memory_of_the_rectangle():
    def write(sheet):
        sheet.write(0, 0, "Họ và tên")
        sheet.write(1_048_575, 16_383, "x")

    with pytest.raises(FileRefused) as refusal:
        open_file(books.workbook(("A", write)))
    assert refusal.value.code == "sheet_too_wide"


def test_more_rows_than_allowed_are_refused(staged, monkeypatch):
    from people.sheets import body

    monkeypatch.setattr(body, "MAX_ROWS", 2)
    taken = staged(books.plain([books.person(number, "Nông Văn Thử") for number in (1, 2, 3)]))
    assert (taken.state, taken.problem["code"]) == ("refused", "too_many_rows")
    assert not taken.rows.exists()


def test_the_agency_in_the_title_says_whose_divisions_are_meant(staged, cast):
    """“Phòng Kinh tế” stands in every commune; the title tells which."""
    from people.domain import units

    province = Unit.objects.get(code="LG")
    for code, parent in (("A-KT", "LG-TS"), ("B-KT", "LG-KL")):
        units.create_unit(code, "Phòng Kinh tế", parent=Unit.objects.get(code=parent), active_from=date(2025, 7, 1))

    def write(title):
        def fill(sheet):
            sheet.write(0, 0, title)
            heading = [label.replace("Đơn vị", "Phòng, ban") for label in books.COMMUNE_HEADING]
            books.table([books.person(1, "Nông Văn Thử", unit="Phòng Kinh tế")], heading, first=2)(sheet)

        return fill

    def unit_of(title):
        row = staged(books.workbook(("A", write(title))), actor=None, unit=province).rows.get()
        return row.unit.code if row.unit else codes(row)

    assert unit_of("UBND XÃ THƯỢNG SƠN") == "A-KT"
    assert unit_of("UBND PHƯỜNG KHE LUÔNG") == "B-KT"
    assert unit_of("DANH SÁCH") == {"unit_ambiguous"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phòng Kinh tế, UBND xã Thượng Sơn", "A-KT"),
        ("UBND xã Thượng Sơn - Phòng Kinh tế", "A-KT"),
        ("Phòng Kinh tế (xã Thượng Sơn)", "A-KT"),
        ("Phòng KT trực thuộc xã Thượng Sơn", "A-KT"),
        ("Phòng Kinh tế - UBND xã Thượng Sơn - Tỉnh Lam Giang", "A-KT"),
        ("UBND xã Thượng Sơn/Phòng Văn hóa - Xã hội", "LG-TS-VHXH"),
        ("Phòng Kinh tế, UBND phường Khe Luông", {"unit_outside_scope"}),
        ("Phòng Kinh tế, Phòng Văn hóa - Xã hội", {"unit_unknown"}),
        ("UBND xã Thượng Sơn - Kho lưu trữ", {"unit_unknown"}),
        ("(), /", {"unit_unknown"}),
    ],
)
def test_part_and_whole_in_one_cell(staged, text, expected):
    """So the site itself names units that many communes have."""
    from people.domain import units

    for code, parent in (("A-KT", "LG-TS"), ("B-KT", "LG-KL")):
        units.create_unit(code, "Phòng Kinh tế", parent=Unit.objects.get(code=parent), active_from=date(2025, 7, 1))
    row = staged(books.plain([books.person(1, "Nông Văn Thử", unit=text)])).rows.get()
    assert (row.unit.code if row.unit else codes(row)) == expected


@pytest.mark.parametrize("is_merged", [True, False])
def test_one_heading_over_family_and_given_name(staged, is_merged):
    """“Họ và tên” over two columns, without “Họ đệm” and “Tên” below: the given name must not be lost."""

    def write(sheet):
        heading = ["STT", "Họ và tên", None, "Số hiệu", "Đơn vị"]
        people = [("Nông Văn", "Thử"), ("Hà Thị", "Mẫu"), ("Ma Văn Ví", "Dụ"), ("K'Brăk", None)]
        rows = [[n, *name, f"TS{n}", "UBND xã Thượng Sơn"] for n, name in enumerate(people, start=1)]
        books.table(rows, heading)(sheet)
        if is_merged:
            sheet.merge_range(0, 1, 0, 2, "Họ và tên")

    taken = staged(books.workbook(("A", write)))
    assert list(taken.rows.values_list("full_name", flat=True)) == [
        "Nông Văn Thử", "Hà Thị Mẫu", "Ma Văn Ví Dụ", "K'Brăk",
    ]  # fmt: skip


@pytest.mark.parametrize("beside", [("Nam", "Nữ", "Nam"), ("x", "", "x"), ("", "", ""), (1, 2, 3)])
def test_what_stands_beside_the_names_is_not_taken_for_given_names(staged, beside):
    rows = [(name, more, f"TS{n}") for n, (name, more) in enumerate(zip(NAMES, beside, strict=True))]
    taken = staged(books.plain(rows, ("Họ và tên", None, "Số hiệu")))
    assert list(taken.rows.values_list("full_name", flat=True)) == list(NAMES)


def test_a_heading_that_stands_twice_is_told(staged, signed_in):
    taken = staged(
        books.plain([(*books.person(1, NAMES[0]), "Phòng Văn hóa - Xã hội")], (*books.COMMUNE_HEADING, "Đơn vị"))
    )
    assert (taken.layout[0]["repeated"], taken.layout[0]["unused"]) == (["Đơn vị"], [])
    page = signed_in("hung").get(reverse("people:import", args=[taken.pk]))
    assert "“Đơn vị”" in page.context["repeated"]


def test_what_is_behind_a_dash_is_no_name(staged):
    names = ("Nông Văn Thử - PCT", "K'Brăk Liêng-Hót", "Y-Ngông Niê", "Lê V. Thử")
    taken = staged(books.plain([books.person(number, name) for number, name in enumerate(names, start=1)]))
    assert [row.kind for row in taken.rows.all()] == ["refused", "create", "create", "create"]
    assert codes(taken.rows.first()) == {"name_characters"}


def test_a_heading_is_found_below_other_tables_rows():
    def write(sheet):
        books.put(sheet, 0, ["Kính gửi: Sở Nội vụ"])
        books.put(sheet, 1, ["Số: 12/BC", None, "ngày 5 tháng 3"])
        books.table([books.person(1, "Nông Văn Thử")], first=4)(sheet)

    header = find_header(open_file(books.workbook(("A", write)))[1][0])
    assert (header.first, header.end) == (4, 5)
