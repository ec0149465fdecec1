"""The five reports: right as of any day, and the same in all their five forms, cell by cell."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from docx import Document
from python_calamine import CalamineWorkbook

from courses.domain import exemptions
from courses.enums import ExemptionKind
from courses.models import Obligation, ObligationReason
from people.domain.units import rename_unit
from people.enums import EmploymentType, Gender, Role
from people.models import AuditEntry, Posting, Unit
from reports.documents import kinds
from reports.documents.asking import Question
from reports.documents.columns import columns_of
from reports.documents.kinds import ReportKind
from reports.documents.lines import bands, by_audience, by_course, by_grade, by_unit
from reports.documents.paper import paper_of
from reports.documents.signing import HEAD_OF_AGENCY, signer_of
from tests.reports import factories as make
from tests.reports.papers import body_of, of_csv, of_docx, of_page, of_xlsx, text_of_pdf

KINDS = list(ReportKind.values)


@pytest.fixture
def viewer(province):
    return make.make_hr(province.root)


@pytest.fixture
def learning(province):
    """Sixty people of all kinds and states, two courses of which one shows its scores."""
    second = make.make_course("Kỹ năng số ứng dụng", ("everyone", "managers"))
    province.course.shows_scores = True
    province.course.save()
    kinds, genders = list(EmploymentType), [Gender.FEMALE, Gender.MALE, ""]
    places = (province.root, province.home_affairs, province.one_stop, province.construction)
    for number in range(60):
        person = make.make_person(
            f"Nguyễn Thị {['Ánh', 'Ân', 'Đức', 'Ẩn'][number % 4]}",
            places[number % 4],
            is_manager=number % 5 == 0,
            employment_type=kinds[number % 3],
        )
        person.gender = genders[number % 3]
        person.save()
    make.assign(province.course, province.root, make.in_days(-3))
    make.assign(second, province.home_affairs, make.in_days(9))
    for number, person in enumerate(Posting.objects.order_by("pk").select_related("person")):
        if number % 3 == 0:
            points = Decimal(number % 11) if number % 2 else None
            make.complete(person.person, province.course, make.today(), score=points, max_points=points and 10)
        elif number % 3 == 1:
            make.begin(person.person, province.course, done=1)
    backdate()
    return second


def backdate(days: int = 40) -> None:
    """Rules ask from today on; the tests look at days before."""
    since = make.in_days(-days)
    ObligationReason.objects.update(since=since)
    Obligation.objects.update(obliged_from=since)


def ask(viewer, kind=ReportKind.BY_UNIT, *, day=None, unit=None, course=None) -> Question:
    return Question.of(viewer, kind, day=day or make.today(), unit=unit and unit.pk, course=course and course.pk)


def every_page(desk, viewer, kind, **asked) -> list[list[str]]:
    rows, page = [], 1
    while True:
        response = desk(viewer, f"bao-cao/{kind}/", trang=page, **asked)
        rows += of_page(response)
        if 'rel="next"' not in response.content.decode():
            return rows
        page += 1


# --- one paper, five forms -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("narrowed", [False, True])
def test_the_five_forms_say_the_same_cell_by_cell(desk, province, viewer, learning, kind, narrowed):
    asked = {"don_vi": province.home_affairs.pk, "khoa_hoc": province.course.pk} if narrowed else {}
    shown = every_page(desk, viewer, kind, **asked)
    assert len(shown) > 1
    question = Question.of(viewer, kind, day=make.today(), unit=asked.get("don_vi"), course=asked.get("khoa_hoc"))
    columns = columns_of(question, bands())
    files = {
        name: body_of(desk(viewer, f"bao-cao/{kind}/tep.{name}", **asked)) for name in ("xlsx", "csv", "docx", "pdf")
    }
    assert of_xlsx(files["xlsx"], columns) == shown
    assert of_csv(files["csv"], columns) == shown
    assert of_docx(files["docx"]) == shown
    words = text_of_pdf(files["pdf"])
    # A cell may be broken over lines: its words stand there, each where the one before it ended.
    for row in shown:
        for cell in row:
            assert all(part in words for part in cell.split()), cell
    for part in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "NGƯỜI LẬP BIỂU"):
        assert part in words


def test_the_pdf_has_the_rows_in_order(desk, province, viewer, learning):
    """Of a narrow table without broken cells, the whole line as it stands."""
    shown = every_page(desk, viewer, ReportKind.BY_COURSE.value)
    words = text_of_pdf(body_of(desk(viewer, "bao-cao/theo-khoa-hoc/tep.pdf")))
    places = [words.index(" ".join(cell for cell in row[2:] if cell)) for row in shown]
    assert places == sorted(places)


def test_a_paper_has_the_form_of_official_documents(desk, province, viewer, learning):
    content = body_of(desk(viewer, "bao-cao/theo-khoa-hoc/tep.docx", don_vi=province.home_affairs.pk))
    document = Document(BytesIO(content))
    section = document.sections[0]
    assert [round(side.mm) for side in (section.left_margin, section.right_margin, section.top_margin)] == [30, 15, 20]
    assert {round(section.page_width.mm), round(section.page_height.mm)} == {210, 297}
    assert document.styles["Normal"].font.name == "Times New Roman"
    head = "\n".join(cell.text for cell in document.tables[0].rows[0].cells)
    for text in ("TỈNH LAM GIANG", "SỞ NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số:"):
        assert text in head
    body = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert f"Số liệu đến ngày {make.today():%d/%m/%Y}" in body
    assert "TỔNG HỢP KẾT QUẢ HỌC TẬP THEO KHÓA HỌC" in body
    assert "w:tblHeader" in document.tables[1]._tbl.xml


def test_no_cell_is_a_formula(desk, province, viewer):
    evil = '=HYPERLINK("http://example.test","An")'
    make.make_person(evil, province.home_affairs, position_title="+SUM(A1)")
    make.assign(province.course, province.root, make.in_days(5))
    workbook = body_of(desk(viewer, "bao-cao/danh-sach/tep.xlsx"))
    with ZipFile(BytesIO(workbook)) as file:
        assert "<f>" not in file.read("xl/worksheets/sheet1.xml").decode()
    line = body_of(desk(viewer, "bao-cao/danh-sach/tep.csv")).decode("utf-8-sig").splitlines()[1]
    assert "\"'=HYPERLINK" in line
    assert "'+SUM(A1)" in line
    assert of_docx(body_of(desk(viewer, "bao-cao/danh-sach/tep.docx")))[0][1] == evil


def test_markup_in_names_stays_a_name(desk, province, viewer):
    make.make_person("Lê <b>&amp; #strong[An]", province.home_affairs)
    make.assign(province.course, province.root, make.in_days(5))
    assert of_docx(body_of(desk(viewer, "bao-cao/danh-sach/tep.docx")))[0][1] == "Lê <b>&amp; #strong[An]"
    assert "#strong[An]" in text_of_pdf(body_of(desk(viewer, "bao-cao/danh-sach/tep.pdf")))
    assert of_page(desk(viewer, "bao-cao/danh-sach/"))[0][1] == "Lê <b>&amp; #strong[An]"


def test_the_paper_is_vietnamese_for_english_readers(desk, province, viewer, learning):
    text = desk(viewer, "bao-cao/theo-don-vi/").content.decode()
    with translation.override("vi"):
        label = str(columns_of(ask(viewer), [])[2].label)
    assert label in text
    assert "As of" in text


def test_each_file_stands_in_the_log_once(desk, province, viewer, learning):
    desk(viewer, "bao-cao/danh-sach/tep.csv", don_vi=province.one_stop.pk)
    entry = AuditEntry.objects.get(action="exported.report")
    assert entry.actor == viewer
    assert entry.details["report"] == "danh-sach"
    assert entry.details["filters"]["don_vi"] == str(province.one_stop.pk)


# --- as of a day ---------------------------------------------------------------------------------------------------


def numbers(viewer, day=None, unit=None) -> tuple[int, int, int]:
    """Assigned, completed and overdue in sum."""
    lines = by_unit(ask(viewer, day=day, unit=unit))
    if not lines:
        return 0, 0, 0
    total = lines[-1].numbers
    return total.obliged, total.fulfilled, total.late


def test_what_was_completed_later_does_not_count_yet(province, viewer):
    person = make.make_person("Lê Văn An", province.home_affairs)
    make.assign(province.course, province.root, make.in_days(-10))
    make.complete(person, province.course, make.in_days(-5))
    backdate()
    assert numbers(viewer) == (1, 1, 0)
    assert numbers(viewer, make.in_days(-5)) == (1, 1, 0)
    assert numbers(viewer, make.in_days(-6)) == (1, 0, 1)
    assert numbers(viewer, make.in_days(-10)) == (1, 0, 0)
    assert numbers(viewer, make.in_days(-41)) == (0, 0, 0)


def test_people_count_where_they_were_posted_that_day(province, viewer):
    person = make.make_person("Lê Văn An", province.home_affairs)
    make.assign(province.course, province.root, make.in_days(30))
    backdate()
    moved = make.in_days(-4)
    Posting.objects.filter(person=person).update(valid_to=moved)
    make.post(person, province.construction, valid_from=moved)
    before, after = moved - timedelta(days=1), make.today()
    assert numbers(viewer, before, province.home_affairs)[0] == 1
    assert numbers(viewer, before, province.construction)[0] == 0
    assert numbers(viewer, after, province.home_affairs)[0] == 0
    assert numbers(viewer, after, province.construction)[0] == 1


def test_a_reason_that_has_ended_counts_until_then(province, viewer):
    make.make_person("Lê Văn An", province.home_affairs)
    make.assign(province.course, province.root, make.in_days(30))
    backdate()
    ended = make.in_days(-2)
    ObligationReason.objects.update(until=ended)
    Obligation.objects.update(obliged_to=ended)
    assert numbers(viewer, make.in_days(-3))[0] == 1
    assert numbers(viewer, ended)[0] == 0


def test_the_exempt_are_named_in_the_note_and_not_counted(province, viewer):
    person = make.make_person("Lê Văn An", province.home_affairs)
    make.make_person("Lê Văn Bình", province.home_affairs)
    make.assign(province.course, province.root, make.in_days(30))
    asked = exemptions.request(
        person, province.course, ExemptionKind.EXEMPTION, reason="Minh họa.", valid_from=make.today(), actor=viewer
    )
    exemptions.approve(asked, actor=viewer)
    line = next(line for line in by_unit(ask(viewer)) if line.name == "Sở Nội vụ")
    assert line.numbers.obliged == 1
    assert line.numbers.exempt == 1
    assert "1" in line.note


def test_only_the_newest_round_counts(province, viewer):
    person = make.make_person("Lê Văn An", province.home_affairs)
    make.assign(province.course, province.root, make.in_days(5))
    reason = ObligationReason.objects.get()
    later = Obligation.objects.create(
        person=person, course=province.course, cycle=2, obliged_from=make.today(), due_on=make.in_days(90)
    )
    ObligationReason.objects.create(
        obligation=later, assignment=reason.assignment, since=make.today(), due_on=make.in_days(90)
    )
    assert numbers(viewer)[0] == 1


def test_the_sum_is_the_sum_of_the_lines(province, viewer, learning):
    *lines, total = by_unit(ask(viewer))
    for name in ("people", "obliged", "fulfilled", "in_progress", "late", "scored"):
        assert sum(getattr(line.numbers, name) for line in lines) == getattr(total.numbers, name)
    assert total.numbers.people == 60
    assert total.numbers.obliged == 90


def test_by_course_audience_and_grade_agree_with_by_unit(province, viewer, learning):
    total = by_unit(ask(viewer))[-1].numbers
    assert by_course(ask(viewer, ReportKind.BY_COURSE))[-1].numbers.fulfilled == total.fulfilled
    audience = by_audience(ask(viewer, ReportKind.BY_AUDIENCE))[-1]
    assert audience.numbers.obliged == total.obliged
    assert audience.women.people + audience.men.people + audience.unknown.people == total.people
    grades = by_grade(ask(viewer, ReportKind.GRADES), bands())[-1]
    assert grades.numbers.scored == total.scored == sum(grades.in_band.values())


@pytest.mark.parametrize(
    ("score", "highest", "label"),
    [(9, 10, "Xuất sắc"), ("8.99", 10, "Giỏi"), ("23.4", 26, "Xuất sắc"), (5, 10, "Đạt"), ("4.99", 10, "Chưa đạt"),
     (0, 10, "Chưa đạt"), (10, 10, "Xuất sắc")],
)  # fmt: skip
def test_each_score_falls_into_its_band(province, viewer, score, highest, label):
    province.course.shows_scores = True
    province.course.save()
    person = make.make_person("Lê Văn An", province.home_affairs)
    make.assign(province.course, province.root, make.in_days(5))
    make.complete(person, province.course, make.today(), score=Decimal(score), max_points=highest)
    line = by_grade(ask(viewer, ReportKind.GRADES), bands())[0]
    assert [band.label for index, band in enumerate(bands()) if line.in_band[index]] == [label]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != ReportKind.BY_AUDIENCE])
def test_scores_show_only_where_the_course_says_so(desk, province, viewer, kind):
    person = make.make_person("Lê Văn An", province.home_affairs)
    make.assign(province.course, province.root, make.in_days(5))
    make.complete(person, province.course, make.today(), score=Decimal("7.25"), max_points=10)
    for name in ("xlsx", "csv"):
        assert b"7.25" not in body_of(desk(viewer, f"bao-cao/{kind}/tep.{name}"))
    assert "7,25" not in desk(viewer, f"bao-cao/{kind}/").content.decode()
    province.course.shows_scores = True
    province.course.save()
    assert "7,25" in desk(viewer, f"bao-cao/{kind}/").content.decode()


# --- who sees what ----------------------------------------------------------------------------------------------------


@pytest.fixture
def two_units(province):
    ours = make.make_person("Nguyễn Thị Trang", province.home_affairs)
    theirs = make.make_person("Trần Văn Kín", province.construction)
    secret = make.make_course("Chuyên đề kín của Sở Xây dựng")
    make.assign(province.course, province.root, make.in_days(30))
    make.assign(secret, province.construction, make.in_days(30))
    return ours, theirs, secret


FORMS = ["", "tep.xlsx", "tep.csv", "tep.docx", "tep.pdf"]


def readable(response) -> str:
    content = body_of(response)
    if content.startswith(b"%PDF"):
        return text_of_pdf(content)
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as packed:
            return "\n".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    return content.decode()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS)
def test_no_paper_shows_anything_of_another_unit(desk, province, two_units, kind, form):
    _ours, theirs, secret = two_units
    response = desk(make.make_hr(province.home_affairs), f"bao-cao/{kind}/{form}")
    assert response.status_code == 200
    text = readable(response)
    assert len(text.split()) > 8
    for hidden in (theirs.full_name, theirs.staff_number, "Sở Xây dựng", secret.title):
        assert hidden not in text


@pytest.mark.parametrize("form", FORMS)
def test_404_for_a_unit_or_a_course_outside(desk, province, two_units, form):
    viewer = make.make_hr(province.home_affairs)
    path = f"bao-cao/danh-sach/{form}"
    for asked in ({"don_vi": province.construction.pk}, {"don_vi": province.root.pk}, {"khoa_hoc": two_units[2].pk}):
        assert desk(viewer, path, **asked).status_code == 404
    assert desk(viewer, path, don_vi="x").status_code == 404
    assert desk(viewer, "bao-cao/khong-co/").status_code == 404
    assert desk(viewer, "bao-cao/danh-sach/tep.exe").status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_403_for_learners_and_observers(desk, province, two_units, form):
    assert desk(two_units[0], f"bao-cao/danh-sach/{form}").status_code == 403
    assert desk(make.make_hr(province.root, role=Role.OBSERVER), f"bao-cao/danh-sach/{form}").status_code == 403


def test_the_head_of_a_unit_gets_the_papers_of_that_unit(desk, province, two_units):
    head = make.make_person("Vũ Quốc Bình")
    province.construction.head = head
    province.construction.save()
    assert [row[1] for row in of_page(desk(head, "bao-cao/danh-sach/"))] == ["Trần Văn Kín"] * 2


def test_restricted_people_are_in_no_paper(desk, province, viewer, two_units):
    theirs = two_units[1]
    theirs.restricted_at = timezone.now()
    theirs.save()
    assert theirs.full_name not in desk(viewer, "bao-cao/danh-sach/").content.decode()
    assert numbers(viewer)[0] == 1


def test_a_day_to_come_is_today(desk, province, viewer, two_units):
    text = desk(viewer, "bao-cao/theo-don-vi/", ngay=make.in_days(30).isoformat()).content.decode()
    assert f"Số liệu đến ngày {make.today():%d/%m/%Y}" in text


@pytest.mark.parametrize("kind", KINDS)
def test_the_number_of_queries_does_not_depend_on_the_rows(desk, province, viewer, kind):
    def opened() -> int:
        with CaptureQueriesContext(connection) as found:
            assert desk(viewer, f"bao-cao/{kind}/").status_code == 200
        return len(found)

    make.make_person("Lê Văn An", province.home_affairs)
    make.assign(province.course, province.root, make.in_days(5))
    opened()
    with_one = opened()
    for number in range(3):
        unit = make.make_unit(f"Phòng {number}", province.home_affairs)
        make.make_person("Lê Văn Bình", unit)
    make.assign(make.make_course("Khóa khác"), province.root, make.in_days(6))
    assert opened() == with_one


def test_the_paper_keeps_the_name_the_unit_had(province, viewer):
    make.make_person("Lê Văn An", province.home_affairs)
    make.assign(province.course, province.root, make.in_days(5))
    backdate()
    rename_unit(province.home_affairs, "Sở Nội vụ mới", "", actor=None)
    head = paper_of(ask(viewer, day=make.in_days(-1), unit=province.home_affairs)).letterhead
    assert head.agency == "SỞ NỘI VỤ"
    assert paper_of(ask(viewer, unit=province.home_affairs)).letterhead.agency == "SỞ NỘI VỤ MỚI"


def test_a_paper_of_the_party_bears_the_partys_name_and_a_party_body_above(desk, province, viewer):
    commune = make.make_unit("UBND xã Thượng Sơn", province.root)
    committee = make.make_unit("Đảng ủy xã Thượng Sơn", commune)
    for unit in (commune, committee):
        make.make_person("Lê Văn An", unit)
    Unit.objects.filter(pk=province.root.pk).update(kind="province", short_name="Lam Giang")
    Unit.objects.filter(pk=committee.pk).update(kind="party_office", line="party")
    make.assign(province.course, province.root, make.in_days(5))
    address = "bao-cao/theo-don-vi/"
    files = {
        "docx": lambda content: "\n".join(
            cell.text for table in Document(BytesIO(content)).tables for row in table.rows for cell in row.cells
        ),
        "pdf": text_of_pdf,
        "xlsx": lambda content: "\n".join(
            str(cell)
            for line in CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
            for cell in line
        ),
    }
    for extension, text_of in files.items():
        text = text_of(body_of(desk(viewer, f"{address}tep.{extension}", don_vi=committee.pk)))
        letterhead = ("ĐẢNG CỘNG SẢN VIỆT NAM", "TỈNH ỦY LAM GIANG", "ĐẢNG ỦY XÃ THƯỢNG SƠN", "*", "Số ……-BC/……")
        for part in (*letterhead, "T/M ĐẢNG ỦY", "(Chức vụ, chữ ký, con dấu)"):
            assert part in text, (extension, part)
        for part in ("CỘNG HÒA", "Độc lập", "UBND", "THỦ TRƯỞNG"):
            assert part not in text, (extension, part)
        text = text_of(body_of(desk(viewer, f"{address}tep.{extension}", don_vi=commune.pk)))
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text and "ĐẢNG CỘNG SẢN" not in text
    page = desk(viewer, address, don_vi=committee.pk).content.decode()
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in page and "CỘNG HÒA XÃ HỘI" not in page


@pytest.mark.parametrize(
    ("name", "signer"),
    [
        ("Tỉnh ủy Lam Giang", "T/M BAN THƯỜNG VỤ"),
        ("Đảng uỷ xã Thượng Sơn", "T/M ĐẢNG ỦY"),
        ("Chi bộ Văn phòng", "T/M CHI BỘ"),
        ("Ủy ban Kiểm tra Tỉnh ủy", "T/M ỦY BAN KIỂM TRA"),
        ("Ban Tổ chức Tỉnh ủy", "TRƯỞNG BAN"),
        ("Văn phòng Tỉnh ủy Lam Giang", "CHÁNH VĂN PHÒNG"),
        ("Trường Chính trị tỉnh", "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ"),
    ],
)
def test_who_signs_for_a_body_of_the_party(name, signer):
    assert signer_of(Unit(line="party"), name)[0] == signer
    assert signer_of(Unit(line="state"), name) == HEAD_OF_AGENCY


def test_the_limit_of_paper_is_told_above_the_buttons(desk, province, viewer, learning, monkeypatch):
    monkeypatch.setitem(kinds.MOST_ROWS, "pdf", 1)
    page = desk(viewer, "bao-cao/danh-sach/").content.decode()
    assert "rows are too many for PDF" in page
    assert page.index("rows are too many for PDF") < page.index("tep.docx")
    assert "tep.pdf" not in page
    monkeypatch.setitem(kinds.MOST_ROWS, "docx", 1)
    page = desk(viewer, "bao-cao/danh-sach/").content.decode()
    assert "rows are too many for paper" in page
    assert page.index("rows are too many for paper") < page.index("tep.xlsx")
    assert "tep.pdf" not in page
