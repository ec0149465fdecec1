"""The evidence pack: complete, of its unit and year alone, and what its index says."""

import csv
import hashlib
import re
from datetime import date, timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from python_calamine import CalamineWorkbook

from courses.domain import assignment as assigning
from courses.domain import certificates, dissemination, exemptions
from courses.enums import ExemptionKind
from courses.models import Assignment, Directive, Obligation, ObligationReason
from people.domain.units import move_unit
from people.enums import Role
from people.models import AuditEntry, Posting, RoleGrant
from reports.enums import ExportState, ExportWhat
from reports.exports import keeping, making, ordering
from reports.models import Export
from reports.packs.asking import PackQuestion
from reports.packs.evidence import Evidence
from shared.domain import outbox
from shared.errors import DomainError
from tests.reports import factories as make


@pytest.fixture(autouse=True)
def lost_messages(monkeypatch):
    monkeypatch.setattr(outbox, "_send", lambda entry_id: None)


@pytest.fixture
def evidence(province):
    """Two departments with a rule, a directive, a completion, a certificate and an exemption each."""

    class Both:
        pass

    for unit, name in ((province.home_affairs, "Nội"), (province.construction, "Xây")):
        hr = make.make_hr(unit, f"Cán bộ {name}")
        done, freed = (make.make_person(f"{word} Văn {name}", unit) for word in ("Xong", "Miễn"))
        directive = Directive.objects.create(number=f"0{unit.pk}/CT-{name}", title=f"Chỉ thị {name}", issuer=name)
        directive.file.save("chi-thi.pdf", ContentFile(f"%PDF {name}".encode()))
        rule = assigning.create_rule(
            Assignment(course=province.course, due_on=make.in_days(9), owner_unit=unit, directive=directive),
            [assigning.Target(unit)],
            actor=hr,
        )
        assigning.materialise(rule)
        dissemination.send_down(directive, [unit], from_unit=None, confirm_by=None, actor=hr)
        dissemination.hand_out(directive, unit, with_subtree=True, confirm_by=None, actor=hr)
        completion = make.complete(done, province.course, make.today(), unit=unit, unit_name=unit.name)
        certificates.issue(completion)
        asked = exemptions.request(
            freed, province.course, ExemptionKind.EXEMPTION, reason=f"Lý do {name}", valid_from=make.today(), actor=hr
        )
        exemptions.approve(asked, actor=make.make_hr(unit, f"Người duyệt {name}"))
    Both.inspector = make.make_hr(province.home_affairs, "Thanh tra Một", role=Role.INSPECTOR)
    return Both


def made(viewer, unit, year: int | None = None) -> ZipFile:
    export = ordering.order(
        viewer, ExportWhat.PACK, {"don_vi": str(unit.pk), "nam": str(year or make.today().year)}, "zip"
    )
    making.make(export.pk)
    export.refresh_from_db()
    assert export.state == ExportState.READY
    with storages["private"].open(export.file) as file:
        return ZipFile(BytesIO(file.read()))


def rows_of(pack: ZipFile, name: str) -> list[list[str]]:
    return list(csv.reader(StringIO(pack.read(name).decode("utf-8-sig"))))[1:]


def all_text(pack: ZipFile) -> str:
    """Every readable word of the pack; workbooks are opened."""
    parts = []
    for name in pack.namelist():
        content = pack.read(name)
        if name.endswith(".xlsx"):
            with ZipFile(BytesIO(content)) as book:
                parts += [book.read(part).decode(errors="replace") for part in book.namelist()]
        else:
            parts.append(content.decode(errors="replace"))
    return "\n".join(parts)


def test_everything_an_inspector_asks_for_is_in_it(province, evidence):
    pack = made(evidence.inspector, province.home_affairs)
    assert [row[0] for row in rows_of(pack, "06-danh-sach-hoan-thanh.csv")] == ["Xong Văn Nội"]
    (certificate,) = rows_of(pack, "07-so-giay-xac-nhan.csv")
    assert certificate[3] == "Xong Văn Nội"
    (exemption,) = rows_of(pack, "08-mien-hoan-cong-nhan.csv")
    assert exemption[0] == "Miễn Văn Nội"
    assert "Lý do Nội" in exemption
    assert "Người duyệt Nội" in exemption
    (rule,) = rows_of(pack, "02-quy-tac-giao-hoc.csv")
    assert "Cán bộ Nội" in rule
    assert [row[1] for row in rows_of(pack, "03-van-ban.csv")] == ["Chỉ thị Nội"]
    assert len(rows_of(pack, "04-van-ban-den-don-vi.csv")) == 1
    assert {row[1] for row in rows_of(pack, "05-diem-danh-van-ban.csv")} == {"Xong Văn Nội", "Miễn Văn Nội"}
    assert len(rows_of(pack, "09-trich-nhat-ky.csv")) >= 3
    (document,) = [name for name in pack.namelist() if name.startswith("van-ban/")]
    assert pack.read(document) == "%PDF Nội".encode()
    assert pack.read("01-tong-hop-theo-don-vi.pdf").startswith(b"%PDF")


def test_the_index_and_the_sums_are_true(province, evidence):
    pack = made(evidence.inspector, province.home_affairs)
    index = rows_of(pack, "00-muc-luc.csv")
    told = {row[1]: row for row in index}
    parts = set(pack.namelist()) - {"00-muc-luc.csv", "00-muc-luc.html", "SHA256SUMS.txt"}
    assert set(told) == parts
    for name, row in told.items():
        content = pack.read(name)
        assert row[5] == hashlib.sha256(content).hexdigest()
        assert int(row[4]) == len(content)
        if name.endswith(".csv"):
            assert int(row[3]) == len(rows_of(pack, name))
    sums = dict(reversed(line.split("  ", 1)) for line in pack.read("SHA256SUMS.txt").decode().splitlines())
    assert sums == {name: row[5] for name, row in told.items()}
    page = pack.read("00-muc-luc.html").decode()
    for name in parts:
        assert f'href="{name}"' in page
    assert "Sở Nội vụ" in page
    assert not re.search(r"https?://", page)


def test_workbook_and_csv_hold_the_same_rows(province, evidence):
    pack = made(evidence.inspector, province.home_affairs)
    for name in pack.namelist():
        if not re.match(r"0[2-9].*\.csv", name):
            continue
        book = CalamineWorkbook.from_filelike(BytesIO(pack.read(name.replace(".csv", ".xlsx"))))
        lines = [line for line in book.get_sheet_by_index(0).to_python() if line[0] != ""]
        rows = rows_of(pack, name)
        assert [str(line[0]).split(".")[0] for line in lines[-len(rows) :]] == [row[0].split(".")[0] for row in rows]


def test_nothing_of_another_unit_is_in_it(province, evidence):
    text = all_text(made(evidence.inspector, province.home_affairs))
    for hidden in ("Văn Xây", "Lý do Xây", "Người duyệt Xây", "Cán bộ Xây", "Chỉ thị Xây", "Sở Xây dựng", "%PDF Xây"):
        assert hidden not in text
    everything = all_text(made(make.make_hr(province.root, role=Role.INSPECTOR), province.root))
    for shown in ("Xong Văn Xây", "Lý do Xây", "Chỉ thị Xây"):
        assert shown in everything  # it would have been found


def test_another_year_is_empty(province, evidence):
    pack = made(evidence.inspector, province.home_affairs, make.today().year - 1)
    for name in ("06-danh-sach-hoan-thanh.csv", "08-mien-hoan-cong-nhan.csv", "05-diem-danh-van-ban.csv"):
        assert rows_of(pack, name) == []


def test_restricted_people_are_left_out(province, evidence):
    person = Posting.objects.get(person__full_name="Xong Văn Nội").person
    person.restricted_at = timezone.now()
    person.save()
    assert "Xong Văn Nội" not in all_text(made(evidence.inspector, province.home_affairs))


# --- what belongs to whom, when ---------------------------------------------------------------------------------------

YEAR = 2026


@pytest.fixture
def dated(province):
    """One person of Sở Nội vụ since long ago, asked by a rule of the province from 1 February on."""
    person = make.make_person("Lê Văn An", province.home_affairs)
    rule = make.assign(province.course, province.root, date(2027, 1, 31))
    ObligationReason.objects.update(since=date(YEAR, 2, 1))
    Obligation.objects.update(obliged_from=date(YEAR, 2, 1))

    class Dated:
        pass

    Dated.person, Dated.rule = person, rule
    return Dated


def rules_in(province, unit) -> list[int]:
    viewer = make.make_hr(province.root, role=Role.INSPECTOR)
    question = PackQuestion.of(viewer, unit.pk, YEAR)
    return [rule.pk for rule in Evidence(question).rules()]


def move_person(person, unit, day: date) -> None:
    Posting.objects.filter(person=person, valid_to=None).update(valid_to=day)
    make.post(person, unit, valid_from=day)


def test_a_rule_that_ended_before_somebody_came_is_not_the_new_units(province, dated):
    move_person(dated.person, province.construction, date(YEAR, 6, 1))
    ObligationReason.objects.update(until=date(YEAR, 5, 1))
    assert rules_in(province, province.home_affairs) == [dated.rule.pk]
    assert rules_in(province, province.construction) == []


def test_a_rule_that_began_after_somebody_left_is_not_the_old_units(province, dated):
    move_person(dated.person, province.construction, date(YEAR, 1, 15))
    assert rules_in(province, province.home_affairs) == []
    assert rules_in(province, province.construction) == [dated.rule.pk]


def test_a_rule_that_asked_in_both_belongs_to_both(province, dated):
    move_person(dated.person, province.construction, date(YEAR, 6, 1))
    assert rules_in(province, province.home_affairs) == [dated.rule.pk]
    assert rules_in(province, province.construction) == [dated.rule.pk]


def test_a_part_of_another_agency_by_then_is_not_the_former_ones(province, dated):
    """The unit went to another agency, then the rule began: the former agency's pack does not know it."""
    move_person(dated.person, province.one_stop, date(2025, 8, 1))
    move_unit(province.one_stop, province.construction, date(YEAR, 1, 20))
    assert rules_in(province, province.home_affairs) == []
    assert rules_in(province, province.construction) == [dated.rule.pk]


def test_a_completion_belongs_to_where_its_unit_stood_that_day(province, dated):
    move_unit(province.one_stop, province.construction, date(YEAR, 6, 1))
    early = make.make_person("Trước Văn An", province.one_stop)
    late = make.make_person("Sau Văn An", province.one_stop)
    make.complete(early, province.course, date(YEAR, 5, 31), unit=province.one_stop, unit_name="Phòng Một cửa")
    make.complete(late, province.course, date(YEAR, 6, 1), unit=province.one_stop, unit_name="Phòng Một cửa")
    viewer = make.make_hr(province.root, role=Role.INSPECTOR)

    def names(unit) -> list[str]:
        found = Evidence(PackQuestion.of(viewer, unit.pk, YEAR)).completions()
        return [completion.person.full_name for completion in found]

    assert names(province.home_affairs) == ["Trước Văn An"]
    assert names(province.construction) == ["Sau Văn An"]


# --- who may have it --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["construction", "root"])
def test_a_unit_outside_cannot_be_asked_for(client, province, evidence, unit):
    outside = getattr(province, unit)
    with pytest.raises(DomainError):
        ordering.order(evidence.inspector, ExportWhat.PACK, {"don_vi": str(outside.pk), "nam": "2026"}, "zip")
    client.force_login(evidence.inspector)
    answer = client.post("/nhan-su/ho-so-kiem-tra/", {"unit": outside.pk, "year": make.today().year})
    assert answer.status_code == 200
    assert "Sở Xây dựng" not in client.get("/nhan-su/ho-so-kiem-tra/").content.decode()
    assert not Export.objects.exists()


def test_ordered_on_the_page_and_downloaded(client, province, evidence):
    client.force_login(evidence.inspector)
    answer = client.post("/nhan-su/ho-so-kiem-tra/", {"unit": province.home_affairs.pk, "year": make.today().year})
    export = Export.objects.get()
    assert answer.url == f"/nhan-su/tep-da-xuat/{export.pk}/"
    making.make(export.pk)
    response = client.post(f"/nhan-su/tep-da-xuat/{export.pk}/tai/")
    assert response.headers["Content-Type"] == "application/zip"
    assert AuditEntry.objects.filter(action="export.downloaded", actor=evidence.inspector).exists()


def test_heads_of_units_get_none_for_it_tells_reasons(client, province, evidence):
    head = make.make_person("Vũ Quốc Bình")
    province.home_affairs.head = head
    province.home_affairs.save()
    client.force_login(head)
    assert client.get("/nhan-su/bao-cao/").status_code == 200
    assert client.get("/nhan-su/ho-so-kiem-tra/").status_code == 403
    assert "ho-so-kiem-tra" not in client.get("/nhan-su/bao-cao/").content.decode()
    with pytest.raises(DomainError):
        ordering.order(head, ExportWhat.PACK, {"don_vi": str(province.home_affairs.pk), "nam": "2026"}, "zip")


def test_a_head_who_also_inspects_elsewhere_gets_no_pack_of_the_headed_unit(province, evidence):
    province.construction.head = evidence.inspector
    province.construction.save()
    with pytest.raises(DomainError):
        ordering.order(
            evidence.inspector, ExportWhat.PACK, {"don_vi": str(province.construction.pk), "nam": "2026"}, "zip"
        )


def test_not_handed_out_once_the_role_is_gone(province, evidence):
    made(evidence.inspector, province.home_affairs)
    export = Export.objects.get()
    assert keeping.can_download(evidence.inspector, export)
    RoleGrant.objects.filter(person=evidence.inspector).update(valid_to=make.today() - timedelta(days=1))
    viewer = type(evidence.inspector).objects.get(pk=evidence.inspector.pk)
    assert not keeping.can_download(viewer, export)
